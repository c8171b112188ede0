import { createLevels, type Levels } from './levels.ts'
import { type Book, type Canceled, canceled } from './market-module.ts'
import type { OpenTender, Side, Tender } from './tender.ts'

type Sides = Readonly<Record<Side, Levels<OpenTender>>>

/** What every mechanism keeps: the open tenders by instrument in price-time order, by owner, and by the instant they end. */
export function createOpenTenders(initial: readonly Readonly<OpenTender>[] = []) {
  const instruments = new Map<number, Sides>()
  const byId = new Map<string, OpenTender>()
  const byEnd = createLevels<OpenTender>()
  for (const tender of initial) add({ ...tender })

  function add(tender: OpenTender): void {
    const sides = instruments.get(tender.dtStart) ?? { BUY: createLevels(), SELL: createLevels() }
    instruments.set(tender.dtStart, sides)
    sides[tender.side].add(rankOf(tender), tender)
    byId.set(keyOf(tender.partyId, tender.tenderId), tender)
    byEnd.add(tender.end, tender)
  }

  function remove(tender: OpenTender): void {
    const sides = instruments.get(tender.dtStart)
    sides?.[tender.side].remove(rankOf(tender), tender)
    if (sides?.BUY.isEmpty() && sides.SELL.isEmpty()) instruments.delete(tender.dtStart)
    byId.delete(keyOf(tender.partyId, tender.tenderId))
    byEnd.remove(tender.end, tender)
  }

  /** Takes a fill off a tender; a filled one leaves the book. */
  function fill(tender: OpenTender, quantity: number): void {
    tender.remaining -= quantity
    if (tender.remaining === 0) remove(tender)
  }

  function cancel(partyId: string, tenderIds: readonly string[], now: number): Canceled[] {
    const found = tenderIds.flatMap((tenderId) => byId.get(keyOf(partyId, tenderId)) ?? [])
    found.forEach(remove)
    return found.map((tender) => canceled(tender, 'REQUESTED', now))
  }

  /** Ends what is due, in the order of the ends and then of acceptance, however late the clock comes. */
  function advance(now: number): Canceled[] {
    const ended: Canceled[] = []
    while ((byEnd.lowestRank() ?? Infinity) <= now) {
      const tender = byEnd.first()
      if (!tender) break
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
    side: (dtStart: number, side: Side): Levels<OpenTender> | undefined => instruments.get(dtStart)?.[side],
    instruments: (): number[] => [...instruments.keys()].toSorted((a, b) => a - b),
    book: (dtStart: number): Book & { bids: OpenTender[]; asks: OpenTender[] } => ({
      bids: [...(instruments.get(dtStart)?.BUY ?? [])],
      asks: [...(instruments.get(dtStart)?.SELL ?? [])],
    }),
    all: (): OpenTender[] =>
      [...byId.values()].toSorted((a, b) => a.sequence - b.sequence).map((tender) => ({ ...tender })),
  }
}

function rankOf({ side, price }: Tender): number {
  return side === 'BUY' ? -price : price
}

// neither id can hold a blank
function keyOf(partyId: string, tenderId: string): string {
  return `${partyId} ${tenderId}`
}
