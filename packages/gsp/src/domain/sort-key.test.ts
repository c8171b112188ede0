import type { OrderKey } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { sortKey } from './sort-key.ts'

const controlOrder: readonly OrderKey[] = [
  { key: 'interval.start', direction: 'up' },
  { key: 'creationTime', direction: 'down' },
  { key: 'mRID', direction: 'down' },
]

it('orders controls by start, then the newest, then the greater mRID', () => {
  const controls = [
    control(100, 5, 'A1'),
    control(100, 9, '0A'),
    control(100, 9, 'A0'),
    control(99, 1, 'FF'),
    control(-4, 1, 'FF'),
  ]
  expect(sorted(controlOrder, controls)).toEqual([controls[4], controls[3], controls[2], controls[1], controls[0]])
})

it('compares mRIDs as numbers, whatever their written width and case', () => {
  const order: readonly OrderKey[] = [{ key: 'mRID', direction: 'down' }]
  expect(sorted(order, [{ mRID: '0F' }, { mRID: '0100' }, { mRID: 'ff' }])).toEqual([
    { mRID: '0100' },
    { mRID: 'ff' },
    { mRID: '0F' },
  ])
})

it('puts a member without the key first when ascending and last when descending', () => {
  const members = [{ n: 0 }, {}, { n: -1 }]
  expect(sorted([{ key: 'n', direction: 'up' }], members)).toEqual([{}, { n: -1 }, { n: 0 }])
  expect(sorted([{ key: 'n', direction: 'down' }], members)).toEqual([{ n: 0 }, { n: -1 }, {}])
})

it('keeps a text that begins another before it', () => {
  expect(sorted([{ key: 'name', direction: 'up' }], [{ name: 'ab' }, { name: 'a' }])).toEqual([
    { name: 'a' },
    { name: 'ab' },
  ])
})

it('orders numbers of any size and a bigint beside them', () => {
  const members = [{ n: 2n ** 60n }, { n: 1_800_000_000 }, { n: -1 }, { n: 0 }]
  expect(sorted([{ key: 'n', direction: 'up' }], members)).toEqual([members[2], members[3], members[1], members[0]])
})

function sorted<T extends object>(order: readonly OrderKey[], members: readonly T[]): readonly T[] {
  return members
    .map((member) => ({ member, key: sortKey(order, member) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ member }) => member)
}

function control(start: number, creationTime: number, mRID: string): object {
  return { interval: { start, duration: 60 }, creationTime, mRID }
}
