import type { DeviceStatus as Seen, Settings } from '@gridloom/devices'
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

/** Where the power comes from and, while a flow is reserved, how the charge goes (function-sets §3). */
export function powerStatusOf(seen: Seen, settings: Settings, { now, flow }: Context): PowerStatus {
  const { storage } = seen
  return {
    batteryStatus: storage ? batteryStatusOf(storage.soc) : 4,
    changedTime: now,
    currentPowerSource: 1,
    ...(storage && { estimatedChargeRemaining: Math.round(storage.soc * 10_000) }),
    ...(storage && flow && { PEVInfo: chargeOf(seen, settings, { now, flow }) }),
  }
}

function chargeOf(seen: Seen, settings: Settings, { now, flow }: Readonly<{ now: number; flow: FlowProgress }>) {
  const charging = Math.max(0, -seen.watts)
  const maxW = settings.maxChargeRateW ?? settings.maxW
  const capacity = settings.maxWh ?? 0
  const wanted = Math.max(0, flow.wantedWh)
  const target = capacity > 0 ? Math.min(1, (seen.storage?.soc ?? 0) + wanted / capacity) : 1
  return {
    chargingPowerNow: toActivePower(charging),
    energyRequestNow: wholeWattHours(wanted),
    maxForwardPower: toActivePower(maxW),
    minimumChargingDuration:
      wanted > 0 ? Math.ceil((3600 * wanted) / Math.min(flow.powerW, maxW)) + flow.overheadSeconds : 0,
    targetStateOfCharge: Math.round(target * 10_000),
    timeChargeIsNeeded: flow.neededAt,
    timeChargingStatusPEV: now,
  }
}

function batteryStatusOf(soc: number): number {
  if (soc <= 0.01) return 3
  return soc < 0.15 ? 2 : 1
}
