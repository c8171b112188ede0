import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isProvisional } from './level.ts'
import { observe, type Message } from './observe.ts'
import { baseRates, categories, defaults, severities } from './parameters.ts'
import { replayTrust } from './replay.ts'
import { createTrustFile, forget, type TrustFile } from './trust-file.ts'
import { metricVectorOf } from './vector.ts'

const arbitraryMessage: fc.Arbitrary<Message> = fc.record({
  t: fc.nat(200_000),
  g: fc.constantFrom(0.1, 0.25, 1, 4),
  delta: fc.double({ min: 0.1, max: 1, noNaN: true }),
  tests: fc.subarray([...categories]),
  findings: fc.array(
    fc.record({
      category: fc.constantFrom(...categories),
      severity: fc.constantFrom(...severities),
      q: fc.double({ min: 0.1, max: 1, noNaN: true }),
    }),
    { maxLength: 3 },
  ),
})
const arbitraryMessages = fc
  .array(arbitraryMessage, { maxLength: 60 })
  .map((messages) => messages.toSorted((one, other) => one.t - other.t))

it('keeps every entry of the vector within its bounds', () => {
  fc.assert(
    fc.property(arbitraryMessages, (messages) => {
      const { r, s, a: _, n24, level, ...shares } = metricVectorOf(run(empty(), messages))
      expect(r).toBeLessThanOrEqual(defaults.goodCap)
      expect(s).toBeLessThanOrEqual(defaults.badCap)
      expect(n24).toBeLessThanOrEqual(messages.length)
      expect([0, 1, 2, 3, 4]).toContain(level)
      expect(Math.min(...Object.values(shares))).toBeGreaterThanOrEqual(0)
      expect(Math.max(...Object.values(shares))).toBeLessThanOrEqual(1)
      expect(shares.b + shares.d + shares.u).toBeCloseTo(1, 3)
      expect(shares.Te).toBeLessThanOrEqual(shares.T)
    }),
  )
})

it('comes to the same in pieces, through its stored form, as at once', () => {
  fc.assert(
    fc.property(arbitraryMessages, fc.nat(60), (messages, cut) => {
      const stored = JSON.parse(JSON.stringify(run(empty(), messages.slice(0, cut)))) as TrustFile
      expect(run(stored, messages.slice(cut))).toEqual(run(empty(), messages))
    }),
  )
})

it('replays the same vector to the same outcome, and a beginning of it to a beginning', () => {
  fc.assert(
    fc.property(arbitraryMessages, fc.nat(60), (messages, cut) => {
      const steps = messages.map(({ t, delta, findings, g, tests }) =>
        findings.length > 0 ? { t, kind: 'bad', delta, findings } : { t, kind: 'good', delta, g, tests },
      )
      const replayed = replayTrust({ format: 'trust-vector/1', a: 0.5, steps })
      expect(replayTrust({ format: 'trust-vector/1', a: 0.5, steps })).toEqual(replayed)
      expect(replayTrust({ format: 'trust-vector/1', a: 0.5, steps: steps.slice(0, cut) })).toEqual(
        replayed.slice(0, cut),
      )
    }),
  )
})

it('only ever raises the level on a weighted finding and lowers it by one on a clean message', () => {
  fc.assert(
    fc.property(arbitraryMessages, arbitraryMessage, (messages, last) => {
      const before = run(empty(), messages)
      const after = observe(before, last)
      const clean = last.findings.every(({ severity }) => severity === 'info')
      if (clean) expect([before.level, Math.max(before.level - 1, 0)]).toContain(after.level)
      else expect(after.level).toBeGreaterThanOrEqual(before.level)
      if (before.level === 4) expect(after.level).toBe(4)
    }),
  )
})

it('grows less certain with time but never changes a level by it', () => {
  fc.assert(
    fc.property(arbitraryMessages, fc.nat(1e7), (messages, seconds) => {
      const before = run(empty(), messages)
      const after = forget(before, before.tLast + seconds, defaults)
      expect(after.level).toBe(before.level)
      expect(metricVectorOf(after).C).toBeLessThanOrEqual(metricVectorOf(before).C)
      if (isProvisional(before, defaults)) expect(isProvisional(after, defaults)).toBe(true)
    }),
  )
})

function empty(): TrustFile {
  return createTrustFile({ a: baseRates.registered, at: 0 })
}

function run(file: TrustFile, messages: readonly Message[]): TrustFile {
  return messages.reduce((sofar, message) => observe(sofar, message), file)
}
