import type { StorageStatus } from '../device.ts'

/** What a battery can take and give: rates at the terminals, the share of the received energy that is stored. */
export type Storage = Readonly<{
  capacityWh: number
  /** What is kept back when discharging. */
  minSoc: number
  efficiency: number
  dischargeW: number
  chargeW: number
}>

/** How a battery stands at this state of charge while it delivers so many watts. */
export function storageStatusOf(storage: Storage, soc: number, watts: number): StorageStatus {
  const { capacityWh, minSoc, efficiency, dischargeW, chargeW } = storage
  const spareWh = Math.max(0, soc - minSoc) * capacityWh
  return {
    soc,
    mode: watts < -1 ? 'charging' : watts > 1 ? 'discharging' : 'holding',
    dischargeSeconds: dischargeW > 0 ? (spareWh * 3600) / dischargeW : 0,
    chargeSeconds: ((1 - soc) * capacityWh * 3600) / (efficiency * chargeW),
  }
}
