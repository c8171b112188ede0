import { openContinuousOrderBook } from '@gridloom/market'
import { median } from './by-turns.ts'
import type { BenchFigure } from './figure.ts'
import { makeOrders, type Order } from './market-orders.ts'
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
    ours.push(operationsPerSecond(() => playOurs(orders)))
    theirs.push(operationsPerSecond(() => playNaive(orders)))
  }
  const [value, referenceValue] = [median(ours), median(theirs)]
  const names = { bench: 'market', metric: 'book', unit: 'operations/s', reference: 'naive sorted-array book' }
  return { ...names, value, referenceValue, ratio: value / referenceValue }
}

/** A figure is worth nothing when the two do not trade the same. */
function agree(orders: readonly Order[]): void {
  const [ours, naive] = [playOurs(orders), playNaive(orders)]
  if (ours !== naive) throw new Error(`the book had ${ours} events and the naive one ${naive}`)
}

function playOurs(orders: readonly Order[]): number {
  const book = openContinuousOrderBook(marketReference)
  let events = 0
  for (const { kind, tender } of orders) {
    events += (kind === 'accept' ? book.accept(tender, 0) : book.cancel(tender.partyId, [tender.tenderId], 0)).length
  }
  return events
}

function playNaive(orders: readonly Order[]): number {
  const book = naiveBook()
  let events = 0
  for (const { kind, tender } of orders) events += kind === 'accept' ? book.accept(tender) : book.cancel(tender)
  return events
}

function operationsPerSecond(play: () => number): number {
  const start = performance.now()
  play()
  return (operations / (performance.now() - start)) * 1000
}
