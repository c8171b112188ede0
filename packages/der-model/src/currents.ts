import { createLag, createOnDelay, lag, type Lag, onDelay, type OnDelay, ramp, setLag } from './blocks.ts'
import type { Columns } from './columns.ts'
import { limitCurrent, type Wanted } from './current-limit.ts'
import type { DerSettings } from './settings.ts'
import { Status } from './status.ts'
import type { Tile } from './tile.ts'

const Control = { normal: 0, dvs: 1, cease: 2, trip: 3 } as const
export const controlNames = ['Normal Operation', 'Dynamic Voltage Support', 'Cease to Energize', 'Trip'] as const

export type Currents = Readonly<{
  control: Int8Array
  recover: OnDelay
  ceaseDelay: OnDelay
  momentaryDelay: OnDelay
  activeRamp: Float64Array
  /** Whether active current flowed inwards when it last flowed. */
  inwards: Uint8Array
  posRe: Lag
  posIm: Lag
  negRe: Lag
  negIm: Lag
  iPosRe: Float64Array
  iPosIm: Float64Array
  iNegRe: Float64Array
  iNegIm: Float64Array
  wanted: Wanted
}>

export const createCurrents = (columns: Columns, elapsed: number): Currents => ({
  control: columns.codes(Control.normal),
  recover: createOnDelay(columns, elapsed),
  ceaseDelay: createOnDelay(columns, elapsed),
  momentaryDelay: createOnDelay(columns, elapsed),
  activeRamp: columns.kept(Number.NaN),
  inwards: columns.flags(),
  posRe: createLag(columns),
  posIm: createLag(columns),
  negRe: createLag(columns),
  negIm: createLag(columns),
  iPosRe: columns.scratch(),
  iPosIm: columns.scratch(),
  iNegRe: columns.scratch(),
  iNegIm: columns.scratch(),
  wanted: { d: 0, q: 0, nRe: 0, nIm: 0 },
})

/** Ride-through control (fact sheet, section 10). */
export function updateControl({ n, model: { settings: s }, service: { status }, currents: c }: Tile, ts: number): void {
  for (let i = 0; i < n; i++) {
    const now = status[i]
    let control = now === Status.trip ? Control.trip : (c.control[i] ?? 0)
    const runs = now !== Status.momentary && now !== Status.cease
    const recovers = onDelay(c.recover, i, runs, s.MC_RETURN_T, ts)
    if (recovers && now !== Status.trip) control = recovered(s, now)
    if (onDelay(c.ceaseDelay, i, now === Status.cease, s.NP_CTE_RESP_T, ts)) control = Control.cease
    if (onDelay(c.momentaryDelay, i, now === Status.momentary, s.MC_RESP_T, ts)) control = Control.cease
    c.control[i] = control
  }
}

function recovered(s: DerSettings, status: number | undefined): number {
  const isAbnormal = status === Status.mandatory || status === Status.permissive
  return isAbnormal && s.DVS_MODE_ENABLE ? Control.dvs : Control.normal
}

/** The sequence currents, pu of rating and nominal voltage, and the positive-sequence power they carry, in W and var. */
export function updateCurrents(tile: Tile, ts: number): void {
  const { n, model, grid, currents, out } = tile
  const { control, iPosRe, iPosIm } = currents
  const rating = model.settings.NP_VA_MAX
  for (let i = 0; i < n; i++) {
    if (control[i] === Control.trip) hold(currents, i, 0, 0, 0, 0)
    else if (control[i] === Control.cease) cease(tile, i)
    else deliver(tile, i, ts)
    const posRe = grid.posRe[i] ?? 0
    const posIm = grid.posIm[i] ?? 0
    const re = iPosRe[i] ?? 0
    const im = iPosIm[i] ?? 0
    out.p[i] = (re * posRe + im * posIm) * rating
    out.q[i] = (re * posIm - im * posRe) * rating
  }
}

/** Sets the currents and empties the memories, so that they start from nothing when they flow again. */
function hold(c: Currents, i: number, posRe: number, posIm: number, negRe: number, negIm: number): void {
  c.activeRamp[i] = 0
  setLag(c.posRe, i, 0)
  setLag(c.posIm, i, 0)
  setLag(c.negRe, i, 0)
  setLag(c.negIm, i, 0)
  c.iPosRe[i] = posRe
  c.iPosIm[i] = posIm
  c.iNegRe[i] = negRe
  c.iNegIm[i] = negIm
}

function cease({ model: { settings: s }, currents, grid }: Tile, i: number): void {
  const b = (s.NP_AC_V_NOM * s.NP_REACTIVE_SUSCEPTANCE) / (s.NP_VA_MAX / s.NP_AC_V_NOM)
  const { posRe, posIm, negRe, negIm } = grid
  hold(currents, i, (posIm[i] ?? 0) * b, -(posRe[i] ?? 0) * b, (negIm[i] ?? 0) * b, -(negRe[i] ?? 0) * b)
}

function deliver({ model: { settings: s }, currents: c, grid, limited }: Tile, i: number, ts: number): void {
  const posRe = grid.posRe[i] ?? 0
  const posIm = grid.posIm[i] ?? 0
  const v = Math.sqrt(posRe * posRe + posIm * posIm)
  const cos = v > 0 ? posRe / v : 1
  const sin = v > 0 ? posIm / v : 0
  const k = c.control[i] === Control.dvs ? s.DVS_K : 0
  const { wanted } = c
  const least = Math.max(v, 1e-4)
  wanted.d = (limited.p[i] ?? 0) / s.NP_VA_MAX / least
  wanted.q = -(limited.q[i] ?? 0) / s.NP_VA_MAX / least + (v - 1) * k
  wanted.nRe = -k * (grid.negIm[i] ?? 0)
  wanted.nIm = k * (grid.negRe[i] ?? 0)
  const isLarge = Math.sqrt(wanted.d * wanted.d + wanted.q * wanted.q) > s.NP_CURRENT_PU
  if (k !== 0 || isLarge) limitCurrent(s.NP_CURRENT_PU, wanted, cos, sin)
  const T = s.NP_RT_RAMP_UP_TIME
  const inwards = c.inwards[i] === 1
  const d = ramp(c.activeRamp, i, wanted.d, inwards ? 0 : T, inwards ? T : 0, ts)
  c.inwards[i] = d < 0 ? 1 : 0
  c.iPosRe[i] = lag(c.posRe, i, d * cos - wanted.q * sin, s.NP_INV_DELAY, ts)
  c.iPosIm[i] = lag(c.posIm, i, d * sin + wanted.q * cos, s.NP_INV_DELAY, ts)
  c.iNegRe[i] = lag(c.negRe, i, wanted.nRe, s.NP_INV_DELAY, ts)
  c.iNegIm[i] = lag(c.negIm, i, wanted.nIm, s.NP_INV_DELAY, ts)
}
