import {
  EiCancelRegistration,
  EiCancelTender,
  EiCreateTender,
  EiRegisterParty,
  EiRequestPosition,
  type MarketReference,
  type TenderPayload,
} from '@gridloom/contracts'
import { admit } from './admission.ts'
import { accepted, type Outcome, refused } from './answer.ts'
import { type Archive, memoryArchive } from './archive.ts'
import { openContinuousOrderBook } from './continuous-order-book.ts'
import { openDoubleAuction } from './double-auction.ts'
import { isInstrument, wholeIntervals } from './instrument.ts'
import { createLedger, type LedgerEntry } from './ledger.ts'
import type { MarketEvent, ModuleSnapshot, OpenModule } from './market-module.ts'
import { createOnce } from './once.ts'

const modules: Readonly<Record<MarketReference['mechanism'], OpenModule>> = {
  CONTINUOUS_ORDER_BOOK: openContinuousOrderBook,
  PERIODIC_DOUBLE_AUCTION: openDoubleAuction,
}

// what else a registration says concerns only the network
const PartyIds = EiRegisterParty.pick({ requestId: true, partyId: true })

/** All of an agent that is open, as JSON; what is over is in the ledger and in the archive. */
export type AgentSnapshot = Readonly<{ sequence: number; parties: readonly string[]; module: ModuleSnapshot }>

export type AgentOptions = Readonly<{
  archive?: Archive
  from?: AgentSnapshot | undefined
  /** The ledger up to the snapshot. */
  earlier?: Iterable<LedgerEntry>
}>

/** What a party may do beyond the rules of the market: nothing said is all. */
export type Terms = Readonly<{
  /** Its tenders are refused. */
  barred?: boolean
  /** The share of the largest tender that it may make. */
  derate?: number
  /** Added to its prices, by side. */
  priceShift?: Readonly<Record<'BUY' | 'SELL', number>>
}>

/** The front door of a market without its network: who may ask, what is valid, what was asked before, who owns what. */
export function createMarketAgent(
  market: MarketReference,
  registered: readonly string[] = [],
  { archive = memoryArchive(), from, earlier }: AgentOptions = {},
) {
  const mechanism = modules[market.mechanism](market, from?.module)
  const ledger = createLedger(market.marketPartyId, earlier)
  const parties = new Set(from?.parties ?? registered)
  const once = createOnce(archive)
  let sequence = from?.sequence ?? 0

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

  /** Ends the open tenders of a party that leaves; its positions stay. */
  function cancelRegistration(message: unknown, now: number): Outcome {
    const request = EiCancelRegistration.safeParse(message)
    if (!request.success) return refused('MALFORMED')
    const { partyId } = request.data
    if (!parties.delete(partyId)) return refused('UNKNOWN_PARTY')
    return accepted(undefined, mechanism.cancel(partyId, mechanism.idsOf(partyId), now))
  }

  function createTender(message: unknown, now: number, terms: Terms = {}): Outcome {
    const request = EiCreateTender.safeParse(message)
    if (!request.success) return refused('MALFORMED')
    if (!parties.has(request.data.partyId)) return refused('UNKNOWN_PARTY')
    return once(request.data, message, () => decideTender(request.data, now, terms))
  }

  function decideTender({ partyId, marketId, tender }: EiCreateTender, now: number, terms: Terms): Outcome {
    if (terms.barred) return refused('NOT_AUTHORIZED')
    if (marketId !== market.marketId) return refused('UNKNOWN_MARKET')
    if (tender.resourceDesignator !== market.resourceDesignator || !isAllOrNoneSupported(tender)) {
      return refused('NOT_SUPPORTED')
    }
    if (archive.legsOf(partyId, tender.tenderId)) return refused('DUPLICATE_TENDER_ID')
    const admission = admit(rulesFor(market, terms), tender, now)
    if (admission.kind === 'refused') return refused(admission.reason)
    const shift = terms.priceShift?.[tender.side] ?? 0
    const opened = admission.tenders.map((leg) => {
      return { ...leg, price: leg.price + shift, partyId, sequence: ++sequence }
    })
    const legs = opened.map(({ tenderId }) => tenderId)
    archive.keepTender(partyId, tender.tenderId, legs)
    // one after the other: a leg has met the book before the next is opened
    const events = opened.flatMap((leg) => mechanism.accept(leg, now))
    const entries = ledger.book(events)
    return { ...accepted({ marketOrders: opened.map((leg) => [leg.tenderId, leg.sequence]) }, events), entries, opened }
  }

  function isAllOrNoneSupported({ allOrNone, tenderDetail }: TenderPayload): boolean {
    return !allOrNone || (mechanism.capabilities.allOrNone && tenderDetail.kind === 'INTERVAL')
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
    const legs = archive.legsOf(partyId, whole) ?? []
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
    if (boundingInterval.duration / market.intervalSeconds > mostIntervals) return refused('INTERVAL_OUT_OF_RANGE')
    const starts = wholeIntervals(market, boundingInterval)
    return accepted({ quantities: starts.map((dtStart) => ledger.positionOf(partyId, dtStart)) })
  }

  function clear(dtStart: number, now: number): Outcome {
    if (mechanism.capabilities.clear && !isInstrument(market, dtStart)) return refused('INTERVAL_OUT_OF_RANGE')
    const events = mechanism.clear(dtStart, now)
    if (events === 'NOT_SUPPORTED') return refused('NOT_SUPPORTED')
    const [{ price, volume }] = events
    return { ...accepted({ price, volume }, events), entries: ledger.book(events) }
  }

  const { instruments, book, nextEnd, nextNumber } = mechanism
  return {
    advance,
    registerParty,
    cancelRegistration,
    createTender,
    cancelTender,
    requestPosition,
    clear,
    once,
    isParty: (partyId: string): boolean => parties.has(partyId),
    parties: (): readonly string[] => [...parties],
    nextOrder: (): number => ++sequence,
    lastOrder: (): number => sequence,
    nextNumber,
    nextEnd,
    instruments,
    book,
    ledger,
    snapshot: (): AgentSnapshot => ({ sequence, parties: [...parties], module: mechanism.snapshot() }),
  }
}

export type MarketAgent = ReturnType<typeof createMarketAgent>

// more than a hundred years of hours: nobody asks that, and the answer has to fit
const mostIntervals = 1_000_000

function rulesFor(market: MarketReference, { derate = 1 }: Terms): MarketReference {
  if (derate >= 1) return market
  return { ...market, maxTenderQuantity: Math.floor(market.maxTenderQuantity * Math.max(derate, 0)) }
}
