import type { DueTenders } from './endings.ts'
import type { PriceLevel } from './price-levels.ts'
import type { OpenTender, Tender } from './tender.ts'

/** An open tender with its places in the book: its neighbours at the same price, and those that end at the same instant. */
export type RestingTender = OpenTender & {
  level: PriceLevel | undefined
  before: RestingTender | undefined
  after: RestingTender | undefined
  due: DueTenders | undefined
  endsBefore: RestingTender | undefined
  endsAfter: RestingTender | undefined
}

// written out, field by field: a spread costs more than all the rest of an order
export function restingTender(tender: Tender, remaining: number): RestingTender {
  return {
    sequence: tender.sequence,
    partyId: tender.partyId,
    tenderId: tender.tenderId,
    side: tender.side,
    dtStart: tender.dtStart,
    price: tender.price,
    quantity: tender.quantity,
    end: tender.end,
    endReason: tender.endReason,
    allOrNone: tender.allOrNone,
    immediateOrCancel: tender.immediateOrCancel,
    remaining,
    level: undefined,
    before: undefined,
    after: undefined,
    due: undefined,
    endsBefore: undefined,
    endsAfter: undefined,
  }
}

/** The tender alone, as the world outside the book may have it. */
export function openTenderOf(resting: RestingTender): OpenTender {
  const { sequence, partyId, tenderId, side, dtStart, price, quantity, remaining } = resting
  const { end, endReason, allOrNone, immediateOrCancel } = resting
  const life = { end, endReason, allOrNone, immediateOrCancel }
  return { sequence, partyId, tenderId, side, dtStart, price, quantity, ...life, remaining }
}
