import { createLag, lag, type Lag, ramp, setLag } from './blocks.ts'
import type { Columns } from './columns.ts'
import { createDelay, delay, type Delay, lineOf } from './delay.ts'
import { interp } from './curve.ts'
import type { DerModel } from './model.ts'
import { Status } from './status.ts'
import type { Tile } from './tile.ts'

export type Active = Readonly<{
  /** The limits of the functions, pu of NP_P_MAX: power limit, volt-watt, enter service. */
  ap: Float64Array
  pv: Float64Array
  pes: Float64Array
  /** What all of them leave. */
  desired: Float64Array
  limitRamp: Float64Array
  limitDelay: Delay
  voltWattLag: Lag
  voltWattDelay: Delay
  enterRamp: Float64Array
}>

export const createActive = (columns: Columns): Active => ({
  ap: columns.kept(Number.NaN),
  pv: columns.kept(Number.NaN),
  pes: columns.scratch(),
  desired: columns.scratch(),
  limitRamp: columns.kept(Number.NaN),
  limitDelay: createDelay(),
  voltWattLag: createLag(columns),
  voltWattDelay: createDelay(),
  enterRamp: columns.kept(Number.NaN),
})

/** The limit of active power (fact sheet, section 7.1). */
export function updateLimit({ n, model: { settings: s }, service: { status }, active }: Tile, ts: number): void {
  const { ap, limitRamp, limitDelay } = active
  const RT = s.NP_REACT_TIME
  const T = s.AP_RT - RT
  const target = s.AP_LIMIT > 0 ? s.AP_LIMIT : (s.AP_LIMIT * s.NP_P_MAX_CHARGE) / s.NP_P_MAX
  const line = lineOf(limitDelay, ap, s.AP_LIMIT_ENABLE ? RT : 0, ts)
  for (let i = 0; i < n; i++) {
    const runs = s.AP_LIMIT_ENABLE && status[i] !== Status.trip
    const y = runs ? ramp(limitRamp, i, target, T, T, ts) : ramp(limitRamp, i, 1, 0, 0, ts)
    ap[i] = line ? delay(line, i, y, runs ? RT : 0, ts) : y
  }
}

/** The limit of active power by voltage (section 7.2). */
export function updateVoltWatt({ n, model, service: { status }, grid: { vMeas }, active }: Tile, ts: number): void {
  const { pv, voltWattLag, voltWattDelay } = active
  const s = model.settings
  const RT = s.NP_REACT_TIME
  const T = s.PV_OLRT - RT
  const line = lineOf(voltWattDelay, pv, s.PV_MODE_ENABLE ? RT : 0, ts)
  for (let i = 0; i < n; i++) {
    const runs = s.PV_MODE_ENABLE && status[i] !== Status.trip
    const y = runs ? lag(voltWattLag, i, voltWatt(model, vMeas[i] ?? 0), T, ts) : setLag(voltWattLag, i, 1)
    pv[i] = line ? delay(line, i, y, runs ? RT : 0, ts) : y
  }
}

function voltWatt({ settings: s, curves }: DerModel, v: number): number {
  if (curves.voltWatt) return interp(v, curves.voltWatt)
  const p1 = s.PV_CURVE_P1 * s.NP_P_MAX
  const p2 = s.PV_CURVE_P2 * (s.PV_CURVE_P2 > 0 ? s.NP_P_MAX : s.NP_P_MAX_CHARGE)
  if (v <= s.PV_CURVE_V1) return p1 / s.NP_P_MAX
  if (v >= s.PV_CURVE_V2) return p2 / s.NP_P_MAX
  return (p1 - ((v - s.PV_CURVE_V1) / (s.PV_CURVE_V2 - s.PV_CURVE_V1)) * (p1 - p2)) / s.NP_P_MAX
}

/** The ramp of entering service; once it is over the device has entered, from the next step on (section 7.4). */
export function updateEnterRamp({ n, model, service: { status, esCompleted }, active }: Tile, ts: number): void {
  const { pes, enterRamp } = active
  const T = model.settings.ES_RAMP_RATE
  for (let i = 0; i < n; i++) {
    const tripped = status[i] === Status.trip
    const y = tripped ? ramp(enterRamp, i, 0, 0, 0, ts) : ramp(enterRamp, i, 1.1, T, 0, ts)
    pes[i] = y
    if (!tripped && y > 1) esCompleted[i] = 1
  }
}
