import { createOnDelay, onDelay, type OnDelay } from './blocks.ts'
import type { Columns } from './columns.ts'
import { createDelay, delay, type Delay, lineOf } from './delay.ts'
import type { DerSettings } from './settings.ts'
import { Status } from './status.ts'
import type { Tile } from './tile.ts'

export type Enter = Readonly<{
  steady: OnDelay
  random: Delay
  /** The random delay drawn for this return to service; 0 while none is. */
  drawn: Float64Array
  /** The criterion as 0 or 1; NaN before the first step. */
  crit: Float64Array
}>

export const createEnter = (columns: Columns, elapsed: number): Enter => ({
  steady: createOnDelay(columns, elapsed),
  random: createDelay(),
  drawn: columns.kept(0),
  crit: columns.kept(Number.NaN),
})

/** Whether the grid has been good for long enough to enter service; asked in every status (fact sheet, section 5). */
export function updateEnter(tile: Tile, ts: number): void {
  const { n, model, grid, input, enter } = tile
  const s = model.settings
  const line = lineOf(enter.random, enter.crit, longestRandomDelay(s), ts)
  for (let i = 0; i < n; i++) {
    const f = input.f[i] ?? 0
    const inRange =
      s.ES_PERMIT_SERVICE &&
      (grid.vLow[i] ?? 0) >= s.ES_V_LOW &&
      (grid.vHigh[i] ?? 0) <= s.ES_V_HIGH &&
      f >= s.ES_F_LOW &&
      f <= s.ES_F_HIGH
    const steady = onDelay(enter.steady, i, inRange, s.ES_DELAY, ts)
    const x = steady ? 1 : 0
    enter.crit[i] = line ? delay(line, i, x, randomDelay(tile, i, steady), ts) : x
  }
}

function longestRandomDelay(s: DerSettings): number {
  return Math.max(s.ES_RANDOMIZED_DELAY_ACTUAL, draws(s) ? s.ES_RANDOMIZED_DELAY : 0)
}

function draws(s: DerSettings): boolean {
  return s.ES_RAMP_RATE === 0 && s.ES_RANDOMIZED_DELAY > 0 && s.NP_VA_MAX < 500_000
}

function randomDelay({ model, service: { status }, enter: { drawn } }: Tile, i: number, steady: boolean): number {
  const s = model.settings
  if (status[i] !== Status.trip) {
    drawn[i] = 0
    return 0
  }
  if (s.ES_RANDOMIZED_DELAY_ACTUAL > 0 && steady) return s.ES_RANDOMIZED_DELAY_ACTUAL
  if (!draws(s)) return 0
  if (drawn[i] === 0) drawn[i] = model.random() * s.ES_RANDOMIZED_DELAY
  return drawn[i] ?? 0
}
