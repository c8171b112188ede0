import type { MarketFact } from '@gridloom/contracts'
import type { Trade } from '../world/memory.ts'
import { fired, type RuleFinding } from './rule-finding.ts'

/** What a party can be trusted to give, and what its ramp takes away from a delivery. */
export type Means = Readonly<{ trustedWatts: number; rampWattHours?: number }>

/** PR-11: more is offered than can be trusted, awarded than was bid, or delivered less than four fifths of what was awarded. */
export function tradesTruly({ share = 0.8 } = {}) {
  return (fact: MarketFact, { bid }: Trade, { trustedWatts, rampWattHours = 0 }: Means): readonly RuleFinding[] => {
    const { tender } = fact
    switch (fact.kind) {
      case 'bid':
        if (fact.watts <= trustedWatts) return []
        return [fired('PR-11', 'moderate', { evidence: { tender, watts: fact.watts, trustedWatts } })]
      case 'award':
        if (bid !== undefined && fact.watts <= bid) return []
        return [fired('PR-11', 'moderate', { on: 'receiver', evidence: { tender, watts: fact.watts } })]
      case 'delivery': {
        const { wattHours, awardedWattHours } = fact
        if (wattHours >= share * (awardedWattHours - rampWattHours)) return []
        return [fired('PR-11', 'moderate', { evidence: { tender, wattHours, awardedWattHours } })]
      }
      default:
        return fact satisfies never
    }
  }
}
