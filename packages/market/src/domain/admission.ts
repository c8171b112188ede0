import type { MarketReference, TenderPayload, CtsRefusal } from '@gridloom/contracts'
import { gateOf, isInstrument } from './instrument.ts'
import type { Tender } from './tender.ts'

type Leg = Readonly<{ tenderId: string; dtStart: number; duration: number; price: number; quantity: number }>
export type AdmittedTender = Omit<Tender, 'sequence' | 'partyId'>
export type Admission = Readonly<{ kind: 'admitted'; tenders: readonly AdmittedTender[] } | Refused>
type Refused = Readonly<{ kind: 'refused'; reason: CtsRefusal }>

/** Checks every leg of a tender and converts it to the scales of the market; one bad leg refuses all. */
export function admit(market: MarketReference, payload: TenderPayload, now: number): Admission {
  const tenders: AdmittedTender[] = []
  for (const leg of legsOf(payload)) {
    const reason = timeRefusal(market, leg, payload, now)
    if (reason) return { kind: 'refused', reason }
    const amounts = amountsOf(market, leg, payload)
    if (typeof amounts === 'string') return { kind: 'refused', reason: amounts }
    tenders.push({ ...termsOf(market, leg, payload), ...amounts })
  }
  if (tenders.length === 0) return { kind: 'refused', reason: 'INVALID_QUANTITY' }
  return { kind: 'admitted', tenders }
}

/** An interval is one leg; of a stream the legs of quantity 0 are holes. */
function legsOf({ tenderId, tenderDetail }: TenderPayload): Leg[] {
  if (tenderDetail.kind === 'INTERVAL') {
    const { interval, price, quantity } = tenderDetail
    return [{ tenderId, ...interval, price, quantity }]
  }
  const { streamStart, intervalDuration: duration, intervals } = tenderDetail.stream
  return intervals
    .filter(({ quantity }) => quantity !== 0)
    .map(({ streamUid, price, quantity }) => {
      return {
        tenderId: `${tenderId}/${streamUid}`,
        dtStart: streamStart + streamUid * duration,
        duration,
        price,
        quantity,
      }
    })
}

function timeRefusal(market: MarketReference, leg: Leg, payload: TenderPayload, now: number): CtsRefusal | undefined {
  if (leg.duration !== market.intervalSeconds || !isInstrument(market, leg.dtStart)) return 'INTERVAL_OUT_OF_RANGE'
  if (now >= gateOf(market, leg.dtStart)) return 'INSTRUMENT_CLOSED'
  if ((payload.expirationTime ?? Infinity) <= now) return 'TENDER_EXPIRED'
  return undefined
}

type Amounts = Readonly<{ price: number; quantity: number }>

function amountsOf(market: MarketReference, leg: Leg, payload: TenderPayload): Amounts | CtsRefusal {
  const price = convert(leg.price, (payload.priceScale ?? market.priceScale) - market.priceScale)
  const quantity = convert(leg.quantity, (payload.quantityScale ?? market.quantityScale) - market.quantityScale)
  if (price === undefined || quantity === undefined) return 'INVALID_SCALE'
  const { roundLot, tickSize } = market
  if (quantity <= 0 || !isWithin(quantity, market.minTenderQuantity, market.maxTenderQuantity))
    return 'INVALID_QUANTITY'
  if (quantity % roundLot !== 0) return 'INVALID_QUANTITY'
  if (!isWithin(price, market.minPrice, market.maxPrice) || price % tickSize !== 0) return 'INVALID_PRICE'
  return { price, quantity }
}

/** Moves a value by decades, or not at all when that would lose something. A result past 2^53 is rounded: no limit allows it. */
function convert(value: number, decades: number): number | undefined {
  if (Math.abs(decades) > 9) return undefined
  const factor = 10 ** Math.abs(decades)
  if (decades >= 0) return value * factor
  return value % factor === 0 ? value / factor : undefined
}

function isWithin(value: number, lowest: number, highest: number): boolean {
  return value >= lowest && value <= highest
}

function termsOf(market: MarketReference, { tenderId, dtStart }: Leg, payload: TenderPayload) {
  const gate = gateOf(market, dtStart)
  const expiration = payload.expirationTime ?? Infinity
  return {
    tenderId,
    side: payload.side,
    dtStart,
    end: Math.min(expiration, gate),
    endReason: expiration <= gate ? 'EXPIRED' : 'GATE_CLOSED',
    allOrNone: payload.allOrNone,
    immediateOrCancel: payload.executionInstructions === 'IOC',
  } as const
}
