import type { MarketReference } from '@gridloom/contracts'
import { createEndings } from './endings.ts'
import { gateOf } from './instrument.ts'
import { createInstruments, tendersOf } from './instruments.ts'
import { type Book, type Canceled, canceled } from './market-module.ts'
import { addTo, inPriority, type PriceLevels, rankOf, takeAway } from './price-levels.ts'
import { bySequence, createRestingPool, openTenderOf, type Owned, type RestingTender } from './resting-tender.ts'
import type { OpenTender, Side, Tender } from './tender.ts'

/** What every mechanism keeps: the open tenders by instrument in price-time order, by owner, and by the instant they end. */
export function createOpenTenders(market: MarketReference, initial: readonly Readonly<OpenTender>[] = []) {
  const instruments = createInstruments((dtStart) => gateOf(market, dtStart))
  const byParty = new Map<string, Owned>()
  // most tenders end with their instrument: only the others are kept by their end
  const expiring = createEndings()
  const pool = createRestingPool()
  for (const tender of initial) add(tender, tender.remaining)

  function add(tender: Tender, remaining: number): void {
    const { tenderId, partyId, side, dtStart, price } = tender
    const own = ownedBy(partyId)
    const resting = pool.take(tender, remaining, own)
    own.set(tenderId, resting)
    addTo(instruments.open(dtStart)[side], rankOf(side, price), resting)
    if (tender.endReason === 'EXPIRED') expiring.add(resting)
  }

  function ownedBy(partyId: string): Owned {
    const found = byParty.get(partyId)
    if (found) return found
    const own: Owned = new Map()
    byParty.set(partyId, own)
    return own
  }

  function remove(resting: RestingTender): void {
    takeAway(resting)
    resting.own.delete(resting.tender.tenderId)
    expiring.remove(resting)
    pool.giveBack(resting)
  }

  /** Takes a fill off a tender; a filled one leaves the book. */
  function fill(resting: RestingTender, quantity: number): void {
    resting.remaining -= quantity
    if (resting.remaining === 0) remove(resting)
  }

  function cancel(partyId: string, tenderIds: readonly string[], now: number): Canceled[] {
    const ended: Canceled[] = []
    const own = byParty.get(partyId)
    for (const tenderId of tenderIds) {
      const resting = own?.get(tenderId)
      if (!resting) continue
      ended.push(canceled(resting.tender, resting.remaining, 'REQUESTED', now))
      remove(resting)
    }
    return ended
  }

  /** Ends what is due, in the order of the ends and then of acceptance, however late the clock comes. */
  function advance(now: number): Canceled[] {
    const ended: Canceled[] = []
    for (let end = nextEnd(); end !== undefined && end <= now; end = nextEnd()) {
      for (const resting of endingAt(end)) {
        ended.push(canceled(resting.tender, resting.remaining, resting.tender.endReason, end))
        remove(resting)
      }
    }
    return ended
  }

  function nextEnd(): number | undefined {
    const [expiry = Infinity, gate = Infinity] = [expiring.next(), instruments.next()?.gate]
    const end = Math.min(expiry, gate)
    return end === Infinity ? undefined : end
  }

  function endingAt(end: number): RestingTender[] {
    const closing = instruments.next()
    const atGate =
      closing?.gate === end ? tendersOf(closing).filter(({ tender }) => tender.endReason === 'GATE_CLOSED') : []
    return [...expiring.at(end), ...atGate].toSorted(bySequence)
  }

  function sideOf(dtStart: number, side: Side): RestingTender[] {
    const levels = instruments.of(dtStart)?.[side]
    return levels ? [...inPriority(levels)] : []
  }

  return {
    add,
    remove,
    fill,
    cancel,
    advance,
    nextEnd,
    /** The levels of a side; undefined when the instrument has none. */
    levels: (dtStart: number, side: Side): PriceLevels | undefined => instruments.of(dtStart)?.[side],
    /** In priority order. */
    sideOf,
    instruments: instruments.starts,
    book: (dtStart: number): Book => ({
      bids: sideOf(dtStart, 'BUY').map(openTenderOf),
      asks: sideOf(dtStart, 'SELL').map(openTenderOf),
    }),
    /** The ids of what a party has open, in the order of acceptance. */
    idsOf: (partyId: string): string[] =>
      [...(byParty.get(partyId)?.values() ?? [])].toSorted(bySequence).map(({ tender }) => tender.tenderId),
    all: (): OpenTender[] =>
      [...byParty.values()]
        .flatMap((own) => [...own.values()])
        .toSorted(bySequence)
        .map(openTenderOf),
  }
}
