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
import type { Battery } from './battery.ts'
import type { DerSettings } from './settings.ts'

export type Active = {
  ap: number
  pv: number
  pf: number
  pes: number
  desired: number
  limitRamp: Ramp
  limitDelay: Delay
  voltWattLag: Lag
  voltWattDelay: Delay
  droop: Droop
  enterRamp: Ramp
}

type Droop = {
  lag: Lag
  delay: Delay
  started: boolean
  uf: boolean
  of: boolean
  ufActive: boolean
  ofActive: boolean
  /** Power before the disturbance, pu. */
  pre: number
}

export const createActive = (): Active => ({
  ap: 1,
  pv: 1,
  pf: 0,
  pes: 1.1,
  desired: 0,
  limitRamp: createRamp(),
  limitDelay: createDelay(),
  voltWattLag: createLag(),
  voltWattDelay: createDelay(),
  droop: {
    lag: createLag(),
    delay: createDelay(),
    started: false,
    uf: false,
    of: false,
    ufActive: false,
    ofActive: false,
    pre: 0,
  },
  enterRamp: createRamp(),
})

export type ActiveInput = Readonly<{
  f: number
  vMeas: number
  pAvl: number
  pDem: number
  battery: Battery
  entering: boolean
  /** Output of the step before, W; undefined in the very first step. */
  previousW: number | undefined
  ts: number
}>

/** The active power functions in their order, and the power they leave (fact sheet, section 7). */
export function updateActive(settings: DerSettings, active: Active, input: ActiveInput): void {
  active.ap = limit(settings, active, input.ts)
  active.pv = voltWatt(settings, active, input.vMeas, input.ts)
  active.pf = freqDroop(settings, active, input)
  active.pes = ramp(active.enterRamp, 1.1, settings.ES_RAMP_RATE, 0, input.ts)
  active.desired =
    settings.KIND === 'PV' ? desiredPv(settings, active, input.pAvl) : desiredBess(settings, active, input)
}

export function tripActive(active: Active, ts: number): void {
  active.ap = delay(active.limitDelay, ramp(active.limitRamp, 1, 0, 0, ts), 0, ts)
  active.pv = delay(active.voltWattDelay, lag(active.voltWattLag, 1, 0, ts), 0, ts)
  setLag(active.droop.lag, 0)
  active.pf = delay(active.droop.delay, 0, 0, ts)
  active.pes = ramp(active.enterRamp, 0, 0, 0, ts)
  active.desired = 0
}

function limit(s: DerSettings, { limitRamp, limitDelay }: Active, ts: number): number {
  if (!s.AP_LIMIT_ENABLE) return delay(limitDelay, ramp(limitRamp, 1, 0, 0, ts), 0, ts)
  const L = s.AP_LIMIT > 0 ? s.AP_LIMIT : (s.AP_LIMIT * s.NP_P_MAX_CHARGE) / s.NP_P_MAX
  const T = s.AP_RT - s.NP_REACT_TIME
  return delay(limitDelay, ramp(limitRamp, L, T, T, ts), s.NP_REACT_TIME, ts)
}

function voltWatt(s: DerSettings, { voltWattLag, voltWattDelay }: Active, vMeas: number, ts: number): number {
  if (!s.PV_MODE_ENABLE) return delay(voltWattDelay, lag(voltWattLag, 1, 0, ts), 0, ts)
  const watts = voltWattCurve(s, vMeas) / s.NP_P_MAX
  return delay(voltWattDelay, lag(voltWattLag, watts, s.PV_OLRT - s.NP_REACT_TIME, ts), s.NP_REACT_TIME, ts)
}

function voltWattCurve(s: DerSettings, v: number): number {
  if (s.PV_CURVE) return interp(v, s.PV_CURVE.x, s.PV_CURVE.y) * s.NP_P_MAX
  const p1 = s.PV_CURVE_P1 * s.NP_P_MAX
  const p2 = s.PV_CURVE_P2 * (s.PV_CURVE_P2 > 0 ? s.NP_P_MAX : s.NP_P_MAX_CHARGE)
  if (v <= s.PV_CURVE_V1) return p1
  if (v >= s.PV_CURVE_V2) return p2
  return p1 - ((v - s.PV_CURVE_V1) / (s.PV_CURVE_V2 - s.PV_CURVE_V1)) * (p1 - p2)
}

function freqDroop(s: DerSettings, active: Active, input: ActiveInput): number {
  const { droop, ap, pv } = active
  const { f, pAvl, pDem, entering, ts } = input
  const base = s.KIND === 'PV' ? pAvl : pDem
  const uf = s.PF_MODE_ENABLE && f < 60 - s.PF_DBUF
  const of = s.PF_MODE_ENABLE && f > 60 + s.PF_DBOF
  const unlimited = Math.min(base, ap, pv)
  // R4: a device that begins by entering service has delivered nothing before
  const previous = input.previousW === undefined ? (entering ? 0 : unlimited) : input.previousW / s.NP_P_MAX
  if (!droop.started) Object.assign(droop, { started: true, uf, of, pre: unlimited })
  const holds = (uf && droop.uf) || (of && droop.of)
  if (!holds) droop.pre = previous

  let ref = Math.min(entering ? previous : base, ap, pv)
  if (of) ref = Math.max(droop.pre - (f - (60 + s.PF_DBOF)) / (60 * s.PF_KOF), s.NP_P_MIN_PU)
  else if (uf) ref = Math.min(droop.pre + (60 - s.PF_DBUF - f) / (60 * s.PF_KUF), pAvl)
  const T = uf || of || droop.ufActive || droop.ofActive ? s.PF_OLRT : 0
  const pf = delay(droop.delay, lag(droop.lag, ref, T - s.NP_REACT_TIME, ts), s.NP_REACT_TIME, ts)

  const settled = Math.abs(pf - ref) < 1e-3
  droop.ufActive = flipFlop(droop.ufActive, uf, !uf && settled)
  droop.ofActive = flipFlop(droop.ofActive, of, !of && settled)
  droop.uf = uf
  droop.of = of
  if (s.PF_MODE_ENABLE) return pf
  setLag(droop.lag, 0) // R5: disabled while active, the output stays 0 until the flags fall
  return 0
}

function desiredPv(s: DerSettings, { ap, pv, pf, pes, droop }: Active, pAvl: number): number {
  if (droop.ufActive || droop.ofActive) return Math.min(pAvl, 1, pf, s.PV_MODE_ENABLE ? pv : 1)
  if (s.AP_LIMIT_ENABLE && s.PV_MODE_ENABLE) return Math.min(pAvl, 1, ap, pv)
  if (s.AP_LIMIT_ENABLE) return Math.min(pAvl, 1, pes, ap)
  return Math.min(pAvl, 1, pes, s.PV_MODE_ENABLE ? pv : 1)
}

function desiredBess(s: DerSettings, active: Active, { pDem, battery }: ActiveInput): number {
  const wanted = Math.min(wantedBess(s, active, pDem, battery.pDemR), battery.pDisMax)
  // R7: the limit by state of charge is in per unit of the discharge rating
  return Math.max(-battery.pChMax, -s.NP_P_MAX_CHARGE / s.NP_P_MAX, wanted)
}

function wantedBess(s: DerSettings, { ap, pv, pf, pes, droop }: Active, pDem: number, pDemR: number): number {
  if (droop.ufActive || droop.ofActive) {
    if (!s.PV_MODE_ENABLE) return Math.min(pf, 1)
    return Math.min(pv, pf, 1, droop.ufActive ? 1 : pDem)
  }
  if (s.AP_LIMIT_ENABLE && s.PV_MODE_ENABLE) return Math.min(ap, pv, 1)
  const entering = Math.min(Math.max(pDemR, -pes), pes)
  if (s.AP_LIMIT_ENABLE) return Math.min(entering, ap, 1)
  return Math.min(entering, s.PV_MODE_ENABLE ? pv : 1, 1)
}
