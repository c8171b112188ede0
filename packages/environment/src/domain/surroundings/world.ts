import type {
  DeviceReport,
  DeviceSurroundings,
  EnvironmentState,
  NodeMagnitudes,
  PlacedDevices,
} from '@gridloom/contracts'
import { actingAt, gridEffects, localEffects, type Acting } from '../events/effects.ts'
import { overridesAt, type Override } from '../events/event-list.ts'
import { nameOf, type GridEvent } from '../events/grid-event.ts'
import type { Outcome } from '../feeder/feeder.ts'
import { rounded } from '../feeder/report.ts'
import type { AreaParameters } from '../frequency/area.ts'
import { createSwing } from '../frequency/swing.ts'
import type { LoadProfiles } from './load-profiles.ts'
import { createRoster, type Ground, type Resident } from './roster.ts'
import type { Sky } from './sky.ts'
import { extremesOf, magnitudesByNode } from './voltage-report.ts'

export type WorldOptions = Readonly<{
  startedAt: number
  name: string
  /** The feeder; without one every device has the voltage of the source. */
  ground?: Ground | undefined
  area: AreaParameters
  sky: Sky
  profiles: LoadProfiles
  events: readonly GridEvent[]
  overrides: readonly Override[]
  /** A device that has not been heard of for so long does nothing any more. */
  forgetSeconds: number
}>

/** What a tick brought. */
export type TickReport = Readonly<{ acting: readonly Acting[]; outcome: Outcome | undefined; state: EnvironmentState }>

/** The modelled grid: it is told what devices do, goes from tick to tick, and tells what surrounds them. No clock, no I/O. */
export type World = Readonly<{
  advance(now: number): TickReport
  /** Takes in what devices do, and says what is around them since the last tick. */
  exchange(reports: readonly DeviceReport[], now: number): DeviceSurroundings[]
  state(): EnvironmentState
  devices(): PlacedDevices['devices']
  nodes(): NodeMagnitudes['nodes']
}>

export function createWorld(options: WorldOptions): World {
  const { startedAt, ground, sky, profiles } = options
  const roster = createRoster(ground)
  const swing = createSwing(options.area)
  let at = startedAt
  let storyAt: number | undefined
  let balancedKw: number | undefined
  let solved = true
  let acting: readonly Acting[] = []
  let grid = gridEffects(acting)
  let overrides = overridesAt([], 0)
  let shares = profiles(startedAt)

  // Events wait for somebody to happen to.
  const seconds = (): number => (storyAt === undefined ? -1 : at - storyAt)
  const isDark = ({ site }: Resident): boolean => grid.dark || localEffects(acting, site).dark
  const hertz = (): number => grid.hertz(swing.hertz())

  const sourceKw = (): number => {
    if (grid.dark) return 0
    if (ground) return ground.live.sourceKw()
    return roster.all().reduce((kw, one) => (isDark(one) ? kw : kw - one.report.watts / 1000), 0)
  }
  const beyondBalanceMw = (): number => (sourceKw() - (balancedKw ?? sourceKw())) / 1000 + grid.loadMegawatts

  const solve = (): Outcome | undefined => {
    if (!ground || grid.dark) return undefined
    const injections = roster.all().flatMap((one) => {
      const { place, report } = one
      return place && !isDark(one) ? [{ place, watts: report.watts, vars: report.vars }] : []
    })
    const { source, darkNodes } = grid
    return ground.live.step({ seconds: at, injections, shares, source, darkNodes })
  }

  const puAt = ({ place }: Resident): number => {
    if (!ground || !place) return grid.source
    const { magnitudes } = ground.live
    const total = place.phases.reduce((sum, phase) => sum + (magnitudes[3 * place.position + phase] ?? 0), 0)
    return total / place.phases.length
  }
  const around = (resident: Resident): DeviceSurroundings => {
    const { site, driftSeconds, report } = resident
    const local = localEffects(acting, site)
    const fixed = namesOf(resident).flatMap((name) => overrides.get(name) ?? [])[0]
    const weather = sky(at - driftSeconds)
    const volts = isDark(resident) ? 0 : report.nominalVolts * puAt(resident) * local.voltage
    return {
      lfdi: site.lfdi,
      volts: rounded(fixed?.volts ?? volts, 4),
      hertz: rounded(fixed?.hertz ?? hertz(), 6),
      irradiance: rounded(weather.irradiance * local.sun, 5),
      temperature: rounded(weather.temperature, 2),
      ...(local.cut.length > 0 && { cut: [...local.cut] }),
    }
  }

  const state = (): EnvironmentState => {
    const { irradiance, temperature } = sky(at)
    return {
      at,
      seconds: Math.max(0, seconds()),
      feeder: options.name,
      solved,
      hertz: rounded(hertz(), 6),
      sourceKw: rounded(sourceKw(), 3),
      loadShare: rounded(shares.reduce((sum, share) => sum + share, 0) / shares.length, 4),
      irradiance: rounded(irradiance, 5),
      temperature: rounded(temperature, 2),
      ...(ground && !grid.dark && extremesOf(ground.live)),
      events: acting.map(({ event }) => nameOf(event)),
    }
  }

  return {
    advance(now) {
      // until now the area had the load of the last tick
      swing.pass(now - at, beyondBalanceMw())
      at = now
      roster.forget(now - options.forgetSeconds)
      acting = actingAt(options.events, seconds())
      grid = gridEffects(acting)
      overrides = overridesAt(options.overrides, seconds())
      shares = profiles(now)
      const outcome = solve()
      solved = outcome?.kind !== 'unsolved'
      balancedKw ??= sourceKw()
      return { acting, outcome, state: state() }
    },
    exchange(reports, now) {
      if (reports.length > 0) storyAt ??= now
      return reports.map((report) => around(roster.hear(report, now)))
    },
    state,
    devices: () =>
      roster.all().map((resident) => {
        const { name, nominalVolts, watts, vars } = resident.report
        return { ...around(resident), name, place: resident.place?.text ?? '', nominalVolts, watts, vars }
      }),
    nodes: () => (ground && !grid.dark ? magnitudesByNode(ground.live) : {}),
  }
}

/** What an event list may call a device: a bare number means the one whose name ends in it. */
function namesOf({ site: { lfdi, name } }: Resident): string[] {
  const number = /(?:^|-)(\d+)$/.exec(name)?.[1]
  return [name, lfdi, ...(number === undefined ? [] : [number])]
}
