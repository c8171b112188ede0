import { expect, it, onTestFinished } from 'vitest'
import { agentStore, openAgents } from './agent-store.ts'

const trade = {
  match: 3,
  side: 'BUY',
  tenderId: 'b3',
  counterPartyId: 'P03',
  dtStart: 900,
  price: 115,
  quantity: 4,
} as const
const tender = {
  tenderId: 'b3',
  dtStart: 900,
  side: 'BUY',
  price: 125,
  quantity: 20,
  remaining: 20,
  body: '{}',
} as const

it('books a trade once and keeps its number, whoever tells of it and however often', async () => {
  const { store } = opened()
  const [first, second] = await Promise.all([store.book({ ...trade, marketTransactionId: 'm:3' }), store.book(trade)])
  expect([first.isNew, second.isNew]).toEqual([true, false])
  expect(second.booked).toMatchObject({ seq: 1, recipientTransactionId: 'P04:1', marketTransactionId: 'm:3' })
  await store.book({ ...trade, match: 4 })
  expect(store.trades(0).map(({ seq, match }) => [seq, match])).toEqual([
    [1, 3],
    [2, 4],
  ])
  expect(store.trades(1, 1).map(({ seq }) => seq)).toEqual([2])
})

it('knows which tenders are live, and what is left of them', async () => {
  const { store } = opened()
  await store.tenderSent({ ...tender, state: 'sending' })
  await store.tenderIs('b3', 'open')
  await store.book(trade)
  expect(store.liveTenders()).toMatchObject([{ tenderId: 'b3', state: 'open', remaining: 16 }])
  await store.tenderIs('b3', 'ended')
  expect(store.liveTenders()).toEqual([])
})

it('keeps the agents of a process apart', async () => {
  const { store, other } = opened()
  await store.book(trade)
  await store.remember('needs', [1])
  await store.deliver({ dtStart: 900, quantity: 4, isReported: false })
  expect([other.trades(0), other.recall('needs'), other.deliveries(0, 1000)]).toEqual([[], undefined, []])
  expect(store.deliveries(0, 1000)).toEqual([{ dtStart: 900, quantity: 4, isReported: false }])
})

function opened() {
  const database = openAgents('sqlite::memory:')
  onTestFinished(() => database[Symbol.asyncDispose]())
  return { store: agentStore(database, 'P04'), other: agentStore(database, 'P05') }
}
