import type { LocalOrder } from '@gridloom/contracts'
import { createLogger } from '@gridloom/kit'
import type { Lfdi } from '@gridloom/sep2030'
import { expect, it, onTestFinished } from 'vitest'
import { createOrders } from './orders.ts'
import { journalOf, openJournals } from './store/journal.ts'

it('takes an order once, however often it is given', async () => {
  const { orders, turns } = ordering()
  const [first, second] = await Promise.all([orders.give(order), orders.give(order)])
  expect(second).toEqual(first)
  expect(orders.list()).toEqual([{ ...order, state: 'active' }])
  expect(turns()).toBe(1)
})

it('refuses other words under a known mRID', async () => {
  const { orders } = ordering()
  await orders.give(order)
  await expect(orders.give({ ...order, targetW: 1 })).rejects.toMatchObject({ code: 'conflict' })
})

it('knows its orders after a restart, and which were withdrawn', async () => {
  const { orders, again } = ordering()
  await orders.give(order)
  await orders.give({ ...order, mRID: 'B'.repeat(32) })
  await orders.withdraw('B'.repeat(32))
  expect(
    again()
      .list()
      .map(({ state }) => state),
  ).toEqual(['active', 'withdrawn'])
  expect(again().running()).toEqual([{ ...order, state: 'scheduled' }])
})

it('does not revive a withdrawn order that is repeated', async () => {
  const { orders } = ordering()
  await orders.give(order)
  await orders.withdraw(order.mRID)
  expect(await orders.give(order)).toMatchObject({ state: 'withdrawn' })
  expect(orders.running()).toEqual([])
})

it('forgets an order a day after its end', async () => {
  const { orders, at } = ordering()
  await orders.give(order)
  at(100 + 60 + 86_400)
  await orders.give({ ...order, mRID: 'B'.repeat(32) })
  expect(orders.list().map(({ mRID }) => mRID)).toEqual(['B'.repeat(32)])
})

const order: LocalOrder = { mRID: 'A'.repeat(32), source: 'market', start: 100, durationSeconds: 60, targetW: 1500 }

function ordering() {
  const database = openJournals('sqlite::memory:')
  onTestFinished(() => database[Symbol.asyncDispose]())
  const journal = journalOf(database, 'A'.repeat(40) as Lfdi)
  let now = 100
  let turns = 0
  const again = () =>
    createOrders({
      journal,
      log: createLogger('dcm', 'silent'),
      serverNow: () => now,
      changed: () => void (turns += 1),
    })
  return { orders: again(), again, turns: () => turns, at: (time: number) => void (now = time) }
}
