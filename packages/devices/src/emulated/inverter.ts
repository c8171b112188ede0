import {
  createModel,
  createState,
  type DerSettings,
  type DerState,
  gridAt,
  Status,
  step,
  withSettings,
} from '@gridloom/der-model'
import type { Alarm, InverterState, Settings } from '../device.ts'
import type { DeviceSetpoint } from '../setpoint.ts'
import type { Surroundings } from './environment.ts'
import type { Report } from './emulate.ts'
import { modelOfRatings } from './model-ratings.ts'
import { enterService } from './model-settings.ts'

/** A single-phase inverter: the IEEE 1547 model with its terminals in the surroundings. */
export type Inverter = Readonly<{
  state: DerState
  /** Goes back to the factory settings and makes these changes. */
  configure(changes: Partial<DerSettings>): void
  step(power: InverterPower, around: Surroundings, seconds: number): void
}>

/** What the sun offers and what is demanded of a battery, in watts. */
type InverterPower = Readonly<{ solar?: number; demand?: number }>

export function createInverter(factory: DerSettings): Inverter {
  let model = createModel(factory)
  const state = createState(model)
  const input = gridAt(factory, 1, 60)
  return {
    state,
    configure(changes) {
      model = withSettings(createModel(factory), changes)
    },
    step({ solar = 0, demand = 0 }, { volts, hertz }, seconds) {
      input.va = volts
      input.f = hertz
      input.pDc = solar
      input.pDem = demand
      step(model, state, input, seconds)
    },
  }
}

/** The ratings that follow from apparent power and voltage: 44 % of it as var both ways, as category B asks. */
export function inverterRatings(maxVA: number, vNom: number) {
  return {
    maxVA,
    maxVar: 0.44 * maxVA,
    maxVarNeg: 0.44 * maxVA,
    maxA: maxVA / vNom,
    vNom,
    minV: 0.88 * vNom,
    maxV: 1.1 * vNom,
    minPFOverExcited: 0.9,
    minPFUnderExcited: 0.9,
  }
}

export type InverterSettings = Settings & ReturnType<typeof inverterRatings>

/** When and how an emulated inverter enters service: the usual grid criteria, but sooner than the usual 300 s and 300 s. */
export const inverterService = {
  lowVolts: 0.917,
  highVolts: 1.05,
  lowHertz: 59.5,
  highHertz: 60.1,
  delaySeconds: 10,
  rampSeconds: 20,
}

/** The model's settings that say the same, for a single-phase device. */
export function inverterFactory(settings: InverterSettings): Partial<DerSettings> {
  return { NP_PHASE: 'SINGLE', ...modelOfRatings(settings), ...enterService(inverterService) }
}

/** Vars that the active power leaves room for. */
export function availableVar({ out }: DerState, { maxVA, maxVar }: InverterSettings): number {
  return Math.min(maxVar, Math.sqrt(Math.max(0, maxVA ** 2 - out.p ** 2)))
}

type Circumstances = Readonly<{ setpoint: DeviceSetpoint; around: Surroundings; limited: boolean; asleep: boolean }>

/** The part of a report that any inverter gives (der-model.md section 13, suggested status mapping). */
export function inverterReport(state: DerState, circumstances: Circumstances) {
  const { setpoint, around } = circumstances
  const inverter = inverterState(state, circumstances)
  const operating = inverter === 'tracking' || inverter === 'derated' || inverter === 'starting'
  const tripped = state.service.status === Status.trip && setpoint.opModEnergize !== false
  return {
    watts: state.out.p,
    vars: state.out.q + 0,
    volts: around.volts,
    hertz: around.hertz,
    connected: setpoint.opModConnect !== false && !tripped,
    available: inverter !== 'off' && inverter !== 'fault',
    operating,
    inverter,
    mode: operating || inverter === 'sleeping' ? 'operational' : 'off',
    alarms: alarmsOf(state, around),
  } as const satisfies Report
}

function inverterState({ service, trip }: DerState, { setpoint, limited, asleep }: Circumstances): InverterState {
  if (setpoint.opModConnect === false) return 'off'
  if (setpoint.opModEnergize === false) return 'standby'
  switch (service.status) {
    case Status.trip:
      return trip.must ? 'fault' : 'standby'
    case Status.enteringService:
      return 'starting'
    case Status.momentary:
    case Status.cease:
    case Status.notDefined:
      return 'standby'
    default:
      return asleep ? 'sleeping' : limited ? 'derated' : 'tracking'
  }
}

// the bounds of continuous operation, IEEE 1547-2018 tables 15 and 19
function alarmsOf({ grid: { vLow, vHigh } }: DerState, { hertz }: Surroundings): Alarm[] {
  const alarms: Alarm[] = []
  if (vHigh > 1.1) alarms.push('overVoltage')
  if (vLow < 0.88) alarms.push('underVoltage')
  if (hertz > 61.2) alarms.push('overFrequency')
  if (hertz < 58.8) alarms.push('underFrequency')
  return alarms
}
