import { createLag, flipFlop, lag, type Lag, ramp, setLag } from './blocks.ts'
import type { Columns } from './columns.ts'
import { createDelay, delay, type Delay, lineOf } from './delay.ts'
import { constantPf, voltVar, wattVar } from './reactive-curves.ts'
import type { DerSettings } from './settings.ts'
import { Status } from './status.ts'
import type { Tile } from './tile.ts'

/** One reactive function: its open-loop response, its reaction time and its output, pu of NP_VA_MAX. */
export type Response = Readonly<{ lag: Lag; delay: Delay; q: Float64Array }>

export type Reactive = Readonly<{
  constPf: Response
  constQ: Response
  voltVar: Response
  wattVar: Response
  vRef: Lag
  transition: Float64Array
  inTransition: Uint8Array
  /** The enables of the last step outside Trip, as bits; -1 before the first. */
  enables: Int8Array
  desired: Float64Array
}>

const createResponse = (columns: Columns): Response => ({
  lag: createLag(columns),
  delay: createDelay(),
  q: columns.kept(Number.NaN),
})

export const createReactive = (columns: Columns): Reactive => ({
  constPf: createResponse(columns),
  constQ: createResponse(columns),
  voltVar: createResponse(columns),
  wattVar: createResponse(columns),
  vRef: createLag(columns),
  transition: columns.kept(Number.NaN),
  inTransition: columns.flags(),
  enables: columns.codes(-1),
  desired: columns.scratch(),
})

/** The four reactive functions, which all run whether enabled or not, and the transition between them (section 8). */
export function updateReactive(tile: Tile, ts: number): void {
  updateConstantPf(tile, ts)
  updateConstantQ(tile, ts)
  updateVoltVar(tile, ts)
  updateWattVar(tile, ts)
  updateTransition(tile, ts)
}

function updateConstantPf(
  { n, model: { settings: s }, service: { status }, reactive, active: { desired } }: Tile,
  ts: number,
): void {
  const { lag: memory, delay: block, q } = reactive.constPf
  const RT = s.NP_REACT_TIME
  const T = s.CONST_PF_RT - RT
  const ratio = constantPf(s)
  const line = lineOf(block, q, RT, ts)
  for (let i = 0; i < n; i++) {
    const runs = status[i] !== Status.trip
    const want = ((desired[i] ?? 0) * s.NP_P_MAX * ratio) / s.NP_VA_MAX
    const y = runs ? lag(memory, i, want, T, ts) : setLag(memory, i, 0)
    q[i] = line ? delay(line, i, y, runs ? RT : 0, ts) : y
  }
}

function updateConstantQ({ n, model: { settings: s }, service: { status }, reactive }: Tile, ts: number): void {
  const { lag: memory, delay: block, q } = reactive.constQ
  const RT = s.NP_REACT_TIME
  const T = s.CONST_Q_RT - RT
  const line = lineOf(block, q, RT, ts)
  for (let i = 0; i < n; i++) {
    const runs = !s.strict1547 || status[i] !== Status.trip // R10: in the reference it runs through a trip
    const y = runs ? lag(memory, i, s.CONST_Q, T, ts) : setLag(memory, i, 0)
    q[i] = line ? delay(line, i, y, runs ? RT : 0, ts) : y
  }
}

function updateVoltVar({ n, model, service: { status }, grid: { vMeas }, reactive }: Tile, ts: number): void {
  const { lag: memory, delay: block, q } = reactive.voltVar
  const s = model.settings
  const RT = s.NP_REACT_TIME
  const T = s.QV_OLRT - RT
  const line = lineOf(block, q, RT, ts)
  for (let i = 0; i < n; i++) {
    const v = vMeas[i] ?? 0
    const runs = status[i] !== Status.trip
    const followed = runs ? lag(reactive.vRef, i, v, 2.3 * s.QV_VREF_TIME, ts) : setLag(reactive.vRef, i, v)
    const y = runs ? lag(memory, i, voltVar(model, v, followed), T, ts) : setLag(memory, i, 0)
    q[i] = line ? delay(line, i, y, runs ? RT : 0, ts) : y
  }
}

function updateWattVar({ n, model, service: { status }, reactive, active: { desired } }: Tile, ts: number): void {
  const { lag: memory, delay: block, q } = reactive.wattVar
  const s = model.settings
  const RT = s.NP_REACT_TIME
  const T = s.QP_RT - RT
  const line = lineOf(block, q, RT, ts)
  for (let i = 0; i < n; i++) {
    const runs = status[i] !== Status.trip
    const y = runs ? lag(memory, i, wattVar(model, desired[i] ?? 0), T, ts) : setLag(memory, i, 0)
    q[i] = line ? delay(line, i, y, runs ? RT : 0, ts) : y
  }
}

function updateTransition({ n, model: { settings: s }, service: { status }, reactive }: Tile, ts: number): void {
  const { transition, inTransition, enables, desired } = reactive
  const output = outputOf(s, reactive)
  const now = enablesOf(s)
  const T = s.NP_MODE_TRANSITION_TIME
  const atRest = s.strict1547 ? 1 : s.NP_VA_MAX // R3: in the reference the next transition starts near zero
  for (let i = 0; i < n; i++) {
    if (status[i] === Status.trip) {
      transition[i] = 0
      inTransition[i] = 0
      desired[i] = 0
      continue
    }
    const q = output?.[i] ?? 0
    const changed = enables[i] !== now
    enables[i] = now
    const moves = changed || inTransition[i] === 1
    const ramped = moves ? ramp(transition, i, q, T, T, ts) : ramp(transition, i, q / atRest, 0, 0, ts)
    const stillMoves = flipFlop(inTransition[i] === 1, changed, q === ramped)
    inTransition[i] = stillMoves ? 1 : 0
    desired[i] = stillMoves ? ramped : q
  }
}

function outputOf(s: DerSettings, reactive: Reactive): Float64Array | undefined {
  if (s.CONST_PF_MODE_ENABLE) return reactive.constPf.q
  if (s.QV_MODE_ENABLE) return reactive.voltVar.q
  if (s.QP_MODE_ENABLE) return reactive.wattVar.q
  return s.CONST_Q_MODE_ENABLE ? reactive.constQ.q : undefined
}

function enablesOf(s: DerSettings): number {
  return (
    (s.CONST_PF_MODE_ENABLE ? 1 : 0) |
    (s.QV_MODE_ENABLE ? 2 : 0) |
    (s.QP_MODE_ENABLE ? 4 : 0) |
    (s.CONST_Q_MODE_ENABLE ? 8 : 0)
  )
}
