import type { DeviceStatus as Seen, Settings, VehicleStatus } from '@gridloom/devices'
import { toActivePower, type PowerStatus } from '@gridloom/sep2030'
import { wholeWattHours } from './whole-watt-hours.ts'

/** How far a granted flow has come. */
export type FlowProgress = Readonly<{
  /** The grants that run now, or the request that waits for one. */
  id: string
  /** Energy still to come, as a magnitude. */
  wantedWh: number
  powerW: number
  overheadSeconds: number
  /** When the energy is needed: the end of the window. */
  neededAt: number
}>

type Context = Readonly<{ now: number; flow: FlowProgress | undefined }>

/** Where the power comes from and, while a flow is reserved or a vehicle is plugged in, how the charge goes (function-sets §3). */
export function powerStatusOf(seen: Seen, settings: Settings, { now, flow }: Context): PowerStatus {
  const { storage, vehicle } = seen
  const charge = flow ? chargeOfFlow(seen, settings, flow) : vehicle && chargeOfVehicle(vehicle, settings, now)
  return {
    batteryStatus: storage ? batteryStatusOf(storage.soc) : 4,
    changedTime: now,
    currentPowerSource: 1,
    ...(storage && { estimatedChargeRemaining: Math.round(storage.soc * 10_000) }),
    ...(storage && charge && { PEVInfo: pevInfoOf(charge, seen, { settings, now }) }),
  }
}

/** Energy that is still wanted, at what power, and what it leads to by when. */
type Charge = Readonly<{
  wantedWh: number
  powerW: number
  overheadSeconds: number
  targetSoc: number
  neededAt: number
}>

function chargeOfFlow({ storage }: Seen, settings: Settings, flow: FlowProgress): Charge {
  const capacity = settings.maxWh ?? 0
  const wantedWh = Math.max(0, flow.wantedWh)
  return { ...flow, wantedWh, targetSoc: capacity > 0 ? Math.min(1, (storage?.soc ?? 0) + wantedWh / capacity) : 1 }
}

/** What its driver wants, when nobody reserved a flow. */
function chargeOfVehicle({ wantedWh, targetSoc, departsInSeconds }: VehicleStatus, settings: Settings, now: number) {
  return { wantedWh, powerW: chargeRate(settings), overheadSeconds: 0, targetSoc, neededAt: now + departsInSeconds }
}

function pevInfoOf(charge: Charge, { watts }: Seen, { settings, now }: Readonly<{ settings: Settings; now: number }>) {
  const { wantedWh, powerW, overheadSeconds, targetSoc, neededAt } = charge
  const maxW = chargeRate(settings)
  return {
    chargingPowerNow: toActivePower(Math.max(0, -watts)),
    energyRequestNow: wholeWattHours(wantedWh),
    maxForwardPower: toActivePower(maxW),
    minimumChargingDuration: wantedWh > 0 ? Math.ceil((3600 * wantedWh) / Math.min(powerW, maxW)) + overheadSeconds : 0,
    targetStateOfCharge: Math.round(targetSoc * 10_000),
    timeChargeIsNeeded: neededAt,
    timeChargingStatusPEV: now,
  }
}

function chargeRate({ maxChargeRateW, maxW }: Settings): number {
  return maxChargeRateW ?? maxW
}

function batteryStatusOf(soc: number): number {
  if (soc <= 0.01) return 3
  return soc < 0.15 ? 2 : 1
}
