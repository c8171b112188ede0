import { openContinuousOrderBook } from '@gridloom/market'
import { median } from './by-turns.ts'
import type { BenchFigure } from './figure.ts'
import { makeOrders, restingOrders, type Order } from './market-orders.ts'
import { marketReference } from './market-scene.ts'
import { benchTenders } from './market-tenders.ts'
import { naiveBook } from './naive-book.ts'

const operations = 100_000
const rounds = 15

/** The book alone against a naive one on the same orders, and tenders over mutual TLS with a durable ledger against a bare echo. */
export async function benchMarket(): Promise<BenchFigure[]> {
  return [benchBook(), await benchTenders()]
}

function benchBook(): BenchFigure {
  const orders = makeOrders(operations, 1)
  agree(orders)
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    ours.push(perSecond(ourPlayer(), orders))
    theirs.push(perSecond(naivePlayer(), orders))
  }
  const [value, referenceValue] = [median(ours), median(theirs)]
  const names = { bench: 'market', metric: 'book', unit: 'operations/s', reference: 'naive sorted-array book' }
  return { ...names, value, referenceValue, ratio: value / referenceValue }
}

type Player = (order: Order) => number

/** A figure is worth nothing when the two do not trade the same. */
function agree(orders: readonly Order[]): void {
  const [ours, naive] = [ourPlayer(), naivePlayer()].map((play) => playAll(play, orders))
  if (ours !== naive) throw new Error(`the book had ${ours} events and the naive one ${naive}`)
}

function ourPlayer(): Player {
  const book = openContinuousOrderBook(marketReference)
  return ({ kind, tender }) =>
    (kind === 'accept' ? book.accept(tender, 0) : book.cancel(tender.partyId, [tender.tenderId], 0)).length
}

function naivePlayer(): Player {
  const book = naiveBook()
  return ({ kind, tender }) => (kind === 'accept' ? book.accept(tender) : book.cancel(tender))
}

function playAll(play: Player, orders: readonly Order[]): number {
  let events = 0
  for (const order of orders) events += play(order)
  return events
}

/** Fills a book and measures what comes after. */
function perSecond(play: Player, orders: readonly Order[]): number {
  playAll(play, orders.slice(0, restingOrders))
  const measured = orders.slice(restingOrders)
  const start = performance.now()
  playAll(play, measured)
  return (measured.length / (performance.now() - start)) * 1000
}
