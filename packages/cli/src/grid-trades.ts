import type { GridTrade } from '@gridloom/contracts'

/** What each party holds of the interval that runs, and what it paid last for it. */
export type Trades = Readonly<{
  add(trade: GridTrade): void
  of(partyId: string, at: number): Readonly<{ price: number; position: number }> | undefined
}>

/** Sums trades to positions: bought counts up, sold counts down. */
export function createTrades(): Trades {
  const held = new Map<string, { start: number; price: number; position: number }[]>()
  return {
    add({ partyId, start, price, quantity, side }) {
      const own = held.get(partyId) ?? []
      const known = own.find((each) => each.start === start)
      const signed = side === 'BUY' ? quantity : -quantity
      if (known) Object.assign(known, { price, position: known.position + signed })
      else own.push({ start, price, position: signed })
      held.set(partyId, own.toSorted((a, b) => a.start - b.start).slice(-kept))
    },
    of: (partyId, at) => held.get(partyId)?.findLast(({ start }) => start <= at),
  }
}

const kept = 48
