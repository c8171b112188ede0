import {
  type MarketReference,
  EiCancelTender,
  EiCreateTender,
  EiRegisterParty,
  EiRequestPosition,
  type TenderPayload,
} from '@gridloom/contracts'
import { admit } from './admission.ts'
import { accepted, type Outcome, refused } from './answer.ts'
import { openContinuousOrderBook } from './continuous-order-book.ts'
import { openDoubleAuction } from './double-auction.ts'
import { isInstrument, wholeIntervals } from './instrument.ts'
import { createLedger } from './ledger.ts'
import type { MarketEvent, OpenModule } from './market-module.ts'
import { createRequestMemory } from './request-memory.ts'

const modules: Readonly<Record<MarketReference['mechanism'], OpenModule>> = {
  CONTINUOUS_ORDER_BOOK: openContinuousOrderBook,
  PERIODIC_DOUBLE_AUCTION: openDoubleAuction,
}

// what else a registration says concerns only the network
const PartyIds = EiRegisterParty.pick({ requestId: true, partyId: true })

/** The front door of a market without its network: who may ask, what is valid, what was asked before, who owns what. */
export function createMarketAgent(market: MarketReference, registered: readonly string[] = []) {
  const mechanism = modules[market.mechanism](market)
  const ledger = createLedger(market.marketPartyId)
  const parties = new Set(registered)
  const once = createRequestMemory()
  /** The ids in the book of every accepted tender, by party: the tender's own, or those of its legs. */
  const tenders = new Map<string, Map<string, readonly string[]>>()
  let sequence = 0

  /** Lets time pass: whatever is due ends before anything else happens. */
  function advance(now: number): readonly MarketEvent[] {
    return mechanism.advance(now)
  }

  function registerParty(message: unknown): Outcome {
    const request = PartyIds.safeParse(message)
    if (!request.success) return refused('MALFORMED')
    if (parties.has(request.data.partyId)) return refused('DUPLICATE_PARTY')
    parties.add(request.data.partyId)
    return accepted()
  }

  function createTender(message: unknown, now: number): Outcome {
    const request = EiCreateTender.safeParse(message)
    if (!request.success) return refused('MALFORMED')
    if (!parties.has(request.data.partyId)) return refused('UNKNOWN_PARTY')
    return once(request.data, message, () => decideTender(request.data, now))
  }

  function decideTender({ partyId, marketId, tender }: EiCreateTender, now: number): Outcome {
    if (marketId !== market.marketId) return refused('UNKNOWN_MARKET')
    if (tender.resourceDesignator !== market.resourceDesignator || !isAllOrNoneSupported(tender)) {
      return refused('NOT_SUPPORTED')
    }
    if (tenders.get(partyId)?.has(tender.tenderId)) return refused('DUPLICATE_TENDER_ID')
    const admission = admit(market, tender, now)
    if (admission.kind === 'refused') return refused(admission.reason)
    remember(
      partyId,
      tender.tenderId,
      admission.tenders.map(({ tenderId }) => tenderId),
    )
    const numbered = admission.tenders.map((leg) => ({ ...leg, partyId, sequence: ++sequence }))
    // one after the other: a leg has met the book before the next is opened
    const events = numbered.flatMap((leg) => mechanism.accept(leg, now))
    ledger.book(events)
    return accepted({ marketOrders: numbered.map((leg) => [leg.tenderId, leg.sequence]) }, events)
  }

  function isAllOrNoneSupported({ allOrNone, tenderDetail }: TenderPayload): boolean {
    return !allOrNone || (mechanism.capabilities.allOrNone && tenderDetail.kind === 'INTERVAL')
  }

  function remember(partyId: string, tenderId: string, legs: readonly string[]): void {
    const own = tenders.get(partyId) ?? new Map<string, readonly string[]>()
    tenders.set(partyId, own.set(tenderId, legs))
  }

  function cancelTender(message: unknown, now: number): Outcome {
    const request = EiCancelTender.safeParse(message)
    if (!request.success) return refused('MALFORMED')
    if (!parties.has(request.data.partyId)) return refused('UNKNOWN_PARTY')
    return once(request.data, message, () => decideCancel(request.data, now))
  }

  function decideCancel({ partyId, marketId, tenderId }: EiCancelTender, now: number): Outcome {
    if (marketId !== market.marketId) return refused('UNKNOWN_MARKET')
    const [whole = ''] = tenderId.split('/')
    const legs = tenders.get(partyId)?.get(whole) ?? []
    const named = tenderId === whole ? legs : legs.filter((leg) => leg === tenderId)
    if (named.length === 0) return refused('UNKNOWN_TENDER')
    const events = mechanism.cancel(partyId, named, now)
    if (events.length === 0) return refused('TENDER_NOT_OPEN')
    return accepted({ canceled: events.map((event) => [event.tenderId, event.quantity]) }, events)
  }

  function requestPosition(message: unknown): Outcome {
    const request = EiRequestPosition.safeParse(message)
    if (!request.success) return refused('MALFORMED')
    const { partyId, requestorPartyId = partyId, marketId, boundingInterval } = request.data
    if (!parties.has(partyId)) return refused('UNKNOWN_PARTY')
    if (marketId !== market.marketId) return refused('UNKNOWN_MARKET')
    if (requestorPartyId !== partyId) return refused('NOT_AUTHORIZED')
    const starts = wholeIntervals(market, boundingInterval)
    return accepted({ quantities: starts.map((dtStart) => ledger.positionOf(partyId, dtStart)) })
  }

  function clear(dtStart: number, now: number): Outcome {
    if (mechanism.capabilities.clear && !isInstrument(market, dtStart)) return refused('INTERVAL_OUT_OF_RANGE')
    const events = mechanism.clear(dtStart, now)
    if (events === 'NOT_SUPPORTED') return refused('NOT_SUPPORTED')
    ledger.book(events)
    const [{ price, volume }] = events
    return accepted({ price, volume }, events)
  }

  const { instruments, book } = mechanism
  return { advance, registerParty, createTender, cancelTender, requestPosition, clear, instruments, book, ledger }
}

export type MarketAgent = ReturnType<typeof createMarketAgent>
