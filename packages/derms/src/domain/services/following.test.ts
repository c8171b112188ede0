import type { Award } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { verdictOf, type Signs } from './following.ts'

const rule = { respondSeconds: 60, settleSeconds: 20, silentSeconds: 120, tolerance: 0.1 }
const begin = 1000

it.each([
  [[1], 'received'],
  [[1, 2], 'following'],
  [[1, 2, 4, 5], 'following'],
])('takes the responses %j as %s', (responses, kind) => {
  expect(verdictOf(signs({ responses }), rule)).toEqual({ kind })
})

it('does not blame a user who opts out', () => {
  const verdict = verdictOf(signs({ responses: [1, 2, 4] }), rule)
  expect(verdict).toEqual({ kind: 'dropped', reason: 'its user opted out', isFault: false })
})

it('waits for a response, and not for ever', () => {
  expect(verdictOf(signs({ responses: [], now: begin + 59 }), rule)).toEqual({ kind: 'ordered' })
  expect(verdictOf(signs({ responses: [], now: begin + 61 }), rule)).toMatchObject({ kind: 'dropped', isFault: true })
})

it('remembers that a device follows when its responses are no longer told', () => {
  const follower = award({ status: 'following' })
  expect(verdictOf(signs({ award: follower, responses: [], now: begin + 100 }), rule)).toEqual({ kind: 'following' })
})

it('looks at the meter only once the order had time to work', () => {
  const early = [reading(begin - 10, 0), reading(begin, 0), reading(begin + 10, 0)]
  expect(verdictOf(signs({ recent: early }), rule)).toEqual({ kind: 'following' })
})

it('replaces who is metered twice away from its target, however well it talks', () => {
  const off = [reading(begin + 20, 1300), reading(begin + 30, 1300)]
  const verdict = verdictOf(signs({ recent: off }), rule)
  expect(verdict).toEqual({ kind: 'dropped', reason: 'metered 1300 W, ordered 2000 W', isFault: true })
  expect(verdictOf(signs({ recent: [...off, reading(begin + 40, 2000)] }), rule)).toEqual({ kind: 'following' })
})

it.each([
  ['export-cap', 1000, 'following'],
  ['export-cap', 3000, 'dropped'],
  ['import-cap', -1000, 'following'],
  ['import-cap', -3000, 'dropped'],
] as const)('under an %s a power of %i W is %s', (steering, W, kind) => {
  const ordered = steering === 'export-cap' ? 2000 : -2000
  const recent = [reading(begin + 20, W), reading(begin + 30, W)]
  expect(verdictOf(signs({ award: award({ steering, W: ordered }), recent }), rule)).toMatchObject({ kind })
})

it('replaces who is no longer metered', () => {
  const verdict = verdictOf(signs({ recent: [reading(begin + 20, 2000)], now: begin + 200 }), rule)
  expect(verdict).toEqual({ kind: 'dropped', reason: 'its meter is silent', isFault: true })
})

function signs(changes: Partial<Signs>): Signs {
  return { award: award({}), responses: [1, 2], recent: [], from: begin, ratedW: 5000, now: begin + 50, ...changes }
}

function award(changes: Partial<Award>): Award {
  return { lfdi: 'A', W: 2000, baseW: 0, steering: 'target', control: '', since: begin, status: 'ordered', ...changes }
}

function reading(start: number, watts: number) {
  return { start, seconds: 10, watts }
}
