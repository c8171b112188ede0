import {
  createLag,
  createOnDelay,
  createRamp,
  lag,
  type Lag,
  onDelay,
  type OnDelay,
  ramp,
  type Ramp,
  setLag,
} from './blocks.ts'
import type { PowerPair } from './capability.ts'
import type { Grid } from './grid.ts'
import type { DerSettings } from './settings.ts'
import { Status } from './status.ts'

const Control = { normal: 0, dvs: 1, cease: 2, trip: 3 } as const
type Control = (typeof Control)[keyof typeof Control]
export const controlNames = ['Normal Operation', 'Dynamic Voltage Support', 'Cease to Energize', 'Trip'] as const

export type Currents = {
  control: Control
  recover: OnDelay
  ceaseDelay: OnDelay
  momentaryDelay: OnDelay
  activeRamp: Ramp
  posRe: Lag
  posIm: Lag
  negRe: Lag
  negIm: Lag
  iPosRe: number
  iPosIm: number
  iNegRe: number
  iNegIm: number
}

export const createCurrents = (): Currents => ({
  control: Control.normal,
  recover: createOnDelay(),
  ceaseDelay: createOnDelay(),
  momentaryDelay: createOnDelay(),
  activeRamp: createRamp(),
  posRe: createLag(),
  posIm: createLag(),
  negRe: createLag(),
  negIm: createLag(),
  iPosRe: 0,
  iPosIm: 0,
  iNegRe: 0,
  iNegIm: 0,
})

/** Ride-through control and the sequence currents, pu of rating and nominal voltage (fact sheet, section 10). */
export function updateCurrents(
  s: DerSettings,
  c: Currents,
  status: Status,
  grid: Grid,
  power: PowerPair,
  ts: number,
): void {
  c.control = nextControl(s, c, status, ts)
  if (c.control === Control.trip) return hold(c, 0, 0, 0, 0)
  if (c.control === Control.cease) return cease(s, c, grid)
  deliver(s, c, grid, power, ts)
}

/** Positive-sequence power that the currents carry, in W and var. */
export function powerOf(s: DerSettings, { iPosRe, iPosIm }: Currents, grid: Grid, out: PowerPair): void {
  out.p = (iPosRe * grid.posRe + iPosIm * grid.posIm) * s.NP_VA_MAX
  out.q = -(iPosIm * grid.posRe - iPosRe * grid.posIm) * s.NP_VA_MAX
}

function nextControl(s: DerSettings, c: Currents, status: Status, ts: number): Control {
  let control = status === Status.trip ? Control.trip : c.control
  const runs = status !== Status.momentary && status !== Status.cease
  if (onDelay(c.recover, runs, s.MC_RETURN_T, ts)) control = recovered(s, status, control)
  if (onDelay(c.ceaseDelay, status === Status.cease, s.NP_CTE_RESP_T, ts)) control = Control.cease
  if (onDelay(c.momentaryDelay, status === Status.momentary, s.MC_RESP_T, ts)) control = Control.cease
  return control
}

function recovered(s: DerSettings, status: Status, control: Control): Control {
  if (status === Status.trip) return control
  const abnormal = status === Status.mandatory || status === Status.permissive
  return abnormal && s.DVS_MODE_ENABLE ? Control.dvs : Control.normal
}

/** Sets the currents and empties the memories, so that they start from nothing when they flow again. */
function hold(c: Currents, posRe: number, posIm: number, negRe: number, negIm: number): void {
  c.activeRamp.y = 0
  for (const block of [c.posRe, c.posIm, c.negRe, c.negIm]) setLag(block, 0)
  c.iPosRe = posRe
  c.iPosIm = posIm
  c.iNegRe = negRe
  c.iNegIm = negIm
}

function cease(s: DerSettings, c: Currents, grid: Grid): void {
  const b = (s.NP_AC_V_NOM * s.NP_REACTIVE_SUSCEPTANCE) / (s.NP_VA_MAX / s.NP_AC_V_NOM)
  hold(c, grid.posIm * b, -grid.posRe * b, grid.negIm * b, -grid.negRe * b)
}

function deliver(s: DerSettings, c: Currents, grid: Grid, power: PowerPair, ts: number): void {
  const v = Math.hypot(grid.posRe, grid.posIm)
  const angle = Math.atan2(grid.posIm, grid.posRe)
  const k = c.control === Control.dvs ? s.DVS_K : 0
  const wanted = {
    d: power.p / s.NP_VA_MAX / Math.max(v, 1e-4),
    q: -power.q / s.NP_VA_MAX / Math.max(v, 1e-4) + (v - 1) * k,
    nRe: -k * grid.negIm,
    nIm: k * grid.negRe,
  }
  limitCurrent(s.NP_CURRENT_PU, wanted, angle)
  const T = s.NP_RT_RAMP_UP_TIME
  const d = c.activeRamp.y >= 0 ? ramp(c.activeRamp, wanted.d, T, 0, ts) : ramp(c.activeRamp, wanted.d, 0, T, ts)
  c.iPosRe = lag(c.posRe, d * Math.cos(angle) - wanted.q * Math.sin(angle), s.NP_INV_DELAY, ts)
  c.iPosIm = lag(c.posIm, d * Math.sin(angle) + wanted.q * Math.cos(angle), s.NP_INV_DELAY, ts)
  c.iNegRe = lag(c.negRe, wanted.nRe, s.NP_INV_DELAY, ts)
  c.iNegIm = lag(c.negIm, wanted.nIm, s.NP_INV_DELAY, ts)
}

type Wanted = { d: number; q: number; nRe: number; nIm: number }

/** Reactive current first: active current takes what the limit leaves, found by the reference's search. */
function limitCurrent(limit: number, wanted: Wanted, angle: number): void {
  const { d } = wanted
  if (largestPhase(wanted, d, angle) <= limit) return
  const reactive = largestPhase(wanted, 0, angle)
  if (reactive > limit) {
    const scale = limit / reactive
    wanted.d = 0
    wanted.q *= scale
    wanted.nRe *= scale
    wanted.nIm *= scale
    return
  }
  wanted.d = d * searchScale(limit, (scale) => largestPhase(wanted, d * scale, angle))
}

function searchScale(limit: number, currentAt: (scale: number) => number): number {
  let scale = 0
  let current = currentAt(0)
  for (let step = 0.1; step > 1e-5; step **= 2) {
    while (current < limit) {
      scale += step
      current = currentAt(scale)
      if (scale > 1) break
    }
    scale -= step
    current = currentAt(scale)
  }
  return scale
}

function largestPhase({ q, nRe, nIm }: Wanted, d: number, angle: number): number {
  const pRe = d * Math.cos(angle) - q * Math.sin(angle)
  const pIm = d * Math.sin(angle) + q * Math.cos(angle)
  const half = Math.sqrt(3) / 2
  // a = p + n, b = α²p + αn, c = αp + α²n
  const a = Math.hypot(pRe + nRe, pIm + nIm)
  const sumRe = -(pRe + nRe) / 2
  const sumIm = -(pIm + nIm) / 2
  const crossRe = half * (pIm - nIm)
  const crossIm = half * (pRe - nRe)
  return Math.max(a, Math.hypot(sumRe + crossRe, sumIm - crossIm), Math.hypot(sumRe - crossRe, sumIm + crossIm))
}
