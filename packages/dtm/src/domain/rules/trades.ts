import type { MarketFact } from '../engine/market-fact.ts'
import type { Memory } from '../world/memory.ts'
import { fired, type RuleFinding } from './rule-finding.ts'

/** PR-11: more is offered than can be trusted, awarded than was bid, or delivered less than four fifths of what was awarded. */
export function tradesTruly({ share = 0.8 } = {}) {
  return (fact: MarketFact, memory: Memory, trustedWatts: number): readonly RuleFinding[] => {
    switch (fact.kind) {
      case 'bid':
        if (fact.watts <= trustedWatts) return []
        return [fired('PR-11', 'moderate', { evidence: { tender: fact.tender, watts: fact.watts, trustedWatts } })]
      case 'award': {
        const bid = memory.bids?.[fact.tender]
        if (bid !== undefined && fact.watts <= bid) return []
        return [fired('PR-11', 'moderate', { on: 'receiver', evidence: { tender: fact.tender, watts: fact.watts } })]
      }
      case 'delivery':
        if (fact.wattHours >= share * fact.awardedWattHours) return []
        return [fired('PR-11', 'moderate', { evidence: { tender: fact.tender, wattHours: fact.wattHours } })]
      default:
        return fact satisfies never
    }
  }
}
