import { formatCtsInstant, type MarketReference } from '@gridloom/contracts'

/** An instrument of the market below, and the gate of the one before it. */
export const noon = Date.parse('2027-01-04T12:00:00Z') / 1000
export const gate = noon - 900 - 300

/** A market of quarter hours on one day, for tests. */
export function marketWith(changes: Partial<MarketReference>): MarketReference {
  return {
    marketId: 'mkt-1',
    marketPartyId: 'MARKET',
    mechanism: 'CONTINUOUS_ORDER_BOOK',
    resourceDesignator: 'ENERGY',
    resourceUnit: 'Wh',
    currency: 'USD',
    priceScale: -3,
    quantityScale: 3,
    tickSize: 1,
    roundLot: 1,
    minTenderQuantity: 1,
    maxTenderQuantity: 1_000_000_000,
    minPrice: -1_000_000,
    maxPrice: 1_000_000_000,
    gridStart: noon - 43_200,
    intervalSeconds: 900,
    rangeStart: noon - 43_200,
    rangeEnd: noon + 43_200,
    gateClosureSeconds: 300,
    selfTrade: 'CANCEL_RESTING',
    marginRule: 'TIME',
    carryOver: true,
    ...changes,
  }
}

export type TenderTerms = Readonly<{ partyId: string; price: number; quantity: number; side: string }> &
  Readonly<{ requestId?: string; marketId?: string; dtStart?: number; at?: number; tenderId?: unknown }> &
  Readonly<Record<string, unknown>>

/** An EiCreateTender for one interval, noon unless said otherwise. */
export function tenderMessage({ requestId, partyId, marketId = 'mkt-1', dtStart = noon, price, ...rest }: TenderTerms) {
  const { quantity, at: _, ...fields } = rest
  const interval = { dtStart: formatCtsInstant(dtStart), duration: 'PT15M' }
  const tender = { ...fields, tenderDetail: { kind: 'INTERVAL', interval, price, quantity } }
  return { type: 'EiCreateTender', requestId, partyId, marketId, tender }
}
