import { interp } from './blocks.ts'
import type { DerSettings, QCapability } from './settings.ts'

/** What the capability and priority step needs, made once per change of settings. */
export type Limits = Readonly<{
  curve: QCapability
  /** Vars that may be asked for even when active power has priority (R14: those of the first settings). */
  requiredInj: number
  requiredAbs: number
}>

export type PowerPair = { p: number; q: number }

export function limitsOf(settings: DerSettings, first = settings): Limits {
  return {
    curve: settings.NP_Q_CAPABILITY_BY_P_CURVE ?? defaultCurve(settings),
    requiredInj: 0.44 * first.NP_VA_MAX,
    requiredAbs: (first.NP_NORMAL_OP_CAT === 'CAT_A' ? 0.25 : 0.44) * first.NP_VA_MAX,
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

/** Brings the desired P and Q (pu) within the apparent power and the reactive capability, in W and var (section 9). */
export function limitPower(s: DerSettings, limits: Limits, pd: number, qd: number, out: PowerPair): void {
  const p = pd * s.NP_P_MAX
  const q = qd * s.NP_VA_MAX
  const S = p >= 0 ? s.NP_VA_MAX : s.NP_APPARENT_POWER_CHARGE_MAX
  if (s.QV_MODE_ENABLE || s.CONST_Q_MODE_ENABLE) limitByPriority(s, limits, p, q, S, out)
  else if (s.CONST_PF_MODE_ENABLE) limitConstantPf(s, limits, p, q, S, out)
  else if (s.QP_MODE_ENABLE) limitWattVar(s, limits, p, q, S, out)
  else {
    out.p = p
    out.q = 0
  }
}

function clampVar(s: DerSettings, { curve }: Limits, x: number, q: number): number {
  const inj = s.NP_VA_MAX * interp(x, curve.P_Q_INJ_PU, curve.Q_MAX_INJ_PU)
  const abs = s.NP_VA_MAX * interp(x, curve.P_Q_ABS_PU, curve.Q_MAX_ABS_PU)
  return Math.min(inj, Math.max(-abs, q))
}

function limitByPriority(s: DerSettings, limits: Limits, p: number, q: number, S: number, out: PowerPair): void {
  const l = clampVar(s, limits, p / s.NP_P_MAX, q)
  out.p = p
  out.q = l
  if (p ** 2 + l ** 2 < S ** 2) return
  if (s.NP_PRIO_OUTSIDE_MIN_Q_REQ === 'ACTIVE') out.q = Math.min(limits.requiredInj, Math.max(-limits.requiredAbs, l))
  out.p = Math.sqrt(S ** 2 - out.q ** 2) * Math.sign(p) // R6: may exceed the desired P
}

function limitConstantPf(s: DerSettings, limits: Limits, p: number, q: number, S: number, out: PowerPair): void {
  const k = p ** 2 + q ** 2 >= S ** 2 ? Math.min(1, S / Math.max(1e-9, Math.hypot(p, q))) : 1
  const { curve } = limits
  const xs = (q * k > 0 ? curve.P_Q_INJ_PU : curve.P_Q_ABS_PU).map((x) => x * s.NP_P_MAX)
  const ys = (q * k > 0 ? curve.Q_MAX_INJ_PU : curve.Q_MAX_ABS_PU).map((y) => y * s.NP_VA_MAX)
  intercept(p > 0 ? S : -S, xs, ys, out)
  out.p = Math.abs(q * k) > out.q ? Math.min(Math.abs(out.p), Math.abs(p)) * Math.sign(p) : p * k
  out.q = clampVar(s, limits, out.p / s.NP_P_MAX, q * k)
}

function limitWattVar(s: DerSettings, limits: Limits, p: number, q: number, S: number, out: PowerPair): void {
  out.p = p
  out.q = q
  if (p ** 2 + q ** 2 >= S ** 2) {
    const [xs, ys] = wattVarPoints(s)
    intercept(p > 0 ? S : -S, xs, ys, out)
    out.p = p > 0 ? Math.min(out.p, p) : Math.max(out.p, p)
    out.q = Math.min(Math.abs(out.q), Math.abs(q)) * Math.sign(q)
  }
  out.q = clampVar(s, limits, p / s.NP_P_MAX, out.q)
}

function wattVarPoints(s: DerSettings): readonly [number[], number[]] {
  const C = s.NP_P_MAX_CHARGE
  const G = s.NP_P_MAX
  const xs = [
    -C,
    s.QP_CURVE_P3_LOAD * C,
    s.QP_CURVE_P2_LOAD * C,
    s.QP_CURVE_P1_LOAD * C,
    s.QP_CURVE_P1_GEN * G,
    s.QP_CURVE_P2_GEN * G,
    s.QP_CURVE_P3_GEN * G,
    G,
  ]
  const ys = [
    s.QP_CURVE_Q3_LOAD,
    s.QP_CURVE_Q3_LOAD,
    s.QP_CURVE_Q2_LOAD,
    s.QP_CURVE_Q1_LOAD,
    s.QP_CURVE_Q1_GEN,
    s.QP_CURVE_Q2_GEN,
    s.QP_CURVE_Q3_GEN,
    s.QP_CURVE_Q3_GEN,
  ]
  return [xs, ys.map((y) => y * s.NP_VA_MAX)]
}

/** Where the curve meets the circle of radius |mag|; iterated as the reference does, a closed form would differ by up to 1e-3 W. */
function intercept(mag: number, xs: readonly number[], ys: readonly number[], out: PowerPair): void {
  let x = mag
  let y = interp(x, xs, ys)
  for (let count = 0; count < 500; count++) {
    y = interp(x, xs, ys)
    const m = Math.sign(x) * Math.sqrt(x ** 2 + y ** 2)
    if (Math.abs(m - mag) < 1e-3) break
    x += 0.9 * ((mag / m) * x - x)
  }
  out.p = x
  out.q = y
}
