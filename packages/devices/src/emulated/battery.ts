import { assign, defaultSettings } from '@gridloom/der-model'
import type { Capability, Ratings } from '../device.ts'
import { type Mode, rideThroughModes } from '../modes.ts'
import type { DeviceSetpoint } from '../setpoint.ts'
import { deliveryCap, receiptCap, share } from './caps.ts'
import { emulate, type EmulatedDevice, type Plant } from './emulate.ts'
import { type Environment, seededWeather } from './environment.ts'
import { grantedPower } from './granted-power.ts'
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
import { type Storage, storageStatusOf } from './storage-status.ts'

export type BatteryOptions = Readonly<{
  now: () => number
  seed?: number
  /** Discharge rating. */
  maxW?: number
  maxChargeW?: number
  capacityWh?: number
  soc?: number
  /** What is kept back when discharging. */
  minSoc?: number
  /** Share of the received energy that is stored. */
  efficiency?: number
  vNom?: number
  gradient?: number
  /** Watts wanted while nobody asks for anything; holds by default. */
  idle?: (now: number) => number
  environment?: Environment
}>

export function createEmulatedBattery({ now, ...options }: BatteryOptions): EmulatedDevice {
  return emulate(batteryPlant({ ...options, startedAt: Math.floor(now()) }), now)
}

export const batteryModes: readonly Mode[] = [
  'opModConnect',
  'opModEnergize',
  'opModFixedPFAbsorbW',
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
  'opModImpLimW',
  'opModGenLimW',
  'opModLoadLimW',
  'opModStorageTargetW',
]

type BatteryPlantOptions = Omit<BatteryOptions, 'now'> & Readonly<{ startedAt: number }>

function batteryPlant({ startedAt, seed = 1, gradient = 0.1, idle = () => 0, ...options }: BatteryPlantOptions): Plant {
  const { maxW = 5000, maxChargeW = maxW, vNom = 240, capacityWh = 13_500 } = options
  const { soc = 0.5, minSoc = 0.1, efficiency = 0.95 } = options
  const environment = options.environment ?? seededWeather({ seed, volts: vNom })
  const storage: Storage = { capacityWh, minSoc, efficiency, dischargeW: maxW, chargeW: maxChargeW }
  const ratings = ratingsOf(maxW, maxChargeW, capacityWh, vNom)
  const settings = {
    ...ratings,
    modesEnabled: batteryModes,
    gradient,
    enterService: inverterService,
    updatedAt: startedAt,
  }
  const base = Math.max(maxW, maxChargeW)
  const inverter = createInverter({ ...factorySettings(settings, base, storage), SOC_INIT: soc })
  const { state } = inverter
  let setpoint: DeviceSetpoint = {}
  let around = environment(startedAt)
  let at = startedAt
  let charging = false
  let ramp = 0
  let granted = { id: '', flowedWh: 0 }
  let wanted = 0

  return {
    capability: capabilityOf(ratings),
    settings,
    apply(next) {
      setpoint = next
      if (next.grant && next.grant.id !== granted.id) granted = { id: next.grant.id, flowedWh: 0 }
      ramp = rampTime(next, settings, Math.abs(bounded(wantedW(1)) / base - state.battery.pDemR))
      configure()
    },
    step(now, seconds) {
      at = now
      around = environment(now)
      wanted = wantedW(seconds)
      const demand = bounded(wanted)
      if (demand < 0 !== charging) {
        charging = demand < 0
        configure()
      }
      inverter.step({ demand }, around, seconds)
      granted.flowedWh += (Math.sign(setpoint.grant?.wattHours ?? 0) * -state.out.p * seconds) / 3600
      return state.out.p
    },
    report() {
      const cap = deliveryCap(setpoint, settings)
      const limited = Math.abs(bounded(wanted)) < Math.abs(wanted) - 1e-6
      return {
        ...inverterReport(state, { setpoint, around, limited, asleep: false }),
        availableW: availableW(),
        availableVar: availableVar(state, settings),
        ...(cap !== undefined && { limitW: cap }),
        storage: storageStatusOf(storage, state.battery.soc, state.out.p),
      }
    },
  }

  function configure(): void {
    const present = { charging, availableVar: availableVar(state, settings), availableW: availableW() }
    inverter.configure({ ...modelSettings(setpoint, settings, present), NP_BESS_P_RAMP_TIME: ramp })
  }

  /** A set point comes first, then a reservation, then the device's own idea. */
  function wantedW(seconds: number): number {
    const { opModFixedW, opModTargetW, opModStorageTargetW, grant } = setpoint
    const fixed = share(opModFixedW, (opModFixedW ?? 0) < 0 ? maxChargeW : maxW)
    const asked = fixed ?? opModTargetW ?? opModStorageTargetW
    if (asked !== undefined) return asked
    const slope = ramp > 0 ? base / ramp : Number.POSITIVE_INFINITY
    return grant ? grantedPower(grant, { flowedWh: granted.flowedWh, slope, seconds }) : idle(at)
  }

  function bounded(watts: number): number {
    const most = Math.min(maxW, deliveryCap(setpoint, settings) ?? maxW)
    const least = Math.min(maxChargeW, receiptCap(setpoint) ?? maxChargeW)
    return Math.min(most, Math.max(-least, watts))
  }

  function availableW(): number {
    return Math.min(maxW, state.battery.pDisMax * base)
  }
}

function capabilityOf(ratings: Ratings): Capability {
  return { kind: 'storage', modes: batteryModes, ratings, normalCategory: 'B', abnormalCategory: 'III' }
}

// one base for both directions: the model's charge limit is in per unit of the discharge rating (R7)
function factorySettings(settings: InverterSettings, base: number, { capacityWh, minSoc, efficiency }: Storage) {
  const { maxChargeRateW = base, gradient } = settings
  return assign(defaultSettings('BESS'), {
    ...inverterFactory(settings),
    NP_P_MAX: base,
    NP_P_MAX_CHARGE: base,
    NP_P_MIN_PU: -maxChargeRateW / base,
    NP_EFFICIENCY: efficiency,
    NP_BESS_CAPACITY: capacityWh,
    NP_BESS_SOC_MIN: minSoc,
    NP_BESS_P_RAMP_TIME: gradient > 0 ? 1 / gradient : 0,
  })
}

function ratingsOf(maxW: number, maxChargeW: number, maxWh: number, vNom: number) {
  const inverter = inverterRatings(1.1 * Math.max(maxW, maxChargeW), vNom)
  return {
    ...inverter,
    maxW,
    maxChargeRateW: maxChargeW,
    maxChargeRateVA: inverter.maxVA,
    maxDischargeRateW: maxW,
    maxDischargeRateVA: inverter.maxVA,
    maxWh,
  }
}
