import { kwOf } from '../milliwatts.ts'
import { sum } from '../order.ts'
import { demandOf, openRound } from '../round.ts'
import type { Decision, Snapshot } from './decide.ts'

/** What a region could still give to a neighbour, kW: all that could be made to run, less its own demand and headroom. Storages are kept. */
export function spareOf(snapshot: Snapshot, { starving, books }: Pick<Decision, 'starving' | 'books'>): number {
  if (starving.length > 0 || books.unservedKw > 0) return 0
  const round = openRound(snapshot)
  const fixed = sum(round.fixed, ({ online, settling, usable }) => (online || !settling ? usable : 0))
  const potential = round.stochastic + fixed + sum(round.continuous, ({ usable }) => usable)
  const headroom = snapshot.stochasticHeadroom * sum(round.consumers, (consumer) => consumer.headroom)
  return Math.max(0, kwOf(potential - demandOf(round) - headroom))
}
