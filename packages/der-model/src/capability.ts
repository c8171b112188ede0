import { type Curve, curveOf, interp } from './curve.ts'
import type { DerSettings, QCapability } from './settings.ts'
import type { Tile } from './tile.ts'

/** What the capability and priority step needs, made once per change of settings. */
export type Limits = Readonly<{
  inj: Curve
  abs: Curve
  /** Vars that may be asked for even when active power has priority (R14: those of the first settings). */
  requiredInj: number
  requiredAbs: number
  /** Where circle and curve meet while charging, at rest and while delivering. */
  injMeets: Meetings
  absMeets: Meetings
  wattVarMeets: Meetings
}>

type Meetings = readonly [charging: Power, atRest: Power, delivering: Power]

type Power = Readonly<{ p: number; q: number }>

export function limitsOf(s: DerSettings, first = s): Limits {
  const required = s.strict1547 ? s : first
  const curve = s.NP_Q_CAPABILITY_BY_P_CURVE ?? defaultCurve(s)
  const inj = curveOf(curve.P_Q_INJ_PU, curve.Q_MAX_INJ_PU)
  const abs = curveOf(curve.P_Q_ABS_PU, curve.Q_MAX_ABS_PU)
  return {
    inj,
    abs,
    requiredInj: 0.44 * required.NP_VA_MAX,
    requiredAbs: (required.NP_NORMAL_OP_CAT === 'CAT_A' ? 0.25 : 0.44) * required.NP_VA_MAX,
    injMeets: meetingsOf(s, scaled(s, inj)),
    absMeets: meetingsOf(s, scaled(s, abs)),
    wattVarMeets: meetingsOf(s, s.QP_CURVE ? wattVarOfPoints(s) : wattVarOfNames(s)),
  }
}

function defaultCurve(s: DerSettings): QCapability {
  const inj = s.NP_Q_MAX_INJ / s.NP_VA_MAX
  const abs = s.NP_Q_MAX_ABS / s.NP_VA_MAX
  if (s.NP_Q_CAPABILITY_LOW_P === 'SAME') {
    return { P_Q_INJ_PU: [-1, 1], Q_MAX_INJ_PU: [inj, inj], P_Q_ABS_PU: [-1, 1], Q_MAX_ABS_PU: [abs, abs] }
  }
  const p = [0, 0.04999, 0.05, 0.2, 1]
  return {
    P_Q_INJ_PU: p,
    Q_MAX_INJ_PU: [0, 0, inj / 4, inj, inj],
    P_Q_ABS_PU: p,
    Q_MAX_ABS_PU: [0, 0, abs / 4, abs, abs],
  }
}

function scaled(s: DerSettings, { x, y }: Curve): Curve {
  return { x: x.map((p) => p * s.NP_P_MAX), y: y.map((q) => q * s.NP_VA_MAX) }
}

function wattVarOfNames(s: DerSettings): Curve {
  const C = s.NP_P_MAX_CHARGE
  const G = s.NP_P_MAX
  const load = [-C, s.QP_CURVE_P3_LOAD * C, s.QP_CURVE_P2_LOAD * C, s.QP_CURVE_P1_LOAD * C]
  const gen = [s.QP_CURVE_P1_GEN * G, s.QP_CURVE_P2_GEN * G, s.QP_CURVE_P3_GEN * G, G]
  const loadQ = [s.QP_CURVE_Q3_LOAD, s.QP_CURVE_Q3_LOAD, s.QP_CURVE_Q2_LOAD, s.QP_CURVE_Q1_LOAD]
  const genQ = [s.QP_CURVE_Q1_GEN, s.QP_CURVE_Q2_GEN, s.QP_CURVE_Q3_GEN, s.QP_CURVE_Q3_GEN]
  return curveOf(
    [...load, ...gen],
    [...loadQ, ...genQ].map((q) => q * s.NP_VA_MAX),
  )
}

function wattVarOfPoints({ QP_CURVE = { x: [], y: [] }, NP_P_MAX, NP_P_MAX_CHARGE, NP_VA_MAX }: DerSettings): Curve {
  return curveOf(
    QP_CURVE.x.map((p) => p * (p < 0 ? NP_P_MAX_CHARGE : NP_P_MAX)),
    QP_CURVE.y.map((q) => q * NP_VA_MAX),
  )
}

function meetingsOf({ NP_APPARENT_POWER_CHARGE_MAX, NP_VA_MAX }: DerSettings, curve: Curve): Meetings {
  return [intercept(-NP_APPARENT_POWER_CHARGE_MAX, curve), intercept(-NP_VA_MAX, curve), intercept(NP_VA_MAX, curve)]
}

/** Where the curve meets the circle of radius |mag|; iterated as the reference does, a closed form would differ by up to 1e-3 W. */
function intercept(mag: number, curve: Curve): Power {
  let x = mag
  let y = interp(x, curve)
  for (let count = 0; count < 500; count++) {
    y = interp(x, curve)
    const m = Math.sign(x) * Math.sqrt(x ** 2 + y ** 2)
    if (Math.abs(m - mag) < 1e-3) break
    x += 0.9 * ((mag / m) * x - x)
  }
  return { p: x, q: y }
}

/** Brings the desired P and Q (pu) within the apparent power and the reactive capability, in W and var (section 9). */
export function updateLimited(tile: Tile): void {
  const s = tile.model.settings
  if (s.QV_MODE_ENABLE || s.CONST_Q_MODE_ENABLE) limitByPriority(tile)
  else if (s.CONST_PF_MODE_ENABLE) limitConstantPf(tile)
  else if (s.QP_MODE_ENABLE) limitWattVar(tile)
  else limitNothing(tile)
}

function limitNothing({ n, model, active, limited }: Tile): void {
  for (let i = 0; i < n; i++) {
    limited.p[i] = (active.desired[i] ?? 0) * model.settings.NP_P_MAX
    limited.q[i] = 0
  }
}

function clampVar(rating: number, { inj, abs }: Limits, x: number, q: number): number {
  return Math.min(rating * interp(x, inj), Math.max(-rating * interp(x, abs), q))
}

function limitByPriority({ n, model: { settings: s, limits }, active, reactive, limited }: Tile): void {
  const activeFirst = s.NP_PRIO_OUTSIDE_MIN_Q_REQ === 'ACTIVE'
  for (let i = 0; i < n; i++) {
    const p = (active.desired[i] ?? 0) * s.NP_P_MAX
    const S = p >= 0 ? s.NP_VA_MAX : s.NP_APPARENT_POWER_CHARGE_MAX
    const l = clampVar(s.NP_VA_MAX, limits, p / s.NP_P_MAX, (reactive.desired[i] ?? 0) * s.NP_VA_MAX)
    limited.p[i] = p
    limited.q[i] = l
    if (p * p + l * l < S * S) continue
    const q = activeFirst ? Math.min(limits.requiredInj, Math.max(-limits.requiredAbs, l)) : l
    const room = Math.sqrt(Math.max(0, S * S - q * q)) // the reference has no number where q alone is too much
    // R6: with active priority the reference may give more than was desired
    limited.p[i] = (s.strict1547 ? Math.min(room, Math.abs(p)) : room) * Math.sign(p)
    limited.q[i] = q
  }
}

function limitConstantPf({ n, model: { settings: s, limits }, active, reactive, limited }: Tile): void {
  for (let i = 0; i < n; i++) {
    const p = (active.desired[i] ?? 0) * s.NP_P_MAX
    const q = (reactive.desired[i] ?? 0) * s.NP_VA_MAX
    const S = p >= 0 ? s.NP_VA_MAX : s.NP_APPARENT_POWER_CHARGE_MAX
    const square = p * p + q * q
    const k = square >= S * S ? Math.min(1, S / Math.max(1e-9, Math.sqrt(square))) : 1
    const meets = at(q * k > 0 ? limits.injMeets : limits.absMeets, p)
    const isBeyond = Math.abs(q * k) > meets.q
    const pLimited = isBeyond ? Math.min(Math.abs(meets.p), Math.abs(p)) * Math.sign(p) : p * k
    limited.p[i] = pLimited
    limited.q[i] = clampVar(s.NP_VA_MAX, limits, pLimited / s.NP_P_MAX, q * k)
  }
}

function limitWattVar({ n, model: { settings: s, limits }, active, reactive, limited }: Tile): void {
  for (let i = 0; i < n; i++) {
    const p = (active.desired[i] ?? 0) * s.NP_P_MAX
    const q = (reactive.desired[i] ?? 0) * s.NP_VA_MAX
    const S = p >= 0 ? s.NP_VA_MAX : s.NP_APPARENT_POWER_CHARGE_MAX
    const isWithin = p * p + q * q < S * S
    const meets = at(limits.wattVarMeets, p)
    const pMet = p > 0 ? Math.min(meets.p, p) : Math.max(meets.p, p)
    const qMet = Math.min(Math.abs(meets.q), Math.abs(q)) * Math.sign(q)
    limited.p[i] = isWithin ? p : pMet
    limited.q[i] = clampVar(s.NP_VA_MAX, limits, p / s.NP_P_MAX, isWithin ? q : qMet)
  }
}

function at([charging, atRest, delivering]: Meetings, p: number): Power {
  if (p > 0) return delivering
  return p < 0 ? charging : atRest
}
