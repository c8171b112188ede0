import {
  assign,
  createFleet,
  createModel,
  defaultSettings,
  type DerModel,
  Status,
  stepFleet,
} from '@gridloom/der-model'
import { createRandom } from '@gridloom/kit'
import type { Plan } from '../feeder/plan.ts'
import type { Injection } from '../surroundings/live-feeder.ts'
import { createPlacement, type Place } from '../surroundings/placement.ts'

export type DayFleetOptions = Readonly<{
  plan: Plan
  seed: number
  ders: number
  /** of all of them together */
  ratedKw: number
  voltVar: boolean
}>

/** The DER of a simulated day: PV, and a PV with a battery in every fifth house. */
export type DayFleet = Readonly<{
  /** What each delivers at its place, as of the last step. */
  injections: readonly Injection[]
  /** Tells each the sun over its part of the feeder, and its battery what the house needs, for the steps to come. */
  surround(suns: readonly number[], shares: readonly number[]): void
  /** Lets each see the voltage of its phase, and go on for so many seconds. */
  step(magnitudes: Float64Array, seconds: number): void
  /** How many deliver nothing because of their voltage. */
  ceased(): number
}>

const volts = 240
const sizes = [0.7, 1, 1.3]
const kinds = ['PV', 'PV', 'PV', 'PV', 'PV_BESS'] as const
const groups = (['PV', 'PV_BESS'] as const).flatMap((kind) => sizes.map((size) => ({ kind, size })))
// Modules a little larger than the inverter, a battery for the evening, and a house that draws a third of what its roof can give.
const modulesPerWatt = 1.1
const batteryHours = 2.5
const housePerWatt = 0.35

/** Draws who stands where; the same seed gives the same houses whether they follow their voltage or not. */
export function createDayFleet({ plan, seed, ders, ratedKw, voltVar }: DayFleetOptions): DayFleet {
  const houses = drawHouses(plan, seed, ders)
  const meanWatts = (1000 * ratedKw) / houses.reduce((sum, { group }) => sum + (groups[group]?.size ?? 0), 0)
  const models = groups.map(({ kind, size }) => modelOf(kind, size * meanWatts, voltVar))
  const counts = groups.map((_, group) => houses.filter((house) => house.group === group).length)
  const fleet = createFleet(models.map((model, group) => ({ model, count: counts[group] ?? 0 })))
  const { input, out } = fleet
  input.f.fill(60)
  const injections = houses.map(({ place }) => ({ place, watts: 0, vars: 0 }))

  return {
    injections,
    surround(suns, shares) {
      for (const [i, { group, place, profile }] of houses.entries()) {
        const watts = models[group]?.settings.NP_P_MAX ?? 0
        const sun = suns[Math.floor((place.position / plan.ids.length) * suns.length)] ?? 0
        const solar = Math.min(sun * modulesPerWatt, 1) * watts
        input.pDc[i] = solar
        input.pDem[i] = (shares[profile % shares.length] ?? 0) * housePerWatt * watts - solar
      }
    },
    step(magnitudes, seconds) {
      for (const [i, { place }] of houses.entries()) {
        const [phase = 0] = place.phases
        input.va[i] = volts * (magnitudes[3 * place.position + phase] ?? 0)
      }
      stepFleet(fleet, seconds)
      for (const [i, injection] of injections.entries()) {
        injection.watts = out.p[i] ?? 0
        injection.vars = out.q[i] ?? 0
      }
    },
    ceased: () => out.status.reduce((count, status) => count + (isCeased(status) ? 1 : 0), 0),
  }
}

type House = Readonly<{ group: number; profile: number; place: Place }>

/** The houses in the order of their groups, as a fleet wants them. */
function drawHouses(plan: Plan, seed: number, ders: number): House[] {
  const placeOf = createPlacement(plan, seed, {})
  const random = createRandom(`${seed}/houses`)
  const houses = Array.from({ length: ders }, (_, index) => {
    const kind = kinds[random.integer(0, kinds.length - 1)] ?? 'PV'
    const size = sizes[random.integer(0, sizes.length - 1)]
    const group = groups.findIndex((one) => one.kind === kind && one.size === size)
    return { group, profile: random.integer(0, 1e6), place: placeOf(`der-${index}`) }
  })
  return houses.toSorted((one, other) => one.group - other.group)
}

function modelOf(kind: 'PV' | 'PV_BESS', watts: number, voltVar: boolean): DerModel {
  const settings = assign(defaultSettings(kind), {
    NP_PHASE: 'SINGLE',
    NP_AC_V_NOM: volts,
    NP_P_MAX: watts,
    NP_VA_MAX: watts,
    NP_Q_MAX_INJ: 0.44 * watts,
    NP_Q_MAX_ABS: 0.44 * watts,
    NP_P_MAX_CHARGE: watts,
    NP_APPARENT_POWER_CHARGE_MAX: watts,
    NP_BESS_CAPACITY: batteryHours * watts,
    NP_BESS_SOC_MIN: 0.1,
    SOC_INIT: 0.1,
    NP_EFFICIENCY: 0.95,
    NP_Q_CAPABILITY_LOW_P: 'SAME',
    QV_MODE_ENABLE: voltVar,
  })
  return createModel(settings)
}

function isCeased(status: number): boolean {
  return status === Status.trip || status === Status.cease || status === Status.momentary
}
