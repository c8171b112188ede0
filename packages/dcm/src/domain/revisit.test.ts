import { expect, it } from 'vitest'
import type { Outcome } from './outcome.ts'
import { doubted, dueFirst, hastened, nextDue, revisited } from './revisit.ts'
import type { Branch, Tree } from './tree.ts'

it('reads again after the poll rate of the copy', () => {
  expect(after({ kind: 'ok', value: { pollRate: 60 } }).due).toBe(1060)
})

it('never reads again what asks not to be polled', () => {
  expect(after({ kind: 'ok', value: { pollRate: 0 } }).due).toBe(Number.POSITIVE_INFINITY)
})

it('keeps the last good copy when the body is garbled', () => {
  expect(after({ kind: 'garbled', reason: 'no end tag' })).toMatchObject({ value: { pollRate: 30 }, due: 1030 })
})

it('takes a list that is missing for an empty one, and forgets any other copy', () => {
  expect(after({ kind: 'missing' }).value).toEqual({ all: 0, results: 0 })
  expect(
    revisited({ ...list, kind: 'Registration', href: '/rg' } as Branch, { kind: 'missing' }, timing).value,
  ).toBeUndefined()
})

it('waits as long as a busy server asks for, else ever longer', () => {
  expect(after({ kind: 'later', status: 503, seconds: 45 }).due).toBe(1045)
  const twice = revisited(after({ kind: 'later', status: 500 }), { kind: 'later', status: 500 }, timing)
  expect(twice).toMatchObject({ failures: 2, due: 1002 })
})

it('asks no more often than DeviceCapability for what is forbidden', () => {
  expect(after({ kind: 'forbidden', status: 403 }).due).toBe(1300)
})

it('repeats a rejected request after an hour', () => {
  expect(after({ kind: 'rejected', status: 400, reason: '' }).due).toBe(4600)
})

it('finds the first that is due, and when the next one is', () => {
  const tree = forest({ '/a': 1100, '/b': 900, '/c': 800 })
  expect(dueFirst(tree, 1000)?.href).toBe('/b')
  expect(nextDue(tree)).toBe(800)
  expect(dueFirst(tree, 700)).toBeUndefined()
})

it('makes a kind due at once, and a doubtful parent as soon as polling allows', () => {
  const tree = forest({ '/a': 1100, '/b': 1200 })
  expect(nextDue(hastened(tree, new Set(['DERControlList']), 1000))).toBe(1000)
  const child = { ...list, parent: '/b' } as Branch
  expect(doubted(tree, child, timing).get('/b')?.due).toBe(1010)
})

const timing = { now: 1000, least: 10, jitter: 1, dcapRate: 300, backoff: (attempt: number) => 2 ** attempt }
const list = {
  kind: 'DERControlList',
  href: '/derc',
  due: 0,
  failures: 0,
  value: { pollRate: 30 },
} as unknown as Branch

function after(outcome: Outcome<unknown>): Branch {
  return revisited(list, outcome, timing)
}

function forest(dues: Readonly<Record<string, number>>): Tree {
  return new Map(Object.entries(dues).map(([href, due]) => [href, { ...list, href, due }]))
}
