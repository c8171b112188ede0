import { createRamp, interp, ramp, type Ramp } from './blocks.ts'
import type { DerSettings } from './settings.ts'

export type Battery = { soc: number; pChMax: number; pDisMax: number; demand: Ramp; pDemR: number }

export const createBattery = ({ SOC_INIT }: DerSettings): Battery => ({
  soc: SOC_INIT,
  pChMax: 1,
  pDisMax: 1,
  demand: createRamp(),
  pDemR: 0,
})

/** A step longer than this is a snapshot: no energy flows. */
const longestStep = 7200

/** State of charge after the previous step's output, the limits that follow, and the demand ramp (fact sheet, section 6). */
export function updateBattery(
  settings: DerSettings,
  battery: Battery,
  { previousW, pDem, tripped, ts }: { previousW: number; pDem: number; tripped: boolean; ts: number },
): void {
  if (ts <= longestStep && settings.NP_BESS_CAPACITY !== undefined) {
    battery.soc = nextSoc(settings, settings.NP_BESS_CAPACITY, battery.soc, previousW, ts)
    limitPower(settings, settings.NP_BESS_CAPACITY, battery, ts)
  } else {
    battery.pChMax = 1
    battery.pDisMax = 1
  }
  const T = tripped ? 0 : settings.NP_BESS_P_RAMP_TIME
  battery.pDemR = ramp(battery.demand, tripped ? 0 : pDem, T, T, ts)
}

function nextSoc(settings: DerSettings, capacity: number, soc: number, watts: number, ts: number): number {
  const discharge = Math.max(watts, 0)
  const charge = Math.max(-watts, 0)
  const rate = (settings.NP_EFFICIENCY * charge - discharge) / capacity - selfDischarge(settings, soc)
  return Math.max(0, soc + (rate * ts) / 3600)
}

/** Per hour. */
function selfDischarge({ NP_BESS_SELF_DISCHARGE, NP_BESS_SELF_DISCHARGE_SOC }: DerSettings, soc: number): number {
  return NP_BESS_SELF_DISCHARGE + NP_BESS_SELF_DISCHARGE_SOC * soc
}

/** No more power than the state of charge allows, nor than would overshoot its bounds within the step. */
function limitPower(settings: DerSettings, capacity: number, battery: Battery, ts: number): void {
  const { soc } = battery
  const lost = selfDischarge(settings, soc)
  const headroom = ((settings.NP_BESS_SOC_MAX - soc) / ts) * 3600 + lost
  const reserve = ((soc - settings.NP_BESS_SOC_MIN) / ts) * 3600 - lost
  const curve = settings.NP_BESS_P_MAX_BY_SOC
  const bySocCharge = curve ? interp(soc, curve.SOC_P_CHARGE_MAX, curve.P_CHARGE_MAX_PU) : 1
  const bySocDischarge = curve ? interp(soc, curve.SOC_P_DISCHARGE_MAX, curve.P_DISCHARGE_MAX_PU) : 1
  battery.pChMax = Math.min(bySocCharge, (headroom * capacity) / settings.NP_EFFICIENCY / settings.NP_P_MAX_CHARGE, 1)
  battery.pDisMax = Math.min(bySocDischarge, Math.max(0, Math.min((reserve * capacity) / settings.NP_P_MAX, 1)))
}
