import type { DerSettings } from './settings.ts'
import { Status } from './status.ts'
import type { Tile } from './tile.ts'

/** The active power that its functions leave, pu of NP_P_MAX (fact sheet, end of section 7). */
export function updateDesiredPower(tile: Tile): void {
  const { n, model, service, active } = tile
  const s = model.settings
  for (let i = 0; i < n; i++) {
    if (service.status[i] === Status.trip) active.desired[i] = 0
    else active.desired[i] = s.KIND === 'PV' ? desiredPv(s, tile, i) : desiredBess(s, tile, i)
  }
}

function desiredPv(s: DerSettings, { active, droop, pAvl }: Tile, i: number): number {
  const available = Math.min(pAvl[i] ?? 0, 1)
  const ap = active.ap[i] ?? 0
  const pv = active.pv[i] ?? 0
  const pes = active.pes[i] ?? 0
  const pf = droop.ufActive[i] === 1 || droop.ofActive[i] === 1 ? (droop.pf[i] ?? 0) : undefined
  if (s.strict1547) return strictPv(s, available, Math.min(ap, pv, pes, pf ?? 1))
  // R8: some combinations leave out the enter-service ramp or the limit
  if (pf !== undefined) return Math.min(available, pf, s.PV_MODE_ENABLE ? pv : 1)
  if (s.AP_LIMIT_ENABLE && s.PV_MODE_ENABLE) return Math.min(available, ap, pv)
  if (s.AP_LIMIT_ENABLE) return Math.min(available, pes, ap)
  return Math.min(available, pes, s.PV_MODE_ENABLE ? pv : 1)
}

// R9: below its least power a PV does not run
function strictPv(s: DerSettings, available: number, bound: number): number {
  return available < s.NP_P_MIN_PU ? 0 : Math.min(available, bound)
}

function desiredBess(s: DerSettings, tile: Tile, i: number): number {
  const { battery, most } = tile
  const wanted = Math.min(s.strict1547 ? strictBess(tile, i) : wantedBess(s, tile, i), most[i] ?? 0)
  // R7: the limit by state of charge is in per unit of the charge rating, the reference takes it for that of discharge
  const chargePu = s.NP_P_MAX_CHARGE / s.NP_P_MAX
  const byCharge = (battery.pChMax[i] ?? 0) * (s.strict1547 ? chargePu : 1)
  return Math.max(-byCharge, -chargePu, wanted)
}

function wantedBess(s: DerSettings, { active, droop, base, demand }: Tile, i: number): number {
  const ap = active.ap[i] ?? 0
  const pv = active.pv[i] ?? 0
  const pf = droop.pf[i] ?? 0
  const ufActive = droop.ufActive[i] === 1
  if (ufActive || droop.ofActive[i] === 1) {
    if (!s.PV_MODE_ENABLE) return Math.min(pf, 1)
    return Math.min(pv, pf, 1, ufActive ? 1 : (base[i] ?? 0))
  }
  if (s.AP_LIMIT_ENABLE && s.PV_MODE_ENABLE) return Math.min(ap, pv, 1) // R8
  const entering = bounded(demand[i] ?? 0, active.pes[i] ?? 0)
  if (s.AP_LIMIT_ENABLE) return Math.min(entering, ap, 1)
  return Math.min(entering, s.PV_MODE_ENABLE ? pv : 1, 1)
}

/** Every function bounds the power in every combination. */
function strictBess({ active, droop, base, demand }: Tile, i: number): number {
  const ufActive = droop.ufActive[i] === 1
  const ofActive = droop.ofActive[i] === 1
  const byFrequency = Math.min(droop.pf[i] ?? 0, ufActive ? 1 : (base[i] ?? 0))
  const asked = ufActive || ofActive ? byFrequency : (demand[i] ?? 0)
  return Math.min(bounded(asked, active.pes[i] ?? 0), active.ap[i] ?? 0, active.pv[i] ?? 0, 1)
}

function bounded(value: number, bound: number): number {
  return Math.min(Math.max(value, -bound), bound)
}
