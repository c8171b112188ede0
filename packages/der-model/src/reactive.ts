import {
  createDelay,
  createLag,
  createRamp,
  delay,
  type Delay,
  flipFlop,
  interp,
  lag,
  type Lag,
  ramp,
  type Ramp,
  setLag,
} from './blocks.ts'
import type { DerSettings } from './settings.ts'

/** One reactive function: its open-loop response, its reaction time and its output, pu of NP_VA_MAX. */
type Response = { lag: Lag; delay: Delay; q: number }

export type Reactive = {
  constPf: Response
  constQ: Response
  voltVar: Response
  wattVar: Response
  vRef: Lag
  transition: Ramp
  inTransition: boolean
  /** The enables of the last step outside Trip, as bits; -1 before the first. */
  enables: number
  desired: number
}

const createResponse = (): Response => ({ lag: createLag(), delay: createDelay(), q: 0 })

export const createReactive = (): Reactive => ({
  constPf: createResponse(),
  constQ: createResponse(),
  voltVar: createResponse(),
  wattVar: createResponse(),
  vRef: createLag(),
  transition: createRamp(),
  inTransition: false,
  enables: -1,
  desired: 0,
})

/** The four reactive functions, which all run whether enabled or not, and the transition between them (section 8). */
export function updateReactive(s: DerSettings, reactive: Reactive, vMeas: number, pDesired: number, ts: number): void {
  respond(s, reactive.constPf, constantPf(s, pDesired), s.CONST_PF_RT, ts)
  respond(s, reactive.constQ, s.CONST_Q, s.CONST_Q_RT, ts)
  respond(s, reactive.voltVar, voltVar(s, reactive, vMeas, ts), s.QV_OLRT, ts)
  respond(s, reactive.wattVar, wattVar(s, pDesired), s.QP_RT, ts)
  reactive.desired = transition(s, reactive, ts)
}

export function tripReactive(s: DerSettings, reactive: Reactive, vMeas: number, ts: number): void {
  for (const response of [reactive.constPf, reactive.voltVar, reactive.wattVar]) {
    response.q = delay(response.delay, lag(response.lag, 0, 0, ts), 0, ts)
  }
  respond(s, reactive.constQ, s.CONST_Q, s.CONST_Q_RT, ts) // R10: constant Q keeps running
  setLag(reactive.vRef, vMeas)
  ramp(reactive.transition, 0, 0, 0, ts)
  reactive.inTransition = false
  reactive.desired = 0
}

function respond(s: DerSettings, response: Response, q: number, T: number, ts: number): void {
  response.q = delay(response.delay, lag(response.lag, q, T - s.NP_REACT_TIME, ts), s.NP_REACT_TIME, ts)
}

function constantPf(s: DerSettings, p: number): number {
  const sign = s.CONST_PF_EXCITATION === 'INJ' ? 1 : -1
  return (sign * p * s.NP_P_MAX * (Math.sqrt(1 - s.CONST_PF ** 2) / s.CONST_PF)) / s.NP_VA_MAX
}

function voltVar(s: DerSettings, reactive: Reactive, v: number, ts: number): number {
  const followed = lag(reactive.vRef, v, 2.3 * s.QV_VREF_TIME, ts)
  const vRef = s.QV_VREF_AUTO_MODE ? Math.min(Math.max(followed, s.QV_VREF_MIN), s.QV_VREF_MAX) : s.QV_VREF
  if (s.QV_CURVE) return interp(v - vRef + 1, s.QV_CURVE.x, s.QV_CURVE.y)
  const v1 = s.QV_CURVE_V1 + vRef - 1
  const v2 = s.QV_CURVE_V2 + vRef - 1
  const v3 = s.QV_CURVE_V3 + vRef - 1
  const v4 = s.QV_CURVE_V4 + vRef - 1
  if (v < v1) return s.QV_CURVE_Q1
  if (v < v2) return between(v, v1, v2, s.QV_CURVE_Q1, s.QV_CURVE_Q2)
  if (v < v3) return between(v, v2, v3, s.QV_CURVE_Q2, s.QV_CURVE_Q3)
  if (v < v4) return between(v, v3, v4, s.QV_CURVE_Q3, s.QV_CURVE_Q4)
  return s.QV_CURVE_Q4
}

function wattVar(s: DerSettings, pDesired: number): number {
  const p = pDesired >= 0 ? pDesired : (pDesired * s.NP_P_MAX) / s.NP_P_MAX_CHARGE
  if (s.QP_CURVE) return interp(p, s.QP_CURVE.x, s.QP_CURVE.y)
  if (p <= s.QP_CURVE_P3_LOAD) return s.QP_CURVE_Q3_LOAD
  if (p <= s.QP_CURVE_P2_LOAD)
    return between(p, s.QP_CURVE_P3_LOAD, s.QP_CURVE_P2_LOAD, s.QP_CURVE_Q3_LOAD, s.QP_CURVE_Q2_LOAD)
  if (p <= s.QP_CURVE_P1_LOAD)
    return between(p, s.QP_CURVE_P2_LOAD, s.QP_CURVE_P1_LOAD, s.QP_CURVE_Q2_LOAD, s.QP_CURVE_Q1_LOAD)
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

function transition(s: DerSettings, reactive: Reactive, ts: number): number {
  const q = reference(s, reactive)
  const enables = enablesOf(s)
  const changed = enables !== reactive.enables
  reactive.enables = enables
  const T = s.NP_MODE_TRANSITION_TIME
  const ramped =
    changed || reactive.inTransition
      ? ramp(reactive.transition, q, T, T, ts)
      : ramp(reactive.transition, q / s.NP_VA_MAX, 0, 0, ts) // R3: the next transition starts near zero
  reactive.inTransition = flipFlop(reactive.inTransition, changed, q === ramped)
  return reactive.inTransition ? ramped : q
}

function reference(s: DerSettings, reactive: Reactive): number {
  if (s.CONST_PF_MODE_ENABLE) return reactive.constPf.q
  if (s.QV_MODE_ENABLE) return reactive.voltVar.q
  if (s.QP_MODE_ENABLE) return reactive.wattVar.q
  return s.CONST_Q_MODE_ENABLE ? reactive.constQ.q : 0
}

function enablesOf(s: DerSettings): number {
  return (
    (s.CONST_PF_MODE_ENABLE ? 1 : 0) |
    (s.QV_MODE_ENABLE ? 2 : 0) |
    (s.QP_MODE_ENABLE ? 4 : 0) |
    (s.CONST_Q_MODE_ENABLE ? 8 : 0)
  )
}
