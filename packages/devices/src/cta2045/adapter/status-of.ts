import type { Capability, DeviceStatus, InverterState, Settings } from '../../device.ts'
import { type Appliance, commodityOf, ratedWattsOf } from './appliance.ts'
import { applianceModes } from './command-of.ts'

export type Nominal = Readonly<{ maxW: number; vNom: number; hertz: number }>

/** What an appliance does, as the status of a device; what it cannot say is nominal. */
export function statusOf(appliance: Appliance, nominal: Nominal, limitW: number | undefined): DeviceStatus {
  const { state = 0, hasOverride, at, receivedWh, deliveredWh } = appliance
  const ratedW = ratedWattsOf(appliance, nominal.maxW)
  const isRunning = running.has(state)
  const rate = commodityOf(appliance, 0)?.rate ?? (isRunning ? ratedW : 0)
  const produced = commodityOf(appliance, 1)?.rate ?? 0
  const isBroken = state === 0x05
  return {
    at,
    watts: produced - rate,
    vars: 0,
    volts: nominal.vNom,
    hertz: nominal.hertz,
    connected: true,
    available: !isBroken,
    operating: isRunning,
    inverter: isBroken ? 'fault' : inverterOf(state, isRunning),
    mode: 'operational',
    alarms: [],
    localControl: hasOverride || state === 0x0b || state === 0x0c,
    manufacturerStatus: `CTA${state.toString(16).toUpperCase().padStart(2, '0')}`,
    deliveredWh,
    receivedWh,
    availableW: isRunning ? rate : 0,
    ...(limitW !== undefined && { limitW }),
    ...storageOf(appliance, ratedW, isRunning),
  }
}

/** The nameplate of an appliance as far as it is known. */
export function capabilityOf(appliance: Appliance, { maxW, vNom }: Nominal): Capability {
  const ratedW = ratedWattsOf(appliance, maxW)
  const capacityWh = commodityOf(appliance, 6)?.cumulative
  return {
    kind: 'load',
    modes: applianceModes,
    ratings: {
      maxW: ratedW,
      maxVA: ratedW,
      maxChargeRateW: ratedW,
      maxA: ratedW / vNom,
      vNom,
      ...(capacityWh != null && capacityWh > 0 && { maxWh: capacityWh }),
    },
  }
}

export function settingsOf(appliance: Appliance, nominal: Nominal, updatedAt: number): Settings {
  return { ...capabilityOf(appliance, nominal).ratings, modesEnabled: applianceModes, gradient: 0, updatedAt }
}

const running = new Set([0x01, 0x02, 0x03, 0x07, 0x09, 0x0c, 0x0d])

function inverterOf(state: number, isRunning: boolean): InverterState {
  if (!isRunning) return 'standby'
  return state === 0x02 || state === 0x07 ? 'derated' : 'tracking'
}

// A tank is a store: what it would take now is what it lacks of full.
function storageOf(appliance: Appliance, ratedW: number, isRunning: boolean): Pick<DeviceStatus, 'storage'> {
  const capacity = commodityOf(appliance, 6)?.cumulative ?? 0
  const take = commodityOf(appliance, 7)?.cumulative
  if (take == null || capacity <= 0) return {}
  const soc = Math.min(1, Math.max(0, 1 - take / capacity))
  const chargeSeconds = (3600 * take) / ratedW
  return { storage: { soc, mode: isRunning ? 'charging' : 'holding', dischargeSeconds: 0, chargeSeconds } }
}
