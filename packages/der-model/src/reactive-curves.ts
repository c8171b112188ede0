import { interp } from './curve.ts'
import type { DerModel } from './model.ts'
import type { DerSettings } from './settings.ts'

/** Reactive over active power at constant power factor; positive injects. */
export function constantPf({ CONST_PF, CONST_PF_EXCITATION }: DerSettings): number {
  const ratio = Math.sqrt(1 - CONST_PF ** 2) / CONST_PF
  return CONST_PF_EXCITATION === 'INJ' ? ratio : -ratio
}

/** Reactive power by voltage, pu of NP_VA_MAX; `followed` is the voltage that an autonomous reference has followed. */
export function voltVar({ settings: s, curves }: DerModel, v: number, followed: number): number {
  const vRef = s.QV_VREF_AUTO_MODE ? Math.min(Math.max(followed, s.QV_VREF_MIN), s.QV_VREF_MAX) : s.QV_VREF
  if (curves.voltVar) return interp(v - vRef + 1, curves.voltVar)
  const v1 = s.QV_CURVE_V1 + (vRef - 1)
  const v2 = s.QV_CURVE_V2 + (vRef - 1)
  const v3 = s.QV_CURVE_V3 + (vRef - 1)
  const v4 = s.QV_CURVE_V4 + (vRef - 1)
  if (v < v1) return s.QV_CURVE_Q1
  if (v < v2) return between(v, v1, v2, s.QV_CURVE_Q1, s.QV_CURVE_Q2)
  if (v < v3) return between(v, v2, v3, s.QV_CURVE_Q2, s.QV_CURVE_Q3)
  if (v < v4) return between(v, v3, v4, s.QV_CURVE_Q3, s.QV_CURVE_Q4)
  return s.QV_CURVE_Q4
}

/** Reactive power by active power, pu of NP_VA_MAX; the segments are open below and closed above. */
export function wattVar({ settings: s, curves }: DerModel, pDesired: number): number {
  const p = pDesired >= 0 ? pDesired : (pDesired * s.NP_P_MAX) / s.NP_P_MAX_CHARGE
  if (curves.wattVar) return interp(p, curves.wattVar)
  if (p > s.QP_CURVE_P1_LOAD) return generating(s, p)
  if (p <= s.QP_CURVE_P3_LOAD) return s.QP_CURVE_Q3_LOAD
  if (p <= s.QP_CURVE_P2_LOAD)
    return between(p, s.QP_CURVE_P3_LOAD, s.QP_CURVE_P2_LOAD, s.QP_CURVE_Q3_LOAD, s.QP_CURVE_Q2_LOAD)
  return between(p, s.QP_CURVE_P2_LOAD, s.QP_CURVE_P1_LOAD, s.QP_CURVE_Q2_LOAD, s.QP_CURVE_Q1_LOAD)
}

function generating(s: DerSettings, p: number): number {
  if (p <= s.QP_CURVE_P1_GEN)
    return between(p, s.QP_CURVE_P1_LOAD, s.QP_CURVE_P1_GEN, s.QP_CURVE_Q1_LOAD, s.QP_CURVE_Q1_GEN)
  if (p <= s.QP_CURVE_P2_GEN)
    return between(p, s.QP_CURVE_P1_GEN, s.QP_CURVE_P2_GEN, s.QP_CURVE_Q1_GEN, s.QP_CURVE_Q2_GEN)
  if (p <= s.QP_CURVE_P3_GEN)
    return between(p, s.QP_CURVE_P2_GEN, s.QP_CURVE_P3_GEN, s.QP_CURVE_Q2_GEN, s.QP_CURVE_Q3_GEN)
  return s.QP_CURVE_Q3_GEN
}

function between(x: number, x1: number, x2: number, y1: number, y2: number): number {
  return y1 - ((x - x1) / (x2 - x1)) * (y1 - y2)
}
