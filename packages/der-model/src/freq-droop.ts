import { createLag, flipFlop, lag, type Lag, setLag } from './blocks.ts'
import type { Columns } from './columns.ts'
import { createDelay, delay, type Delay, type DelayLine, lineOf } from './delay.ts'
import { Status } from './status.ts'
import type { Tile } from './tile.ts'

export type Droop = Readonly<{
  pf: Float64Array
  lag: Lag
  delay: Delay
  /** Power before the disturbance, pu. */
  pre: Float64Array
  started: Uint8Array
  uf: Uint8Array
  of: Uint8Array
  ufActive: Uint8Array
  ofActive: Uint8Array
}>

export const createDroop = (columns: Columns): Droop => ({
  pf: columns.kept(Number.NaN),
  lag: createLag(columns),
  delay: createDelay(),
  pre: columns.kept(0),
  started: columns.flags(),
  uf: columns.flags(),
  of: columns.flags(),
  ufActive: columns.flags(),
  ofActive: columns.flags(),
})

/** Active power by frequency (fact sheet, section 7.3). */
export function updateDroop(tile: Tile, ts: number): void {
  const { n, model, service, droop } = tile
  const RT = model.settings.NP_REACT_TIME
  const line = lineOf(droop.delay, droop.pf, RT, ts)
  for (let i = 0; i < n; i++) {
    if (service.status[i] === Status.trip) rest(droop, line, i, ts)
    else follow(tile, line, i, ts)
  }
}

function rest({ pf, lag: memory }: Droop, line: DelayLine | undefined, i: number, ts: number): void {
  setLag(memory, i, 0)
  pf[i] = line ? delay(line, i, 0, 0, ts) : 0
}

function follow(tile: Tile, line: DelayLine | undefined, i: number, ts: number): void {
  const { droop, active, model } = tile
  const s = model.settings
  const f = tile.input.f[i] ?? 0
  const low = s.NP_F_NOM - s.PF_DBUF
  const high = s.NP_F_NOM + s.PF_DBOF
  const uf = s.PF_MODE_ENABLE && f < low
  const of = s.PF_MODE_ENABLE && f > high
  const ap = active.ap[i] ?? 0
  const pv = active.pv[i] ?? 0
  const base = tile.base[i] ?? 0
  const entering = tile.service.status[i] === Status.enteringService
  const previous = previousPower(tile, i, Math.min(base, ap, pv), entering)
  if (droop.started[i] === 0) start(droop, i, uf, of, Math.min(base, ap, pv))
  const holds = (uf && droop.uf[i] === 1) || (of && droop.of[i] === 1)
  if (!holds) droop.pre[i] = previous

  const pre = droop.pre[i] ?? 0
  let ref = Math.min(entering ? previous : base, ap, pv)
  if (of) ref = Math.max(pre - (f - high) / (s.NP_F_NOM * s.PF_KOF), s.NP_P_MIN_PU)
  else if (uf) ref = Math.min(pre + (low - f) / (s.NP_F_NOM * s.PF_KUF), tile.ceiling[i] ?? 0)
  const responds = uf || of || droop.ufActive[i] === 1 || droop.ofActive[i] === 1
  const lagged = lag(droop.lag, i, ref, (responds ? s.PF_OLRT : 0) - s.NP_REACT_TIME, ts)
  const pf = line ? delay(line, i, lagged, s.NP_REACT_TIME, ts) : lagged

  const settled = Math.abs(pf - ref) < 1e-3
  droop.ufActive[i] = flipFlop(droop.ufActive[i] === 1, uf, !uf && settled) ? 1 : 0
  droop.ofActive[i] = flipFlop(droop.ofActive[i] === 1, of, !of && settled) ? 1 : 0
  droop.uf[i] = uf ? 1 : 0
  droop.of[i] = of ? 1 : 0
  droop.pf[i] = pf
  if (!s.PF_MODE_ENABLE) disable(tile, line, i, ts)
}

// R4: a device that begins by entering service has delivered nothing before
function previousPower({ started, model, out }: Tile, i: number, unlimited: number, entering: boolean): number {
  if (started) return (out.p[i] ?? 0) / model.settings.NP_P_MAX
  return entering ? 0 : unlimited
}

function start(
  { started, uf: wasUf, of: wasOf, pre }: Droop,
  i: number,
  uf: boolean,
  of: boolean,
  power: number,
): void {
  started[i] = 1
  wasUf[i] = uf ? 1 : 0
  wasOf[i] = of ? 1 : 0
  pre[i] = power
}

function disable({ droop, model }: Tile, line: DelayLine | undefined, i: number, ts: number): void {
  rest(droop, line, i, ts)
  // R5: disabled while active, the reference gives no power until the flags fall
  if (!model.settings.strict1547) return
  droop.ufActive[i] = 0
  droop.ofActive[i] = 0
}
