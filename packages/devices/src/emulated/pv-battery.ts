import { assign, defaultSettings } from '@gridloom/der-model'
import type { Capability, Ratings } from '../device.ts'
import type { DeviceSetpoint } from '../setpoint.ts'
import { batteryModes as modes } from './battery.ts'
import { deliveryCap, least, receiptCap, share } from './caps.ts'
import { emulate, type EmulatedDevice, type Plant } from './emulate.ts'
import { type Environment, seededWeather } from './environment.ts'
import { createGlide } from './glide.ts'
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
import { dcPower } from './pv.ts'
import { rampTime } from './ramp-time.ts'
import { type Storage, storageStatusOf } from './storage-status.ts'

export type PvBatteryOptions = Readonly<{
  now: () => number
  seed?: number
  /** Rating of the inverter, and of the battery behind it in either direction. */
  maxW?: number
  /** Power of the modules under 1000 W/m² at 25 °C. */
  dcW?: number
  capacityWh?: number
  soc?: number
  /** What is kept back when discharging. */
  minSoc?: number
  /** Share of the received energy that is stored. */
  efficiency?: number
  vNom?: number
  gradient?: number
  /** Watts that the house draws; the battery then makes up the difference to the sun, else it holds. */
  house?: (now: number) => number
  environment?: Environment
}>

/** Modules and a battery behind one inverter: set points and limits hold for the sum of both. */
export function createEmulatedPvBattery({ now, ...options }: PvBatteryOptions): EmulatedDevice {
  return emulate(pvBatteryPlant({ ...options, startedAt: Math.floor(now()) }), now)
}

type PlantOptions = Omit<PvBatteryOptions, 'now'> & Readonly<{ startedAt: number }>

function pvBatteryPlant({
  startedAt,
  seed = 1,
  maxW = 5000,
  vNom = 240,
  gradient = 0.1,
  ...options
}: PlantOptions): Plant {
  const { dcW = 1.1 * maxW, environment = seededWeather({ seed, volts: vNom }), house } = options
  const { capacityWh = 13_500, soc = 0.5, minSoc = 0.1, efficiency = 0.95 } = options
  const storage: Storage = { capacityWh, minSoc, efficiency, dischargeW: maxW, chargeW: maxW }
  const ratings = ratingsOf(maxW, capacityWh, vNom)
  const settings = { ...ratings, modesEnabled: modes, gradient, enterService: inverterService, updatedAt: startedAt }
  const inverter = createInverter({ ...factorySettings(settings, storage), SOC_INIT: soc })
  const { state } = inverter
  const battery = createGlide(0, settings)
  const receipt = createGlide(maxW, settings)
  let setpoint: DeviceSetpoint = {}
  let around = environment(startedAt)
  let at = startedAt
  let charging = false
  let limitRamp = 0
  let granted = { id: '', flowedWh: 0 }

  return {
    capability: capabilityOf(ratings),
    settings,
    apply(next) {
      setpoint = next
      if (next.grant && next.grant.id !== granted.id) granted = { id: next.grant.id, flowedWh: 0 }
      limitRamp = rampTime(next, settings, Math.abs(deliveryLimit() / maxW - state.active.ap))
      battery.begin(next, batteryWish(1))
      receipt.begin(next, receiptLimit())
      configure()
    },
    step(now, seconds) {
      at = now
      around = environment(now)
      // what the sun loses to a cloud must not be made up from a grid that gives no more
      const most = solarW() + receipt.step(receiptLimit(), seconds)
      const demand = Math.max(battery.step(batteryWish(seconds), seconds), -most)
      if (solarW() + demand < 0 !== charging) {
        charging = !charging
        configure()
      }
      inverter.step({ solar: solarW(), demand }, around, seconds)
      granted.flowedWh += (Math.sign(setpoint.grant?.wattHours ?? 0) * -state.battery.flow * seconds) / 3600
      return state.out.p
    },
    report() {
      const cap = deliveryCap(setpoint, settings)
      const offer = Math.min(maxW, solarW() + battery.value())
      const asleep = state.pAvl < 0.001 && Math.abs(state.out.p) < 1
      return {
        ...inverterReport(state, { setpoint, around, limited: Math.abs(state.out.p - offer) > 1e-3, asleep }),
        availableW: availableW(),
        availableVar: availableVar(state, settings),
        ...(cap !== undefined && { limitW: cap }),
        storage: storageStatusOf(storage, state.battery.soc, state.battery.flow),
      }
    },
  }

  function configure(): void {
    const present = { charging, availableVar: availableVar(state, settings), availableW: availableW() }
    const limit = { AP_LIMIT: deliveryLimit() / maxW, AP_RT: limitRamp }
    inverter.configure({ ...modelSettings(setpoint, settings, present), ...limit })
  }

  function solarW(): number {
    return dcPower(dcW, around)
  }

  /** Watts asked of both together. */
  function askedW(): number | undefined {
    return share(setpoint.opModFixedW, maxW) ?? setpoint.opModTargetW
  }

  // what is asked for caps the sun as well: a full battery takes no surplus
  function deliveryLimit(): number {
    const asked = askedW()
    const cap = least(maxW, deliveryCap(setpoint, settings)) ?? maxW
    return asked === undefined ? cap : Math.max(-receiptLimit(), Math.min(cap, asked))
  }

  function receiptLimit(): number {
    return Math.min(maxW, receiptCap(setpoint) ?? maxW)
  }

  /** A set point comes first, then a reservation, then the house. */
  function batteryWish(seconds: number): number {
    const asked = askedW()
    const { opModStorageTargetW, grant } = setpoint
    const wish =
      (asked === undefined ? opModStorageTargetW : asked - solarW()) ??
      (grant && grantedPower(grant, { flowedWh: granted.flowedWh, slope: battery.pace(), seconds })) ??
      (house ? house(at) - solarW() : 0)
    return Math.max(-maxW, Math.min(maxW, wish))
  }

  function availableW(): number {
    return Math.min(maxW, (Math.max(0, state.pAvl) + state.battery.pDisMax) * maxW)
  }
}

function capabilityOf(ratings: Ratings): Capability {
  return { kind: 'pv-storage', modes, ratings, normalCategory: 'B', abnormalCategory: 'III' }
}

// strict: the reference forgets the demand where a limit and volt-watt meet (R8), and here the limit is always on
function factorySettings(settings: InverterSettings, { capacityWh, minSoc, efficiency }: Storage) {
  const { maxW } = settings
  return assign(defaultSettings('PV_BESS'), {
    ...inverterFactory(settings),
    NP_P_MAX: maxW,
    NP_P_MAX_CHARGE: maxW,
    NP_EFFICIENCY: efficiency,
    NP_BESS_CAPACITY: capacityWh,
    NP_BESS_SOC_MIN: minSoc,
    AP_LIMIT_ENABLE: true,
    strict1547: true,
  })
}

function ratingsOf(maxW: number, maxWh: number, vNom: number) {
  const inverter = inverterRatings(1.1 * maxW, vNom)
  const rates = { maxChargeRateW: maxW, maxDischargeRateW: maxW }
  return { ...inverter, maxW, ...rates, maxChargeRateVA: inverter.maxVA, maxDischargeRateVA: inverter.maxVA, maxWh }
}
