import { beginFollowing, follow, type Follower } from '../regulation/follow.ts'
import { participate, type RegulationDer } from '../regulation/participation.ts'
import { steeringOf } from '../knowledge/reach.ts'
import type { Candidate } from './allocate.ts'
import { orderOf } from './order-of.ts'
import type { Market, Wanted } from './wanted.ts'

/** The DERs of an allocation as a regulation sees them: around what they would do. */
export function regulationDers(
  candidates: readonly Candidate[],
  { storeReserve, storeEfficiency }: Pick<Market, 'storeReserve' | 'storeEfficiency'>,
): readonly RegulationDer[] {
  return candidates.map(({ der, reach, trust, terms }) => {
    const [baseW = 0] = reach.baseW
    const { store, rampWPerSecond } = der
    const keptWh = store ? (terms.reserveShare ?? storeReserve) * store.capacityWh : 0
    return {
      id: der.lfdi,
      baseW,
      minW: reach.minW[0] ?? baseW,
      maxW: reach.maxW[0] ?? baseW,
      ...(rampWPerSecond && { rampWPerSecond }),
      ...(store && {
        energy: {
          aboveEmptyWh: Math.max(store.energyWh - keptWh, 0),
          belowFullWh: (store.capacityWh - store.energyWh) / storeEfficiency,
        },
      }),
      trust,
    }
  })
}

export type Signalled = Readonly<{
  value: number
  regulationW: number
  holdSeconds: number
  /** Since the last signal. */ seconds: number
}>

/** Set points of all who follow a signal; they go on from where the last one left them. */
export function wantedRegulation(
  candidates: readonly Candidate[],
  { value, regulationW, holdSeconds, seconds }: Signalled,
  { market, before }: Readonly<{ market: Market; before: readonly Follower[] | undefined }>,
): Readonly<{ orders: ReadonlyMap<string, Wanted>; state: readonly Follower[]; shortW: number }> {
  const state = before ?? begun(candidates, { regulationW, holdSeconds }, market)
  const { setpoints, askedW, givenW, state: next } = follow(state, value, seconds)
  const byId = new Map(candidates.map((candidate) => [candidate.der.lfdi, candidate]))
  const orders = setpoints.flatMap(({ id, W }): readonly (readonly [string, Wanted])[] => {
    const candidate = byId.get(id)
    const controls = candidate && orderOf(candidate.der, W)
    if (!controls) return []
    const baseW = candidate.reach.baseW[0] ?? 0
    return [[id, { lfdi: id, W, baseW, steering: steeringOf(candidate.der), controls }]]
  })
  return { orders: new Map(orders), state: next, shortW: Math.abs(askedW - givenW) }
}

function begun(
  candidates: readonly Candidate[],
  { regulationW, holdSeconds }: Pick<Signalled, 'regulationW' | 'holdSeconds'>,
  market: Market,
): readonly Follower[] {
  const ders = regulationDers(candidates, market)
  const need = { responseSeconds: holdSeconds, energySeconds: 0.001 }
  const full = participate(ders, { ...need, capacityW: regulationW })
  // with less than was promised, as much as there is
  const part = full.status === 'feasible' ? full : participate(ders, { ...need, capacityW: full.bestW })
  return beginFollowing(ders, part.status === 'feasible' ? part.shares : [])
}
