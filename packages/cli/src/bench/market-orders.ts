import { createRandom } from '@gridloom/kit'
import type { Tender } from '@gridloom/market'
import { marketReference } from './market-scene.ts'

/** One operation on a book: a tender that comes, or one that its owner takes back. */
export type Order = Readonly<{ kind: 'accept' | 'cancel'; tender: Tender }>

const instruments = 1000
/** Tenders that rest before the first operation: twenty of each instrument. */
export const restingOrders = 20_000
const parties = 200

/**
 * Tenders that fill the book, and then a day of orders: most rest a few ticks from the middle, a quarter crosses it, and every third operation takes back one of the
 * last tenders, whether it is still there or not. Steady: the book neither empties nor grows without end.
 */
export function makeOrders(count: number, seed: number): readonly Order[] {
  const random = createRandom(seed)
  const recent: Tender[] = []
  return Array.from({ length: restingOrders + count }, (_, index): Order => {
    const back =
      index >= restingOrders && random.next() < 1 / 3 ? recent[random.integer(0, recent.length - 1)] : undefined
    if (back) return { kind: 'cancel', tender: back }
    const tender = tenderOf(index, random.integer)
    if (recent.length < restingOrders) recent.push(tender)
    else recent[random.integer(0, recent.length - 1)] = tender
    return { kind: 'accept', tender }
  })
}

function tenderOf(index: number, integer: (least: number, most: number) => number): Tender {
  const side = integer(0, 1) === 0 ? 'BUY' : 'SELL'
  const isCrossing = index >= restingOrders && integer(0, 3) === 0
  const away = isCrossing ? -integer(0, 5) : integer(1, 20)
  const dtStart = 900 * integer(1, instruments)
  return {
    sequence: index + 1,
    partyId: `P${integer(1, parties)}`,
    tenderId: `t${index}`,
    side,
    dtStart,
    price: side === 'BUY' ? 1000 - away : 1000 + away,
    quantity: integer(1, 20),
    end: dtStart - marketReference.gateClosureSeconds,
    endReason: 'GATE_CLOSED',
    allOrNone: false,
    immediateOrCancel: false,
  }
}
