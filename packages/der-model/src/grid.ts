import { createLag, lag, type Lag } from './blocks.ts'
import type { Columns } from './columns.ts'
import { third } from './input.ts'
import type { Tile } from './tile.ts'

/** What surrounds the devices of a tile (as `DerInput` does one); without angles the phases are 120 degrees apart. */
export type TileInput = Readonly<
  Record<'f' | 'va' | 'vb' | 'vc' | 'pDc' | 'pDem', Float64Array> &
    Partial<Record<'thetaA' | 'thetaB' | 'thetaC', Float64Array>>
>

const root3 = Math.sqrt(3)
/** Not a division by three: the last bit is to be that of the reference, where a voltage stands on a corner of a curve. */
const oneThird = 1 / 3

/** The grid as the functions see it, in per unit (fact sheet, section 4). */
export type Grid = Readonly<{
  lag: Lag
  angles: Angles
  vMeas: Float64Array
  vLow: Float64Array
  vHigh: Float64Array
  posRe: Float64Array
  posIm: Float64Array
  negRe: Float64Array
  negIm: Float64Array
}>

export const createGrid = (columns: Columns): Grid => ({
  lag: createLag(columns),
  angles: anglesOf(0, -third, third),
  vMeas: columns.scratch(),
  vLow: columns.scratch(),
  vHigh: columns.scratch(),
  posRe: columns.scratch(),
  posIm: columns.scratch(),
  negRe: columns.scratch(),
  negIm: columns.scratch(),
})

export function measure(tile: Tile, ts: number): void {
  if (tile.model.settings.NP_PHASE === 'SINGLE') measureOne(tile)
  else measureThree(tile)
  const { grid, n, model } = tile
  const T = model.settings.NP_V_MEAS_DELAY
  for (let i = 0; i < n; i++) grid.vMeas[i] = lag(grid.lag, i, grid.vMeas[i] ?? 0, T, ts)
}

function measureOne({ n, model, grid, input: { va, thetaA } }: Tile): void {
  const { vMeas, vLow, vHigh, posRe, posIm, negRe, negIm, angles } = grid
  const nominal = model.settings.NP_AC_V_NOM
  for (let i = 0; i < n; i++) {
    const v = (va[i] ?? 0) / nominal
    const theta = thetaA?.[i] ?? 0
    if (theta !== angles.a) setAngles(angles, theta, angles.b, angles.c)
    vMeas[i] = v
    vLow[i] = v
    vHigh[i] = v
    posRe[i] = v * angles.aRe
    posIm[i] = v * angles.aIm
    negRe[i] = 0
    negIm[i] = 0
  }
}

function measureThree({ n, model: { settings }, grid, input: { va, vb, vc, thetaA, thetaB, thetaC } }: Tile): void {
  const { vMeas, vLow, vHigh, posRe, posIm, negRe, negIm, angles } = grid
  const nominal = settings.NP_AC_V_NOM
  const mean = settings.NP_V_MEAS_UNBALANCE === 'AVG'
  for (let i = 0; i < n; i++) {
    const alpha = thetaA?.[i] ?? 0
    const beta = thetaB?.[i] ?? -third
    const gamma = thetaC?.[i] ?? third
    if (alpha !== angles.a || beta !== angles.b || gamma !== angles.c) setAngles(angles, alpha, beta, gamma)
    const a = (root3 * (va[i] ?? 0)) / nominal
    const b = (root3 * (vb[i] ?? 0)) / nominal
    const c = (root3 * (vc[i] ?? 0)) / nominal
    const re = (a * angles.aRe + b * angles.bPosRe + c * angles.cPosRe) * oneThird
    const im = (a * angles.aIm + b * angles.bPosIm + c * angles.cPosIm) * oneThird
    posRe[i] = re
    posIm[i] = im
    negRe[i] = (a * angles.aRe + b * angles.bNegRe + c * angles.cNegRe) * oneThird
    negIm[i] = (a * angles.aIm + b * angles.bNegIm + c * angles.cNegIm) * oneThird
    const ab = lineVoltage(a, b, angles.abRe, angles.abIm)
    const bc = lineVoltage(b, c, angles.bcRe, angles.bcIm)
    const ca = lineVoltage(c, a, angles.caRe, angles.caIm)
    vLow[i] = Math.min(a, b, c, ab, bc, ca)
    vHigh[i] = Math.max(a, b, c, ab, bc, ca)
    vMeas[i] = mean ? (a + b + c) / 3 : Math.hypot(re, im)
  }
}

function lineVoltage(from: number, to: number, re: number, im: number): number {
  const x = from - to * re
  const y = to * im
  return Math.sqrt(x * x + y * y) / root3
}

/** Phase angles and what is made of them: they seldom change, so the last ones are kept. */
type Angles = ReturnType<typeof anglesOf>

function anglesOf(a: number, b: number, c: number) {
  return {
    a,
    b,
    c,
    aRe: Math.cos(a),
    aIm: Math.sin(a),
    bPosRe: Math.cos(third + b),
    bPosIm: Math.sin(third + b),
    cPosRe: Math.cos(-third + c),
    cPosIm: Math.sin(-third + c),
    bNegRe: Math.cos(-third + b),
    bNegIm: Math.sin(-third + b),
    cNegRe: Math.cos(third + c),
    cNegIm: Math.sin(third + c),
    abRe: Math.cos(b - a),
    abIm: Math.sin(b - a),
    bcRe: Math.cos(c - b),
    bcIm: Math.sin(c - b),
    caRe: Math.cos(a - c),
    caIm: Math.sin(a - c),
  }
}

function setAngles(angles: Angles, a: number, b: number, c: number): void {
  Object.assign(angles, anglesOf(a, b, c))
}
