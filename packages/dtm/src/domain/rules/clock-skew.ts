import { fired, type RuleFinding } from './rule-finding.ts'

export type Stamps = Readonly<{ receivedAt: number; observedAt: number }>

/** TM-1, TM-2: a report that comes long after it was stamped, or before. */
export function clockSkew({ staleSeconds = 300, aheadSeconds = 30, farAheadSeconds = 300 } = {}) {
  return ({ receivedAt, observedAt }: Stamps): readonly RuleFinding[] => {
    const skew = receivedAt - observedAt
    if (skew > staleSeconds) return [fired('TM-1', 'moderate')]
    if (skew < -farAheadSeconds) return [fired('TM-2', 'moderate')]
    return skew < -aheadSeconds ? [fired('TM-2', 'minor')] : []
  }
}
