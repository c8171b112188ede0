import type { Side } from './net-tender.ts'

/** A trade as one party has it; match, side and tender are in every account of it, the market's included. */
export type Trade = Readonly<{
  match: number
  side: Side
  tenderId: string
  counterPartyId: string
  dtStart: number
  price: number
  quantity: number
  marketTransactionId?: string
}>

export type BookedTrade = Trade & Readonly<{ seq: number; recipientTransactionId: string }>

/** The same trade has the same key, whoever tells of it. */
export function keyOf({ match, side, tenderId }: Pick<Trade, 'match' | 'side' | 'tenderId'>): string {
  return `${match} ${side} ${tenderId}`
}

function signedOf({ side, quantity }: Pick<Trade, 'side' | 'quantity'>): number {
  return side === 'BUY' ? quantity : -quantity
}

/** In units of 10^priceScale of the currency: what is paid is negative. */
export function amountOf({ side, price, quantity }: Pick<Trade, 'side' | 'price' | 'quantity'>): bigint {
  const amount = BigInt(price) * BigInt(quantity)
  return side === 'BUY' ? -amount : amount
}

/** Positions and cash that follow from what was booked. */
export type Account = Readonly<{
  add(trade: Trade): void
  positionOf(dtStart: number): number
  cash(): bigint
  count(): number
  lastPrice(): number | undefined
}>

export function createAccount(trades: readonly Trade[]): Account {
  const positions = new Map<number, number>()
  let cash = 0n
  let count = 0
  let lastPrice: number | undefined
  const add = (trade: Trade): void => {
    positions.set(trade.dtStart, (positions.get(trade.dtStart) ?? 0) + signedOf(trade))
    cash += amountOf(trade)
    count += 1
    lastPrice = trade.price
  }
  trades.forEach(add)
  return {
    add,
    positionOf: (dtStart) => positions.get(dtStart) ?? 0,
    cash: () => cash,
    count: () => count,
    lastPrice: () => lastPrice,
  }
}
