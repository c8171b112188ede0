import type { DeviceStatus } from '@gridloom/devices'

/** What a device says of itself, as it is reported to the DTM; positive watts deliver. */
export type DeviceReading = Readonly<{
  watts: number
  vars: number
  volts: number
  hertz: number
  connected: boolean
  /** Net, delivered less received. */
  wattHours: number
  /** Counters that never fall. */
  deliveredWh: number
  receivedWh: number
  /** They may have begun anew: said in the first reading after a start. */
  countersReset?: true
  soc?: number
  /** Sun, wind or state of charge allow no more than this. */
  sourceLimited?: boolean
}>

export function readingOf(status: DeviceStatus, maxW: number): DeviceReading {
  const { watts, vars, volts, hertz, connected, deliveredWh, receivedWh, availableW, storage } = status
  const isAtItsMost = availableW !== undefined && watts >= availableW - noticeable * maxW
  return {
    watts,
    vars,
    volts,
    hertz,
    connected,
    wattHours: deliveredWh - receivedWh,
    deliveredWh,
    receivedWh,
    ...(storage && { soc: storage.soc }),
    ...(isAtItsMost && { sourceLimited: true }),
  }
}

// of the rating
const noticeable = 0.01
const leastSeconds = 10
const mostSeconds = 30

/** Whether a reading is worth a report after the last one: each half minute, and sooner when the power has changed. */
export function isWorthReporting(
  reading: DeviceReading,
  last: Readonly<{ reading: DeviceReading; at: number }> | undefined,
  { now, maxW }: Readonly<{ now: number; maxW: number }>,
): boolean {
  if (!last || now - last.at >= mostSeconds || last.reading.connected !== reading.connected) return true
  return now - last.at >= leastSeconds && Math.abs(reading.watts - last.reading.watts) > noticeable * maxW
}
