import { createHash } from 'node:crypto'
import { formatCtsInstant } from '@gridloom/contracts'
import type { Rules } from './wish.ts'

type Scaled = Pick<Rules, 'intervalSeconds' | 'quantityScale'>

/** The steady power of a position, in watts; a position is energy into the premises, export is positive (§9). */
export function wattsOf(position: number, { intervalSeconds, quantityScale }: Scaled): number {
  const watts = (-position * 10 ** quantityScale * 3600) / intervalSeconds
  return watts === 0 ? 0 : watts
}

/** The mRID of the set point of a party for an instrument: whoever makes it, and however often, it is the same one. */
export function orderMrid(marketId: string, partyId: string, dtStart: number): string {
  const name = [marketId, partyId, formatCtsInstant(dtStart)].join('/')
  return createHash('sha256').update(name).digest('hex').slice(0, 32).toUpperCase()
}
