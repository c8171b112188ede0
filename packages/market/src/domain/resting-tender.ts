import type { DueTenders } from './endings.ts'
import type { PriceLevel } from './price-levels.ts'
import type { OpenTender, Tender } from './tender.ts'

/** An open tender with its places in the book: its neighbours at the same price, and those that expire at the same instant. */
export type RestingTender = {
  tender: Tender
  remaining: number
  /** All that its party has open. */
  own: Owned
  level: PriceLevel | undefined
  before: RestingTender | undefined
  after: RestingTender | undefined
  due: DueTenders | undefined
  endsBefore: RestingTender | undefined
  endsAfter: RestingTender | undefined
}

/** What one party has open, by tenderId. */
export type Owned = Map<string, RestingTender>

/** What has left the book is used again for the next tender: a book that neither grows nor shrinks leaves nothing to collect. */
export function createRestingPool() {
  let free: RestingTender | undefined

  function take(tender: Tender, remaining: number, own: Owned): RestingTender {
    const resting = free
    if (!resting) return restingTender(tender, remaining, own)
    free = resting.after
    resting.after = undefined
    resting.tender = tender
    resting.remaining = remaining
    resting.own = own
    return resting
  }

  function giveBack(resting: RestingTender): void {
    resting.after = free
    free = resting
  }

  return { take, giveBack }
}

// written out: a spread would put what it adds outside of the object
function restingTender(tender: Tender, remaining: number, own: Owned): RestingTender {
  return {
    tender,
    remaining,
    own,
    level: undefined,
    before: undefined,
    after: undefined,
    due: undefined,
    endsBefore: undefined,
    endsAfter: undefined,
  }
}

/** The tender alone, as the world outside the book may have it. */
export function openTenderOf({ tender, remaining }: RestingTender): OpenTender {
  const { sequence, partyId, tenderId, side, dtStart, price, quantity } = tender
  const { end, endReason, allOrNone, immediateOrCancel } = tender
  const life = { end, endReason, allOrNone, immediateOrCancel }
  return { sequence, partyId, tenderId, side, dtStart, price, quantity, ...life, remaining }
}

/** The order of acceptance. */
export function bySequence(a: RestingTender, b: RestingTender): number {
  return a.tender.sequence - b.tender.sequence
}
