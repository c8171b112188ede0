import { describe, expect, it } from 'vitest'
import { observe } from '../observe.ts'
import { createTrustFile } from '../trust-file.ts'
import { awaitedResponses, missingResponse, type Delivered } from './awaited-response.ts'
import { clockSkew } from './clock-skew.ts'
import { withinNameplate, withinPercent } from './nameplate.ts'
import { ownResource } from './own-resource.ts'
import { repeatedPost } from './repeated-post.ts'
import { requestRate, unknownRate } from './request-rate.ts'
import type { RuleFinding } from './rule-finding.ts'
import { witnessesAgree } from './witnesses-agree.ts'

describe('a set point', () => {
  const rules = [withinPercent(), withinNameplate({ watts: 5000, vars: 3000, voltAmperes: 5500 })]
  it.each([
    [{ watts: 6000 }, ['PH-1 major on sender']],
    [{ watts: -5001 }, ['PH-1 major on sender']],
    [{ watts: 5000 }, []],
    [{ percentHundredths: 10_100 }, ['FM-4 minor on sender', 'PH-1 major on sender']],
    [{ percentHundredths: -10_100 }, ['FM-4 minor on sender', 'PH-1 major on sender']],
    [{ percentHundredths: 10_000 }, []],
    [{ vars: -3001 }, ['PH-1 major on sender']],
    [{ voltAmperes: 5501 }, ['PH-1 major on sender']],
  ])('of %j on a device of 5000 W gives %j', (setpoint, wanted) => {
    expect(rules.flatMap((rule) => said(rule(setpoint)))).toEqual(wanted)
  })

  it('counts once against its sender, by the worst that was found', () => {
    const findings = rules.flatMap((rule) => rule({ percentHundredths: 10_100 }))
    const file = observe(createTrustFile({ a: 0.5, at: 0 }), { t: 0, g: 1, delta: 1, tests: [], findings })
    expect(file).toMatchObject({ s: 10, sc: { format: 1, physics: 10 }, level: 2 })
  })
})

it.each([
  [-301, ['TM-1 moderate on sender']],
  [-299, []],
  [30, []],
  [31, ['TM-2 minor on sender']],
  [301, ['TM-2 moderate on sender']],
])('judges a report stamped %i s from its receipt', (offset, wanted) => {
  expect(said(clockSkew()({ receivedAt: 1000, observedAt: 1000 + offset }))).toEqual(wanted)
})

describe('the rate of requests', () => {
  const judge = requestRate()
  const usual = { mean: 4, variance: 1.5 ** 2, buckets: 10 }

  it.each([
    [30, ['TM-5 moderate on sender']],
    [19, []],
    [601, ['TM-5 major on sender']],
  ])('of %i in a minute where 4 are usual', (count, wanted) => {
    expect(said(judge(usual, count).findings)).toEqual(wanted)
  })

  it('does not learn from a minute that was flagged', () => {
    expect(judge(usual, 30).profile).toBe(usual)
  })

  it('learns for ten minutes before it judges by habit', () => {
    const minutes = Array.from({ length: 10 }, () => 4)
    const profile = minutes.reduce((learning, count) => judge(learning, count).profile, unknownRate)
    expect(profile).toEqual({ mean: 4, variance: 0, buckets: 10 })
    expect(said(judge({ ...profile, buckets: 9 }, 30).findings)).toEqual([])
    expect(said(judge(profile, 30).findings)).toEqual(['TM-5 moderate on sender'])
    expect(judge(profile, 14).profile).toEqual({ mean: 5, variance: 9, buckets: 11 })
  })
})

it.each([
  ['10 s after a timeout', 10, { acknowledged: false, retry: false }, []],
  ['10 s after a 201', 10, { acknowledged: true, retry: false }, ['TM-3 major on sender']],
  ['a second time after a timeout', 10, { acknowledged: false, retry: true }, ['TM-3 major on sender']],
  ['late after a timeout', 31, { acknowledged: false, retry: false }, ['TM-3 major on sender']],
  ['a day later', 86_400, { acknowledged: true, retry: false }, []],
])('judges a body posted again %s', (_, seconds, earlier, wanted) => {
  expect(said(repeatedPost()(1000 + seconds, { at: 1000, ...earlier }))).toEqual(wanted)
  expect(repeatedPost()(1000, undefined)).toEqual([])
})

describe('a client', () => {
  const owners = new Map([
    ['1', 'AA'],
    ['2', 'BB'],
  ])
  const judge = ownResource((path) => owners.get(path.split('/')[2] ?? ''))
  it.each([
    [{ method: 'PUT', path: '/edev/2/der/1/ders' }, ['ID-4 critical on sender']],
    [{ method: 'PUT', path: '/edev/1/der/1/ders' }, []],
    [{ method: 'GET', path: '/edev/2' }, []],
    [{ method: 'POST', path: '/mup' }, []],
    [{ method: 'POST', path: '/mup', claimed: ['BB'] }, ['ID-4 critical on sender']],
    [{ method: 'POST', path: '/mup', claimed: ['AA'] }, []],
  ])('that owns /edev/1 does %j', (request, wanted) => {
    expect(said(judge({ peer: 'AA', claimed: [], ...request }))).toEqual(wanted)
  })
})

it('holds a difference between the two ends against the link, and by half against each of them', () => {
  const one = { sha256: 'aa', status: 201, path: '/rsp' }
  const both = ['PR-8 major on link', 'PR-8 major on sender, q 0.5', 'PR-8 major on receiver, q 0.5']
  expect(said(witnessesAgree()(one, { ...one, sha256: 'bb' }))).toEqual(both)
  expect(said(witnessesAgree()(one, { ...one, status: 400 }))).toEqual(both)
  expect(witnessesAgree()(one, { ...one })).toEqual([])
})

describe('a delivered control', () => {
  const control: Delivered = {
    at: 0,
    responseRequired: 3,
    start: 1000,
    duration: 600,
    randomizeStart: 20,
    randomizeDuration: 40,
  }
  const judge = awaitedResponses()

  it('is to be received within 1.5 poll periods, or 300 s when that is more', () => {
    const [receipt, ...others] = judge({ ...control, responseRequired: 1 }, 300)
    expect([receipt?.due, others]).toEqual([450, []])
    expect(receipt && said(missingResponse(receipt, []))).toEqual(['PR-1 moderate on receiver'])
    expect(receipt && missingResponse(receipt, [1])).toEqual([])
    expect(judge(control, 10)[0]?.due).toBe(300)
  })

  it('is to be started and completed after its random delays, or answered otherwise', () => {
    const course = judge({ ...control, responseRequired: 2 }, 300)
    expect(course.map(({ due }) => due)).toEqual([1080, 1700])
    const missed = (...statuses: number[]) => course.map((awaited) => missingResponse(awaited, statuses).length)
    expect([missed(), missed(1), missed(2), missed(2, 3), missed(4)]).toEqual([
      [1, 1],
      [1, 1],
      [0, 1],
      [0, 0],
      [0, 0],
    ])
  })

  it('that asks for no response is owed none', () => {
    expect(judge({ ...control, responseRequired: 0 }, 300)).toEqual([])
  })
})

function said(findings: readonly RuleFinding[]): readonly string[] {
  return findings.map(({ rule, severity, on, q }) => `${rule} ${severity} on ${on}${q < 1 ? `, q ${q}` : ''}`)
}
