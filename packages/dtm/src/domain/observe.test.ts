import { expect, it } from 'vitest'
import { anomalyCount, noAnomalies } from './anomalies.ts'
import { discountOf } from './discount.ts'
import { groupTrust } from './group.ts'
import { observe, type Message } from './observe.ts'
import { release } from './release.ts'
import { createTrustFile, succeedTrustFile } from './trust-file.ts'

const empty = createTrustFile({ a: 0.5, at: 0 })

it('takes a message whose findings are all info for a clean one', () => {
  const file = observe(empty, message({ findings: [{ category: 'availability', severity: 'info', q: 1 }] }))
  expect(file).toMatchObject({ r: 1, s: 0, goodRun: 1, anomalies: noAnomalies })
})

it('forgets an anomalous message once it is a day old', () => {
  const file = observe(empty, message({ findings: [{ category: 'format', severity: 'minor', q: 1 }] }))
  expect(anomalyCount(observe(file, message({ t: 86_399 })).anomalies)).toBe(1)
  expect(anomalyCount(observe(file, message({ t: 86_400 })).anomalies)).toBe(0)
})

it('does not let a clock that runs back refresh what has faded', () => {
  const file = observe(observe(empty, message({ t: 172_800 })), message({ t: 0 }))
  expect(file).toMatchObject({ r: 2, tLast: 172_800 })
})

it('keeps what counts against a device that comes back under a new certificate', () => {
  const old = [message({}), message({ findings: [{ category: 'physics', severity: 'major', q: 1 }] })].reduce(
    (file, next) => observe(file, next),
    empty,
  )
  expect(succeedTrustFile(old, 60)).toMatchObject({ r: 0, rc: { identity: 0 }, s: 10, sc: { physics: 10, format: 0 } })
})

it('stays blocked through any number of clean messages, until an operator releases it', () => {
  const blocked = observe(empty, message({ findings: [{ category: 'identity', severity: 'critical', q: 1 }] }))
  const patient = Array.from({ length: 500 }, (_, day) => message({ t: day * 86_400 })).reduce(
    (file, next) => observe(file, next),
    blocked,
  )
  expect(patient.level).toBe(4)
  expect(release(blocked, 0)).toMatchObject({ level: 2, s: 7.5, sc: { identity: 7.5, format: 0 } })
  expect(release(empty, 0)).toBe(empty)
})

it('believes a reporter as far as it is trusted, and nobody who praises himself in full', () => {
  expect(discountOf({ kind: 'certain' }, true)).toBe(1)
  expect(discountOf({ kind: 'reporter', Te: 0.8 }, false)).toBe(0.8)
  expect(discountOf({ kind: 'reporter', Te: 0.02 }, false)).toBe(0.1)
  expect([discountOf({ kind: 'self' }, true), discountOf({ kind: 'self' }, false)]).toEqual([0.5, 1])
})

it('weighs a group by rated power and counts on none of what is distrusted', () => {
  const { trust, trustedWatts } = groupTrust([
    { ratedWatts: 5000, Te: 0.99, level: 0 },
    { ratedWatts: 3000, Te: 0.5, level: 1 },
    { ratedWatts: 2000, Te: 0.2, level: 3 },
  ])
  expect([trust.toFixed(4), trustedWatts]).toEqual(['0.6850', 6450])
  expect(groupTrust([])).toEqual({ trust: 0, trustedWatts: 0 })
})

function message(some: Partial<Message>): Message {
  return { t: 0, g: 1, delta: 1, tests: ['identity', 'format', 'timing', 'protocol'], findings: [], ...some }
}
