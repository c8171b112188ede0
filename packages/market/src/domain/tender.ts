export type Side = 'BUY' | 'SELL'

/** A tender as the market accepted it: one instrument, in the scales of the market. */
export type Tender = Readonly<{
  sequence: number
  partyId: string
  tenderId: string
  side: Side
  dtStart: number
  price: number
  quantity: number
  /** The instant from which it is void, and what it then died of. */
  end: number
  endReason: 'EXPIRED' | 'GATE_CLOSED'
  allOrNone: boolean
  immediateOrCancel: boolean
}>

/** A tender in the book; `remaining` goes down with every fill. */
export type OpenTender = Tender & { remaining: number }

/** What a clearing has to know of an open tender. */
export type Offer = Readonly<Pick<OpenTender, 'side' | 'price' | 'remaining'>>
