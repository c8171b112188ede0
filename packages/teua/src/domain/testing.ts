import type { Rules } from './wish.ts'

/** A market for tests: 15 minutes, kWh in tenths, prices from -500 to 5000, a gate of 5 minutes. */
export const rules: Rules = {
  intervalSeconds: 900,
  gateClosureSeconds: 300,
  gridStart: 0,
  rangeStart: 0,
  rangeEnd: 1e9,
  roundLot: 1,
  minTenderQuantity: 1,
  maxTenderQuantity: 1e9,
  minPrice: -500,
  maxPrice: 5000,
  tickSize: 1,
  quantityScale: 2,
}
