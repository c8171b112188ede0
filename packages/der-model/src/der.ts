import { type Active, createActive, tripActive, updateActive } from './active.ts'
import { assign } from './assign.ts'
import { type Battery, createBattery, updateBattery } from './battery.ts'
import { type Limits, limitPower, limitsOf, type PowerPair } from './capability.ts'
import { createCurrents, type Currents, powerOf, updateCurrents } from './currents.ts'
import { createGrid, type DerInput, type Grid, measure } from './grid.ts'
import { createReactive, type Reactive, tripReactive, updateReactive } from './reactive.ts'
import type { DerSettings } from './settings.ts'
import { createService, type Service, Status, updateService } from './status.ts'

/** The settings of one DER and what follows from them; a change makes a new one. */
export type DerModel = Readonly<{ settings: DerSettings; first: DerSettings; limits: Limits; random: () => number }>

/** Everything that survives a step, and with it every value a step computed. */
export type DerState = {
  grid: Grid
  service: Service
  battery: Battery
  active: Active
  reactive: Reactive
  currents: Currents
  /** Whether a step has been taken. */
  started: boolean
  pAvl: number
  pDem: number
  limited: PowerPair
  out: PowerPair
}

export function createModel(settings: DerSettings, random: () => number = () => 0.5): DerModel {
  return { settings, first: settings, limits: limitsOf(settings), random }
}

/** The model with some settings changed; they apply from the next step on. */
export function withSettings(model: DerModel, changes: Partial<DerSettings>): DerModel {
  const settings = assign(model.settings, changes)
  return { ...model, settings, limits: limitsOf(settings, model.first) }
}

export function createState({ settings }: DerModel): DerState {
  return {
    grid: createGrid(),
    service: createService(settings),
    battery: createBattery(settings),
    active: createActive(),
    reactive: createReactive(),
    currents: createCurrents(),
    started: false,
    pAvl: 0,
    pDem: 0,
    limited: { p: 0, q: 0 },
    out: { p: 0, q: 0 },
  }
}

/** Advances `state` in place by one step of `ts` seconds, without allocation in the usual case (fact sheet, section 3). */
export function step(model: DerModel, state: DerState, input: DerInput, ts: number): void {
  const { settings } = model
  const { grid, service, battery, active, reactive, currents } = state
  const previousW = state.started ? state.out.p : undefined
  state.started = true
  measure(settings, grid, input, ts)
  const pv = settings.KIND === 'PV'
  state.pAvl = pv ? (Math.max(input.pDc, 0) / settings.NP_P_MAX) * settings.NP_EFFICIENCY : 1
  state.pDem = pv ? 0 : input.pDem / settings.NP_P_MAX
  updateService(settings, service, grid, { f: input.f, ts, random: model.random })

  const tripped = service.status === Status.trip
  if (!pv) updateBattery(settings, battery, { previousW: previousW ?? 0, pDem: state.pDem, tripped, ts })
  if (tripped) {
    tripActive(active, ts)
    tripReactive(settings, reactive, grid.vMeas, ts)
    service.esCompleted = false
  } else {
    const entering = service.status === Status.enteringService
    const { pAvl, pDem } = state
    updateActive(settings, active, { f: input.f, vMeas: grid.vMeas, pAvl, pDem, battery, entering, previousW, ts })
    updateReactive(settings, reactive, grid.vMeas, active.desired, ts)
    if (active.pes > 1) service.esCompleted = true
  }
  limitPower(settings, model.limits, active.desired, reactive.desired, state.limited)
  updateCurrents(settings, currents, service.status, grid, state.limited, ts)
  powerOf(settings, currents, grid, state.out)
}
