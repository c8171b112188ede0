import { assign, defaultSettings } from '@gridloom/der-model'
import type { Capability, Ratings, Settings } from '../device.ts'
import { type Mode, rideThroughModes } from '../modes.ts'
import type { DeviceSetpoint } from '../setpoint.ts'
import { deliveryCap, least, share } from './caps.ts'
import { emulate, type EmulatedDevice, type Plant } from './emulate.ts'
import { type Environment, seededWeather } from './environment.ts'
import {
  availableVar,
  createInverter,
  inverterFactory,
  inverterRatings,
  inverterReport,
  inverterService,
  type InverterSettings,
} from './inverter.ts'
import { modelSettings } from './model-settings.ts'
import { rampTime } from './ramp-time.ts'

export type PvOptions = Readonly<{
  now: () => number
  seed?: number
  maxW?: number
  /** Power of the modules under 1000 W/m² at 25 °C. */
  dcW?: number
  vNom?: number
  /** Fastest change when no rampTms is given, as a fraction of maxW per second; 0 is no limit. */
  gradient?: number
  environment?: Environment
}>

export function createEmulatedPv({ now, ...options }: PvOptions): EmulatedDevice {
  return emulate(pvPlant({ ...options, startedAt: Math.floor(now()) }), now)
}

const modes: readonly Mode[] = [
  'opModConnect',
  'opModEnergize',
  'opModFixedPFInjectW',
  'opModFixedVar',
  'opModFixedW',
  'opModFreqDroop',
  ...rideThroughModes,
  'opModMaxLimW',
  'opModTargetVar',
  'opModTargetW',
  'opModVoltVar',
  'opModVoltWatt',
  'opModWattVar',
  'opModExpLimW',
  'opModGenLimW',
]

type PvPlantOptions = Omit<PvOptions, 'now'> & Readonly<{ startedAt: number }>

function pvPlant({ seed = 1, maxW = 5000, vNom = 240, gradient = 0.1, startedAt, ...options }: PvPlantOptions): Plant {
  const { dcW = 1.1 * maxW, environment = seededWeather({ seed, volts: vNom }) } = options
  const ratings = { maxW, ...inverterRatings(1.1 * maxW, vNom) }
  const settings = { ...ratings, modesEnabled: modes, gradient, enterService: inverterService, updatedAt: startedAt }
  const inverter = createInverter(factorySettings(settings))
  const { state } = inverter
  let setpoint: DeviceSetpoint = {}
  let around = environment(startedAt)

  return {
    capability: capabilityOf(ratings),
    settings,
    apply(next) {
      setpoint = next
      const limit = (pvCap(next, settings) ?? maxW) / maxW
      const ramp = rampTime(next, settings, Math.abs(limit - state.active.ap))
      const present = { charging: false, availableVar: availableVar(state, settings), availableW: availableW() }
      inverter.configure({ ...modelSettings(next, settings, present), AP_LIMIT: limit, AP_RT: ramp })
    },
    step(at, seconds) {
      around = environment(at)
      inverter.step({ solar: dcPower(dcW, around) }, around, seconds)
      return state.out.p
    },
    report() {
      const cap = pvCap(setpoint, settings)
      const limited = state.active.desired < Math.min(state.pAvl, 1) - 1e-9
      return {
        ...inverterReport(state, { setpoint, around, limited, asleep: state.pAvl < 0.001 }),
        availableW: availableW(),
        availableVar: availableVar(state, settings),
        ...(cap !== undefined && { limitW: cap }),
      }
    },
  }

  function availableW(): number {
    return Math.min(state.pAvl, 1) * maxW
  }
}

function capabilityOf(ratings: Ratings): Capability {
  return { kind: 'pv', modes, ratings, normalCategory: 'B', abnormalCategory: 'III' }
}

// the limit is always on, at full power when nothing asks: so its release follows the gradient as well
function factorySettings(settings: InverterSettings) {
  const { maxW, gradient } = settings
  return assign(defaultSettings('PV'), {
    ...inverterFactory(settings),
    NP_P_MAX: maxW,
    AP_LIMIT_ENABLE: true,
    AP_RT: gradient > 0 ? 1 / gradient : 0,
  })
}

/** A PV can only be held below what the sun gives, so a fixed or target power is one more cap. */
function pvCap(setpoint: DeviceSetpoint, settings: Settings): number | undefined {
  const { opModFixedW, opModTargetW } = setpoint
  return least(deliveryCap(setpoint, settings), share(opModFixedW, settings.maxW), opModTargetW)
}

/** Modules lose 0.4 % per degree above 25 °C, and stand 25 degrees above the air in full sun. */
export function dcPower(dcW: number, { irradiance, temperature }: { irradiance: number; temperature: number }): number {
  const cell = temperature + 25 * irradiance
  return dcW * irradiance * (1 - 0.004 * (cell - 25))
}
