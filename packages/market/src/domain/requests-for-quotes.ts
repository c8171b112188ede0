import { EiCreateRfq, type MarketReference } from '@gridloom/contracts'
import { accepted, type Outcome, refused } from './answer.ts'
import { gateOf } from './instrument.ts'
import type { MarketAgent } from './market-agent.ts'
import type { Side } from './tender.ts'

export type Rfq = Readonly<{
  partyId: string
  rfqId: string
  side: Side
  boundingInterval: Readonly<{ dtStart: number; duration: number }>
  duration: number
  privateRfq: boolean
  tradeableOnlyResponse: boolean
  /** The gate of the last interval that is asked about. */
  end: number
}>

/** The requests for quotes that still can be answered; their ids are unique in the market. */
export function createRequestsForQuotes(
  market: MarketReference,
  { agent, from = [] }: Readonly<{ agent: MarketAgent; from?: readonly Rfq[] | undefined }>,
) {
  const open = new Map<string, Rfq>(from.map((rfq) => [rfq.rfqId, rfq]))

  /** Nothing ends before it. */
  let quietUntil = nextEnd()

  function advance(now: number): void {
    if (now < quietUntil) return
    for (const { rfqId, end } of open.values()) if (end <= now) open.delete(rfqId)
    quietUntil = nextEnd()
  }

  function nextEnd(): number {
    return [...open.values()].reduce((least, { end }) => Math.min(least, end), Infinity)
  }

  function create(message: unknown, now: number): Outcome & Readonly<{ rfq?: Rfq }> {
    const request = EiCreateRfq.safeParse(message)
    if (!request.success) return refused('MALFORMED')
    const { partyId, rfq } = request.data
    if (!agent.isParty(partyId)) return refused('UNKNOWN_PARTY')
    return agent.once(request.data, message, () => {
      if (open.has(rfq.rfqId)) return refused('DUPLICATE_RFQ_ID')
      if (rfq.duration !== market.intervalSeconds) return refused('INTERVAL_OUT_OF_RANGE')
      const end = gateOf(market, rfq.boundingInterval.dtStart + rfq.boundingInterval.duration - rfq.duration)
      if (end <= now) return refused('INSTRUMENT_CLOSED')
      const { rfqId, side, boundingInterval, duration, privateRfq, tradeableOnlyResponse } = rfq
      const made = { partyId, rfqId, side, boundingInterval, duration, privateRfq, tradeableOnlyResponse, end }
      open.set(rfqId, made)
      quietUntil = Math.min(quietUntil, end)
      return { ...accepted(), rfq: made }
    })
  }

  return {
    advance,
    create,
    find: (rfqId: string): Rfq | undefined => open.get(rfqId),
    all: (): readonly Rfq[] => [...open.values()],
    snapshot: (): readonly Rfq[] => [...open.values()],
  }
}

export type RequestsForQuotes = ReturnType<typeof createRequestsForQuotes>
