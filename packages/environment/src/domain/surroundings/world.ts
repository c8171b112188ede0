import type {
  DeviceReport,
  DeviceSurroundings,
  EnvironmentState,
  NodeMagnitudes,
  PlacedDevices,
} from '@gridloom/contracts'
import { createRandom } from '@gridloom/kit'
import { actingAt, gridEffects, localEffects, type Acting, type Site } from '../events/effects.ts'
import { overridesAt, type Override } from '../events/event-list.ts'
import type { GridEvent } from '../events/grid-event.ts'
import type { Outcome } from '../feeder/feeder.ts'
import { rounded } from '../feeder/report.ts'
import { atRest, hertzOf, stepArea, type AreaParameters } from '../frequency/area.ts'
import type { LiveFeeder } from './live-feeder.ts'
import type { LoadProfiles } from './load-profiles.ts'
import type { Place, Placement } from './placement.ts'
import type { Sky } from './sky.ts'
import { extremesOf, magnitudesByNode } from './voltage-report.ts'

export type WorldOptions = Readonly<{
  startedAt: number
  name: string
  /** Without a feeder every device has the voltage of the source. */
  feeder?: Readonly<{ live: LiveFeeder; placement: Placement }> | undefined
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

type Known = {
  readonly site: Site
  readonly place: Place | undefined
  readonly driftSeconds: number
  report: DeviceReport
  seenAt: number
}

const swingSeconds = 0.02
// After so long a pause the area is at rest again, whatever happened.
const longestSwing = 30
// Clouds reach the devices one after the other.
const longestDrift = 240

export function createWorld(options: WorldOptions): World {
  const { startedAt, feeder, area, sky, profiles, events, overrides } = options
  const known = new Map<string, Known>()
  let at = startedAt
  let storyAt: number | undefined
  let swing = atRest
  let balancedKw: number | undefined
  let solved = true
  let acting: readonly Acting[] = []
  let grid = gridEffects(acting)
  let overridden = overridesAt([], 0)
  let shares = profiles(startedAt)

  const place = (report: DeviceReport, now: number): Known => {
    const { lfdi, name } = report
    const on = feeder?.placement(name)
    const nodes = on && feeder ? feeder.live.upstream(on.position) : new Set<string>()
    const driftSeconds = createRandom(`drift/${name}`).next() * longestDrift
    return { site: { lfdi, name, nodes }, place: on, driftSeconds, report, seenAt: now }
  }
  const hear = (report: DeviceReport, now: number): Known => {
    const device = known.get(report.lfdi) ?? place(report, now)
    device.report = report
    device.seenAt = now
    known.set(report.lfdi, device)
    return device
  }
  const isDark = ({ site }: Known): boolean => grid.dark || localEffects(acting, site).dark

  const solve = (now: number): Outcome | undefined => {
    const live = [...known.values()].filter((one) => now - one.seenAt <= options.forgetSeconds && !isDark(one))
    if (!feeder || grid.dark) return undefined
    const injections = live.flatMap(({ place: on, report: { watts, vars } }) =>
      on ? [{ place: on, watts, vars }] : [],
    )
    const { source, darkNodes } = grid
    return feeder.live.step({ seconds: now, injections, shares, source, darkNodes })
  }
  // Events wait for somebody to happen to.
  const seconds = (): number => (storyAt === undefined ? -1 : at - storyAt)
  const sourceKw = (): number => {
    if (grid.dark) return 0
    if (feeder) return feeder.live.sourceKw()
    return [...known.values()].reduce((kw, one) => (isDark(one) ? kw : kw - one.report.watts / 1000), 0)
  }
  /** From the last tick to this one the area had the load of the last. */
  const turn = (elapsed: number): void => {
    const loadPu = ((sourceKw() - (balancedKw ?? sourceKw())) / 1000 + grid.loadMegawatts) / area.sBaseMva
    const steps = Math.round(Math.min(elapsed, longestSwing) / swingSeconds)
    for (let step = 0; step < steps; step += 1) swing = stepArea(area, swing, loadPu, swingSeconds)
  }
  const hertz = (): number => grid.hertz(hertzOf(area, swing))
  const overrideOf = ({ lfdi, name }: Site) => {
    const number = /(?:^|-)(\d+)$/.exec(name)?.[1] ?? ''
    return overridden.get(name) ?? overridden.get(lfdi) ?? overridden.get(number)
  }
  const puOf = ({ place: on }: Known): number => {
    if (!feeder || !on) return grid.source
    const total = on.phases.reduce((sum, phase) => sum + (feeder.live.magnitudes[3 * on.position + phase] ?? 0), 0)
    return total / on.phases.length
  }
  const around = (device: Known): DeviceSurroundings => {
    const { site, driftSeconds, report } = device
    const local = localEffects(acting, site)
    const fixed = overrideOf(site)
    const weather = sky(at - driftSeconds)
    const own = isDark(device) ? 0 : report.nominalVolts * puOf(device) * local.voltage
    return {
      lfdi: site.lfdi,
      volts: rounded(fixed?.volts ?? own, 4),
      hertz: rounded(fixed?.hertz ?? hertz(), 6),
      irradiance: rounded(weather.irradiance * local.sun, 5),
      temperature: rounded(weather.temperature, 2),
      ...(local.cut.length > 0 && { cut: [...local.cut] }),
    }
  }
  const state = (): EnvironmentState => ({
    at,
    seconds: Math.max(0, seconds()),
    feeder: options.name,
    solved,
    hertz: rounded(hertz(), 6),
    sourceKw: rounded(sourceKw(), 3),
    loadShare: rounded(shares.reduce((sum, share) => sum + share, 0) / shares.length, 4),
    irradiance: rounded(sky(at).irradiance, 5),
    temperature: rounded(sky(at).temperature, 2),
    ...(feeder && !grid.dark && extremesOf(feeder.live)),
    events: acting.map(({ event }) => nameOf(event)),
  })

  return {
    advance(now) {
      turn(now - at)
      at = now
      acting = actingAt(events, seconds())
      grid = gridEffects(acting)
      overridden = overridesAt(overrides, seconds())
      shares = profiles(now)
      const outcome = solve(now)
      solved = outcome?.kind !== 'unsolved'
      balancedKw ??= sourceKw()
      return { acting, outcome, state: state() }
    },
    exchange(reports, now) {
      if (reports.length > 0) storyAt ??= now
      return reports.map((report) => around(hear(report, now)))
    },
    state,
    devices: () =>
      [...known.values()].map((device) => {
        const { name, watts, vars } = device.report
        return { ...around(device), name, place: device.place?.text ?? '', watts, vars }
      }),
    nodes: () => (feeder && !grid.dark ? magnitudesByNode(feeder.live) : {}),
  }
}

/** What logs and the state call an event. */
export function nameOf({ name, kind, at }: GridEvent): string {
  return name ?? `${kind} at ${at} s`
}
