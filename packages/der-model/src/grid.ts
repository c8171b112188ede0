import { createLag, lag, type Lag } from './blocks.ts'
import type { DerSettings } from './settings.ts'

/** What surrounds the device in one step; single-phase devices read `va` and `thetaA` alone. Volts are line to neutral. */
export type DerInput = {
  f: number
  va: number
  vb: number
  vc: number
  thetaA: number
  thetaB: number
  thetaC: number
  /** Available DC power of a PV, W. */
  pDc: number
  /** Demanded power of a battery, W. */
  pDem: number
}

const third = (2 * Math.PI) / 3

/** A balanced three-phase or a single-phase grid at a voltage in per unit. */
export function gridAt(settings: DerSettings, volts: number, f: number): DerInput {
  const base = settings.NP_PHASE === 'THREE' ? settings.NP_AC_V_NOM / Math.sqrt(3) : settings.NP_AC_V_NOM
  const v = volts * base
  return { f, va: v, vb: v, vc: v, thetaA: 0, thetaB: -third, thetaC: third, pDc: 0, pDem: 0 }
}

/** The grid as the functions see it, in per unit (fact sheet, section 4). */
export type Grid = {
  lag: Lag
  vMeas: number
  vLow: number
  vHigh: number
  posRe: number
  posIm: number
  negRe: number
  negIm: number
}

export const createGrid = (): Grid => ({
  lag: createLag(),
  vMeas: 1,
  vLow: 1,
  vHigh: 1,
  posRe: 1,
  posIm: 0,
  negRe: 0,
  negIm: 0,
})

export function measure(settings: DerSettings, grid: Grid, input: DerInput, ts: number): void {
  if (settings.NP_PHASE === 'SINGLE') measureOne(settings, grid, input)
  else measureThree(settings, grid, input)
  grid.vMeas = lag(grid.lag, grid.vMeas, settings.NP_V_MEAS_DELAY, ts)
}

function measureOne({ NP_AC_V_NOM }: DerSettings, grid: Grid, { va, thetaA }: DerInput): void {
  const v = va / NP_AC_V_NOM
  grid.vMeas = v
  grid.vLow = v
  grid.vHigh = v
  grid.posRe = v * Math.cos(thetaA)
  grid.posIm = v * Math.sin(thetaA)
  grid.negRe = 0
  grid.negIm = 0
}

function measureThree(settings: DerSettings, grid: Grid, input: DerInput): void {
  const { thetaA, thetaB, thetaC } = input
  const a = (Math.sqrt(3) * input.va) / settings.NP_AC_V_NOM
  const b = (Math.sqrt(3) * input.vb) / settings.NP_AC_V_NOM
  const c = (Math.sqrt(3) * input.vc) / settings.NP_AC_V_NOM
  grid.posRe = (a * Math.cos(thetaA) + b * Math.cos(third + thetaB) + c * Math.cos(-third + thetaC)) / 3
  grid.posIm = (a * Math.sin(thetaA) + b * Math.sin(third + thetaB) + c * Math.sin(-third + thetaC)) / 3
  grid.negRe = (a * Math.cos(thetaA) + b * Math.cos(-third + thetaB) + c * Math.cos(third + thetaC)) / 3
  grid.negIm = (a * Math.sin(thetaA) + b * Math.sin(-third + thetaB) + c * Math.sin(third + thetaC)) / 3
  const ab = lineVoltage(a, b, thetaB - thetaA)
  const bc = lineVoltage(b, c, thetaC - thetaB)
  const ca = lineVoltage(c, a, thetaA - thetaC)
  grid.vLow = Math.min(a, b, c, ab, bc, ca)
  grid.vHigh = Math.max(a, b, c, ab, bc, ca)
  const mean = (a + b + c) / 3
  grid.vMeas = settings.NP_V_MEAS_UNBALANCE === 'AVG' ? mean : Math.hypot(grid.posRe, grid.posIm)
}

function lineVoltage(from: number, to: number, angle: number): number {
  return Math.hypot(from - to * Math.cos(angle), to * Math.sin(angle)) / Math.sqrt(3)
}
