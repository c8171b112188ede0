import type { Columns } from './columns.ts'

/**
 * The building blocks of the model (fact sheet, section 2). A block keeps one row of memory per DER; its function takes
 * one step of row `i` and returns the output. NaN marks a row that has not been called yet.
 */

/** First-order response, known by the time to 90 % of a step (the time constant is T/2.3). */
export type Lag = Readonly<{ x: Float64Array; y: Float64Array }>
export const createLag = ({ kept }: Columns): Lag => ({ x: kept(Number.NaN), y: kept(Number.NaN) })

export function lag({ x: xs, y: ys }: Lag, i: number, x: number, T: number, ts: number): number {
  const before = ys[i] ?? 0
  let y = x
  if (T >= 1.15 * ts && !Number.isNaN(before)) {
    const a = T / 1.15
    y = (ts / (ts + a)) * (x + (xs[i] ?? 0)) + ((a - ts) / (ts + a)) * before
  }
  xs[i] = x
  ys[i] = y
  return y
}

/** Puts a lag where it would be had its input always been `value`. */
export function setLag({ x, y }: Lag, i: number, value: number): number {
  x[i] = value
  y[i] = value
  return value
}

/** Rate limit, its memory one column: `up` and `down` are the seconds for a change of 1; 0 is no limit. */
export function ramp(memory: Float64Array, i: number, x: number, up: number, down: number, ts: number): number {
  const last = memory[i] ?? 0
  const before = Number.isNaN(last) ? x : last
  let y = x
  if (up !== 0 && before + ts / up < x) y = before + ts / up
  if (down !== 0 && before - ts / down > x) y = before - ts / down
  memory[i] = y
  return y
}

/** Output true after the condition has held for T. */
export type OnDelay = Readonly<{ timer: Float64Array; on: Uint8Array }>

/** R2: in the reference a timer begins as if its condition had held for ever, with output false. */
export const createOnDelay = ({ kept, flags }: Columns, elapsed: number): OnDelay => ({
  timer: kept(elapsed),
  on: flags(),
})

export function onDelay({ timer, on }: OnDelay, i: number, condition: boolean, T: number, ts: number): boolean {
  if (!condition) {
    timer[i] = 0
    on[i] = 0
    return false
  }
  const held = Math.min(T, (timer[i] ?? 0) + ts)
  timer[i] = held
  if (held >= T) on[i] = 1
  return on[i] === 1
}

/** Set alone makes it true, reset alone false; both or neither keep it. */
export function flipFlop(on: boolean, set: boolean, reset: boolean): boolean {
  return set === reset ? on : set
}
