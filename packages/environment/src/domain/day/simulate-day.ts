import type { FeederFile } from '../feeder/feeder-file.ts'
import { createLiveFeeder, type LiveFeeder } from '../surroundings/live-feeder.ts'
import { seededProfiles } from '../surroundings/load-profiles.ts'
import { seededSky } from '../surroundings/sky.ts'
import { createDayFleet, type DayFleet } from './day-fleet.ts'

export type DayOptions = Readonly<{
  feeder: FeederFile
  ders: number
  seed: number
  /** a divisor of the day */
  stepSeconds: number
  voltVar: boolean
  /** held: as they settle at midnight; tapping: by their relays, a tap each half minute */
  regulators: 'held' | 'tapping'
}>

/** Voltages in pu over all live phases of all nodes, and powers, at the end of a step. */
export type DayStep = Readonly<{
  seconds: number
  min: number
  mean: number
  max: number
  sourceKw: number
  derKw: number
  derKvar: number
  ceased: number
  /** solutions of the feeder that the step took */
  solves: number
}>

const day = 86_400
// What the drawn day makes of a feeder: an evening above its rated load, and more PV than it could use at noon.
const eveningPeak = 1.4
const pvPerLoad = 1.75
const cloudiness = 0.5
// A cloud needs twelve minutes from the source to the ends of the feeder.
const zones = 8
const zoneSeconds = 90
const tapSeconds = { held: Number.POSITIVE_INFINITY, tapping: 30 }
// DER and feeder take turns by the second until no voltage moves more than this; what is left of the step passes at once.
const turnSeconds = 1
const restPu = 1e-5

/** A day of a feeder full of DER under a drawn sky, as fast as it goes: a step at a time, as they are taken. */
export function* simulateDay(options: DayOptions): Generator<DayStep> {
  const { ders, seed, stepSeconds, voltVar } = options
  const feeder = createLiveFeeder({ file: options.feeder, tapSeconds: tapSeconds[options.regulators] })
  const ratedKw = feeder.plan.loads.reduce((sum, { kw }) => sum + kw[0] + kw[1] + kw[2], 0)
  const fleet = createDayFleet({ plan: feeder.plan, seed, ders, ratedKw: pvPerLoad * ratedKw, voltVar })
  const sky = seededSky({ seed, utcOffsetSeconds: 0, cloudiness, daylightSeconds: 13 * 3600 })
  const profiles = seededProfiles({ seed, utcOffsetSeconds: 0 })
  for (let seconds = 0; seconds < day; seconds += stepSeconds) {
    const shares = profiles(seconds).map((share) => eveningPeak * share)
    const suns = Array.from({ length: zones }, (_, zone) => sky(seconds - zone * zoneSeconds).irradiance)
    fleet.surround(suns, shares)
    const solves = takeStep(feeder, fleet, { seconds, shares, length: stepSeconds })
    yield { seconds, ...voltagesOf(feeder), ...powersOf(feeder, fleet), ceased: fleet.ceased(), solves }
  }
}

type Step = Readonly<{ seconds: number; length: number; shares: readonly number[] }>

function takeStep(feeder: LiveFeeder, fleet: DayFleet, { seconds, length, shares }: Step): number {
  const before = new Float64Array(feeder.magnitudes.length)
  let elapsed = 0
  let solves = 0
  do {
    before.set(feeder.magnitudes)
    const tick = { seconds: seconds + elapsed, injections: fleet.injections, shares, source: 1, darkNodes: [] }
    const outcome = feeder.step(tick)
    if (outcome.kind === 'unsolved')
      throw new Error(`the feeder has no solution at ${seconds} s; the worst node is "${outcome.worstNode}"`)
    solves += 1
    const resting = solves > 1 && largestMove(before, feeder.magnitudes) < restPu
    const turn = resting ? length - elapsed : Math.min(turnSeconds, length - elapsed)
    fleet.step(feeder.magnitudes, turn)
    elapsed += turn
  } while (elapsed < length)
  return solves
}

function largestMove(from: Float64Array, to: Float64Array): number {
  let largest = 0
  for (let k = 0; k < to.length; k += 1) largest = Math.max(largest, Math.abs((to[k] ?? 0) - (from[k] ?? 0)))
  return largest
}

function voltagesOf({ magnitudes }: LiveFeeder): Pick<DayStep, 'min' | 'mean' | 'max'> {
  const live = magnitudes.filter((pu) => pu > 0)
  return {
    min: live.reduce((least, pu) => Math.min(least, pu)),
    mean: live.reduce((sum, pu) => sum + pu, 0) / live.length,
    max: live.reduce((most, pu) => Math.max(most, pu)),
  }
}

function powersOf(feeder: LiveFeeder, { injections }: DayFleet): Pick<DayStep, 'sourceKw' | 'derKw' | 'derKvar'> {
  return {
    sourceKw: feeder.sourceKw(),
    derKw: injections.reduce((sum, { watts }) => sum + watts / 1000, 0),
    derKvar: injections.reduce((sum, { vars }) => sum + vars / 1000, 0),
  }
}
