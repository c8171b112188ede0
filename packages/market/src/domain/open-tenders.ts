import { createEndings } from './endings.ts'
import { type Book, type Canceled, canceled } from './market-module.ts'
import { createPriceLevels, type PriceLevels } from './price-levels.ts'
import { openTenderOf, restingTender, type RestingTender } from './resting-tender.ts'
import type { OpenTender, Side } from './tender.ts'

type Sides = Readonly<Record<Side, PriceLevels>>

/** What every mechanism keeps: the open tenders by instrument in price-time order, by owner, and by the instant they end. */
export function createOpenTenders(initial: readonly Readonly<OpenTender>[] = []) {
  const instruments = new Map<number, Sides>()
  const byParty = new Map<string, Map<string, RestingTender>>()
  const endings = createEndings()
  for (const tender of initial) add(restingTender(tender, tender.remaining))

  function add(tender: RestingTender): void {
    ensure(instruments, tender.dtStart, emptySides)[tender.side].add(tender)
    ensure(byParty, tender.partyId, emptyIds).set(tender.tenderId, tender)
    endings.add(tender)
  }

  function remove(tender: RestingTender): void {
    const sides = instruments.get(tender.dtStart)
    sides?.[tender.side].remove(tender)
    if (sides?.BUY.isEmpty() && sides.SELL.isEmpty()) instruments.delete(tender.dtStart)
    byParty.get(tender.partyId)?.delete(tender.tenderId)
    endings.remove(tender)
  }

  /** Takes a fill off a tender; a filled one leaves the book. */
  function fill(tender: RestingTender, quantity: number): void {
    tender.remaining -= quantity
    if (tender.remaining === 0) remove(tender)
  }

  function cancel(partyId: string, tenderIds: readonly string[], now: number): Canceled[] {
    const ended: Canceled[] = []
    const own = byParty.get(partyId)
    for (const tenderId of tenderIds) {
      const tender = own?.get(tenderId)
      if (!tender) continue
      remove(tender)
      ended.push(canceled(tender, 'REQUESTED', now))
    }
    return ended
  }

  /** Ends what is due, in the order of the ends and then of acceptance, however late the clock comes. */
  function advance(now: number): Canceled[] {
    const ended: Canceled[] = []
    for (let tender = endings.first(); tender && tender.end <= now; tender = endings.first()) {
      remove(tender)
      ended.push(canceled(tender, tender.endReason, tender.end))
    }
    return ended
  }

  return {
    add,
    remove,
    fill,
    cancel,
    advance,
    side: (dtStart: number, side: Side): PriceLevels | undefined => instruments.get(dtStart)?.[side],
    instruments: (): number[] => [...instruments.keys()].toSorted((a, b) => a - b),
    book: (dtStart: number): Book => ({
      bids: [...(instruments.get(dtStart)?.BUY ?? [])].map(openTenderOf),
      asks: [...(instruments.get(dtStart)?.SELL ?? [])].map(openTenderOf),
    }),
    /** The ids of what a party has open, in the order of acceptance. */
    idsOf: (partyId: string): string[] =>
      [...(byParty.get(partyId)?.values() ?? [])].toSorted(bySequence).map(({ tenderId }) => tenderId),
    nextEnd: (): number | undefined => endings.first()?.end,
    all: (): OpenTender[] =>
      [...byParty.values()]
        .flatMap((own) => [...own.values()])
        .toSorted(bySequence)
        .map(openTenderOf),
  }
}

function bySequence(a: OpenTender, b: OpenTender): number {
  return a.sequence - b.sequence
}

function ensure<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}

const emptySides = (): Sides => ({ BUY: createPriceLevels(), SELL: createPriceLevels() })
const emptyIds = (): Map<string, RestingTender> => new Map()
