import type { Side } from './net-tender.ts'
import { planOf, type OwnTender, type Plan } from './plan.ts'
import type { Rules, Wish } from './wish.ts'

export type NextStep = Plan &
  Readonly<{ /** Instruments whose position the market has to be asked for first. */ ask: readonly number[] }>

/** Where an agent stands in its market: its live tenders, and the position that they are to complete. */
export type Negotiation = ReturnType<typeof createNegotiation>

/** Starts with the tenders that were live before a restart; `positionOf` is the own ledger's word on their instruments. */
export function createNegotiation(live: readonly OwnTender[] = [], positionOf: (dtStart: number) => number = () => 0) {
  const own = new Map(live.map((tender) => [tender.tenderId, tender]))
  // What the market said, and since then what we were told of tenders that were live then: a position lags behind the market
  // as long as a trade is on its way, and so does the remainder of its tender.
  const positions = new Map(live.map(({ dtStart }) => [dtStart, positionOf(dtStart)]))

  const change = (tenderId: string, changed: (tender: OwnTender) => Partial<OwnTender>): void => {
    const tender = own.get(tenderId)
    if (tender) own.set(tenderId, { ...tender, ...changed(tender) })
  }

  /** A tender is over: how much of it traded, only the market knows for sure. */
  const ended = (tenderId: string): void => {
    const tender = own.get(tenderId)
    if (!tender) return
    own.delete(tenderId)
    positions.delete(tender.dtStart)
  }

  return {
    step(wishes: readonly Wish[], rules: Rules, now: number): NextStep {
      const plan = planOf({ wishes, own: [...own.values()], positionOf: (at) => positions.get(at) ?? 0, rules, now })
      // where the position is 0 for want of knowledge a need of 0 looks like nothing to do; beside live tenders it is of no use
      const busy = new Set([...own.values()].map(({ dtStart }) => dtStart))
      const ask = wishes
        .map(({ dtStart }) => dtStart)
        .filter((dtStart) => !positions.has(dtStart) && !busy.has(dtStart))
      return { ...plan, tender: plan.tender.filter(({ dtStart }) => positions.has(dtStart)), ask }
    },
    /** The market's word on the position of an instrument; with live tenders there it is not taken: it may be of any moment. */
    knows(dtStart: number, position: number): void {
      if (![...own.values()].some((tender) => tender.dtStart === dtStart)) positions.set(dtStart, position)
    },
    sent: (tender: Omit<OwnTender, 'remaining' | 'state'>) =>
      void own.set(tender.tenderId, { ...tender, remaining: tender.quantity, state: 'sending' }),
    opened: (tenderId: string) => change(tenderId, ({ state }) => ({ state: state === 'sending' ? 'open' : state })),
    canceling: (tenderId: string) => change(tenderId, () => ({ state: 'canceling' })),
    /** A cancel of which nobody knows whether it arrived. */
    uncertain: (tenderId: string) => change(tenderId, () => ({ state: 'open' })),
    ended,
    /** The market never took it. */
    refused: (tenderId: string) => void own.delete(tenderId),
    traded(tenderId: string, side: Side, quantity: number): void {
      const tender = own.get(tenderId)
      if (!tender) return
      const remaining = tender.remaining - quantity
      const known = positions.get(tender.dtStart)
      if (known !== undefined) positions.set(tender.dtStart, known + (side === 'BUY' ? quantity : -quantity))
      if (remaining > 0) own.set(tenderId, { ...tender, remaining })
      else own.delete(tenderId)
    },
    /** Forgets instruments that are over. */
    forget(before: number): void {
      for (const [tenderId, { dtStart }] of own) if (dtStart < before) own.delete(tenderId)
      for (const dtStart of positions.keys()) if (dtStart < before) positions.delete(dtStart)
    },
    live: (): readonly OwnTender[] => [...own.values()],
  }
}
