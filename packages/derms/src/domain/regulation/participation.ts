/** What one DER can do for a regulation, W with export positive. */
export type RegulationDer = Readonly<{
  id: string
  /** What it does without a signal, and the bounds it may be moved within. */
  baseW: number
  minW: number
  maxW: number
  /** How fast it changes; at once when absent. */
  rampWPerSecond?: number
  /** What it may give and take until it is empty or full; absent: not limited by energy. */
  energy?: Readonly<{ aboveEmptyWh: number; belowFullWh: number }>
  trust: Readonly<{ Te: number; level: number }>
}>

export type RegulationNeed = Readonly<{
  /** Asked at a signal of 1, and taken back at -1. */
  capacityW: number
  /** In which a DER must reach its share from its base. */
  responseSeconds: number
  /** For which a store must be able to give its whole share in one direction. */
  energySeconds: number
}>

/** What a DER adds at a signal of 1 and takes off at -1; `factor` is its part of the whole. */
export type RegulationShare = Readonly<{ id: string; upW: number; downW: number; factor: number }>

export type Participation =
  | Readonly<{ status: 'feasible'; capacityW: number; shares: readonly RegulationShare[] }>
  | Readonly<{ status: 'refused'; reason: string; bestW: number }>

/**
 * Shares a regulation out in the ratio of what each DER can add and take off: the room within its bounds less what trust
 * takes off, what it ramps in the response time and what its energy sustains, the least of them.
 */
export function participate(fleet: readonly RegulationDer[], need: RegulationNeed): Participation {
  const able = fleet.map((der) => ({ id: der.id, up: ableOf(der, need, 1), down: ableOf(der, need, -1) }))
  const upW = able.reduce((sum, { up }) => sum + up, 0)
  const downW = able.reduce((sum, { down }) => sum + down, 0)
  const { capacityW } = need
  const bestW = Math.min(upW, downW)
  if (bestW < capacityW || capacityW <= 0) {
    const side = upW < downW ? 'up' : 'down'
    return { status: 'refused', reason: `${Math.floor(bestW)} W ${side} of ${capacityW} W`, bestW }
  }
  const shares = able
    .filter(({ up, down }) => up > 0 || down > 0)
    .map(({ id, up, down }) => ({
      id,
      upW: (capacityW * up) / upW,
      downW: (capacityW * down) / downW,
      factor: (up / upW + down / downW) / 2,
    }))
  return { status: 'feasible', capacityW, shares }
}

function ableOf(der: RegulationDer, { responseSeconds, energySeconds }: RegulationNeed, sign: 1 | -1): number {
  const { up, down } = trustedRoom(der)
  const stored = sign > 0 ? der.energy?.aboveEmptyWh : der.energy?.belowFullWh
  const sustained = stored === undefined ? Infinity : (stored * 3600) / energySeconds
  return Math.max(Math.min(sign > 0 ? up : down, (der.rampWPerSecond ?? Infinity) * responseSeconds, sustained), 0)
}

/** How far a DER may be moved from its base: trust takes part of it, and from level 3 on all (trust.md §5). */
export function trustedRoom({ baseW, minW, maxW, trust }: RegulationDer): Readonly<{ up: number; down: number }> {
  const trusted = trust.level >= 3 ? 0 : trust.Te
  return { up: trusted * Math.max(maxW - baseW, 0), down: trusted * Math.max(baseW - minW, 0) }
}
