import { trustedRoom, type RegulationDer, type RegulationShare } from './participation.ts'
import { spread, type Part } from './spread.ts'

/** One DER in a regulation: how far it stands from its base, and the energy it gave since the beginning. */
export type Follower = Readonly<{ der: RegulationDer; share: RegulationShare; changeW: number; givenWh: number }>

/** What a signal comes to: set points of all, what was asked around the base and what they give of it, W. */
export type Followed = Readonly<{
  state: readonly Follower[]
  setpoints: readonly Readonly<{ id: string; W: number }>[]
  askedW: number
  givenW: number
}>

/** In which a store that drifted is brought back, as far as others stand in for it. */
const recoverySeconds = 900
/** Of its share, what a store may use for that. */
const recoveryShare = 0.2

/** Begins with everybody who has a share at its base. */
export function beginFollowing(
  fleet: readonly RegulationDer[],
  shares: readonly RegulationShare[],
): readonly Follower[] {
  const shareOf = new Map(shares.map((share) => [share.id, share]))
  return fleet.flatMap((der) => {
    const share = shareOf.get(der.id)
    return share ? [{ der, share, changeW: 0, givenWh: 0 }] : []
  })
}

/**
 * Turns a signal from -1 to 1, which holds for so many seconds, into set points whose sum around the base follows it as
 * far as bounds, ramps and energy allow. A store that gave more than it took is spared when more is wanted and serves
 * first when less is, so that it comes back to where it began. Without a signal all go back to their base.
 */
export function follow(state: readonly Follower[], signal: number | undefined, seconds: number): Followed {
  const askedW = signal === undefined ? 0 : state.reduce((sum, { share }) => sum + shareAt(share, signal), 0)
  const parts = state.map((follower) => partOf(follower, seconds, signal !== undefined))
  const changes = signal === undefined ? Float64Array.from(parts, atRest) : spread(askedW, parts)
  const moved = state.map((follower, index) => {
    const changeW = changes[index] ?? 0
    return { ...follower, changeW, givenWh: follower.givenWh + (changeW * seconds) / 3600 }
  })
  return {
    state: moved,
    setpoints: moved.map(({ der: { id, baseW }, changeW }) => ({ id, W: baseW + changeW })),
    askedW,
    givenW: changes.reduce((sum, change) => sum + change, 0),
  }
}

function shareAt({ upW, downW }: RegulationShare, signal: number): number {
  return Math.min(Math.max(signal, -1), 1) * (signal > 0 ? upW : downW)
}

function atRest({ least, most }: Part): number {
  return Math.min(Math.max(0, least), most)
}

/** How far a DER can be from its base after so many seconds, and how much of the signal it should take. */
function partOf({ der, share, changeW, givenWh }: Follower, seconds: number, isCalled: boolean): Part {
  const room = trustedRoom(der)
  const ramp = (der.rampWPerSecond ?? Infinity) * seconds
  const most = Math.min(room.up, changeW + ramp)
  const least = Math.max(-room.down, changeW - ramp)
  if (!der.energy) return { least, most, from: 0, up: share.upW, down: share.downW }
  const { aboveEmptyWh, belowFullWh } = der.energy
  const leftWh = Math.max(aboveEmptyWh - givenWh, 0)
  const spaceWh = Math.max(belowFullWh + givenWh, 0)
  // an empty store stops at once, however slowly it ramps
  const lastsUp = (leftWh * 3600) / seconds
  const lastsDown = (spaceWh * 3600) / seconds
  return {
    least: Math.min(Math.max(least, -lastsDown), lastsUp),
    most: Math.max(Math.min(most, lastsUp), -lastsDown),
    from: isCalled ? recoveryOf(share, givenWh) : 0,
    up: share.upW * partLeft(leftWh, aboveEmptyWh),
    down: share.downW * partLeft(spaceWh, belowFullWh),
  }
}

function recoveryOf({ upW, downW }: RegulationShare, givenWh: number): number {
  const back = (-givenWh * 3600) / recoverySeconds
  return Math.min(Math.max(back, -recoveryShare * downW), recoveryShare * upW)
}

function partLeft(leftWh: number, beganWh: number): number {
  return beganWh > 0 ? leftWh / beganWh : 0
}
