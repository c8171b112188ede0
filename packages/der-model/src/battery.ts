import { ramp } from './blocks.ts'
import { interp } from './curve.ts'
import type { Columns } from './columns.ts'
import type { DerSettings } from './settings.ts'
import { Status } from './status.ts'
import type { Tile } from './tile.ts'

export type Battery = Readonly<{
  soc: Float64Array
  pChMax: Float64Array
  pDisMax: Float64Array
  demand: Float64Array
  pDemR: Float64Array
  /** Power that left the battery in the step before, W: the whole output unless a PV shares the inverter. */
  flow: Float64Array
}>

export const createBattery = (columns: Columns, { SOC_INIT }: DerSettings): Battery => ({
  soc: columns.kept(SOC_INIT),
  pChMax: columns.kept(1),
  pDisMax: columns.kept(1),
  demand: columns.kept(Number.NaN),
  pDemR: columns.kept(0),
  flow: columns.kept(0),
})

/** A step longer than this is a snapshot: no energy flows. */
const longestStep = 7200

/** State of charge after the previous step's output, the limits that follow, and the demand ramp (fact sheet, section 6). */
export function updateBattery(tile: Tile, ts: number): void {
  const { n, model, battery, service, pDem } = tile
  const s = model.settings
  const capacity = ts <= longestStep ? s.NP_BESS_CAPACITY : undefined
  for (let i = 0; i < n; i++) {
    if (capacity === undefined) {
      battery.pChMax[i] = 1
      battery.pDisMax[i] = 1
    } else {
      battery.soc[i] = nextSoc(s, capacity, battery.soc[i] ?? 0, battery.flow[i] ?? 0, ts)
      limitPower(tile, capacity, i, ts)
    }
    const tripped = service.status[i] === Status.trip
    const T = tripped ? 0 : s.NP_BESS_P_RAMP_TIME
    battery.pDemR[i] = ramp(battery.demand, i, tripped ? 0 : (pDem[i] ?? 0), T, T, ts)
  }
}

function nextSoc(s: DerSettings, capacity: number, soc: number, watts: number, ts: number): number {
  const discharge = Math.max(watts, 0)
  const charge = Math.max(-watts, 0)
  const rate = (s.NP_EFFICIENCY * charge - discharge) / capacity - selfDischarge(s, soc)
  return Math.max(0, soc + (rate * ts) / 3600)
}

/** Per hour. */
function selfDischarge({ NP_BESS_SELF_DISCHARGE, NP_BESS_SELF_DISCHARGE_SOC }: DerSettings, soc: number): number {
  return NP_BESS_SELF_DISCHARGE + NP_BESS_SELF_DISCHARGE_SOC * soc
}

/** No more power than the state of charge allows, nor than would overshoot its bounds within the step. */
function limitPower({ model, battery }: Tile, capacity: number, i: number, ts: number): void {
  const { settings: s, curves } = model
  const soc = battery.soc[i] ?? 0
  const lost = selfDischarge(s, soc)
  const headroom = ((s.NP_BESS_SOC_MAX - soc) / ts) * 3600 + lost
  const reserve = ((soc - s.NP_BESS_SOC_MIN) / ts) * 3600 - lost
  const bySocCharge = curves.charge ? interp(soc, curves.charge) : 1
  const bySocDischarge = curves.discharge ? interp(soc, curves.discharge) : 1
  battery.pChMax[i] = Math.min(bySocCharge, (headroom * capacity) / s.NP_EFFICIENCY / s.NP_P_MAX_CHARGE, 1)
  battery.pDisMax[i] = Math.min(bySocDischarge, Math.max(0, Math.min((reserve * capacity) / s.NP_P_MAX, 1)))
}

/** How much of the output the battery gave or took: a PV behind the same inverter comes first, its surplus charges. */
export function shareFlow({ n, model: { settings: s }, battery, service: { status }, pAvl, out }: Tile): void {
  const hybrid = s.KIND === 'PV_BESS'
  for (let i = 0; i < n; i++) {
    const p = out.p[i] ?? 0
    const canCharge = (battery.pChMax[i] ?? 0) * s.NP_P_MAX_CHARGE
    const ceased = status[i] === Status.trip || status[i] === Status.momentary || status[i] === Status.cease
    const solar = hybrid && !ceased ? Math.min(Math.max(p + canCharge, 0), (pAvl[i] ?? 0) * s.NP_P_MAX) : 0
    battery.flow[i] = p - solar
  }
}
