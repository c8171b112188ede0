/** The response code of every reason the market gives. */
export const responseCodeOf = {
  OK: 200,
  MALFORMED: 400,
  UNKNOWN_PARTY: 401,
  NOT_AUTHORIZED: 403,
  UNKNOWN_MARKET: 404,
  UNKNOWN_TENDER: 404,
  DUPLICATE_PARTY: 409,
  DUPLICATE_REQUEST_ID: 409,
  DUPLICATE_TENDER_ID: 409,
  INSTRUMENT_CLOSED: 410,
  TENDER_EXPIRED: 410,
  TENDER_NOT_OPEN: 410,
  INTERVAL_OUT_OF_RANGE: 416,
  INVALID_SCALE: 422,
  INVALID_QUANTITY: 422,
  INVALID_PRICE: 422,
  NOT_SUPPORTED: 501,
} as const

export type Reason = keyof typeof responseCodeOf
export type Refusal = Exclude<Reason, 'OK'>
