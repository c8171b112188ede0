import type { DeviceStatus, Ratings } from '@gridloom/devices'

/** A device in the words of a region, in kW and kWh. */
export type Sight = Readonly<{
  capacityKw: number
  outputKw: number
  availableKw: number
  /** Drawn whatever happens, and drawn but able to wait. */
  firmKw: number
  flexibleKw: number
  chargingRateKw: number
  dischargeRateKw: number
  availableKwh: number
  reserveKwh: number
  capacityKwh: number
  isFull: boolean
  isEmpty: boolean
  storing: 'charging' | 'discharging' | 'holding'
  vehicle: DeviceStatus['vehicle']
}>

/** `capW` is what somebody other than the region lets it deliver at most. */
export function sightOf(kind: string, ratings: Ratings, status: DeviceStatus, capW = Infinity): Sight {
  const { watts, availableW, storage, vehicle } = status
  const { maxW, maxChargeRateW = maxW, maxDischargeRateW = maxW, maxWh = 0 } = ratings
  const drawnKw = Math.max(0, -watts) / 1000
  const flexibleKw = kind === 'load' ? Math.min(drawnKw, (availableW ?? 0) / 1000) : drawnKw
  const availableKwh = ((storage?.soc ?? 0) * maxWh) / 1000
  const usableKwh = ((storage?.dischargeSeconds ?? 0) * maxDischargeRateW) / 3_600_000
  return {
    capacityKw: Math.min(maxW, capW, kind === 'generator' ? (availableW ?? maxW) : maxW) / 1000,
    outputKw: Math.max(0, watts) / 1000,
    availableKw: Math.min(capW, Math.max(0, availableW ?? watts)) / 1000,
    firmKw: drawnKw - flexibleKw,
    flexibleKw,
    chargingRateKw: maxChargeRateW / 1000,
    dischargeRateKw: Math.min(maxDischargeRateW, capW) / 1000,
    availableKwh,
    reserveKwh: Math.max(0, availableKwh - usableKwh),
    capacityKwh: Math.max(maxWh / 1000, 0.001),
    isFull: (storage?.chargeSeconds ?? 0) <= 0,
    isEmpty: (storage?.dischargeSeconds ?? 0) <= 0,
    storing: storage?.mode ?? 'holding',
    vehicle,
  }
}
