/**
 * The building blocks of the model (fact sheet, section 2). A block is a small plain record that its owner keeps;
 * its function takes one step and returns the output. NaN marks a block that has not been called yet.
 */

/** First-order response, known by the time to 90 % of a step (the time constant is T/2.3). */
export type Lag = { x: number; y: number }
export const createLag = (): Lag => ({ x: Number.NaN, y: Number.NaN })

export function lag(block: Lag, x: number, T: number, ts: number): number {
  const a = T / 1.15
  const follows = T < 1.15 * ts || Number.isNaN(block.y)
  const y = follows ? x : (ts / (ts + a)) * (x + block.x) + ((a - ts) / (ts + a)) * block.y
  block.x = x
  block.y = y
  return y
}

/** Puts a lag where it would be had its input always been `value`. */
export function setLag(block: Lag, value: number): void {
  block.x = value
  block.y = value
}

/** Rate limit: `up` and `down` are the seconds for a change of 1; 0 is no limit. */
export type Ramp = { y: number }
export const createRamp = (): Ramp => ({ y: Number.NaN })

export function ramp(block: Ramp, x: number, up: number, down: number, ts: number): number {
  let y = x
  if (up !== 0 && block.y + ts / up < x) y = block.y + ts / up
  if (down !== 0 && block.y - ts / down > x) y = block.y - ts / down
  block.y = y
  return y
}

/** Output true after the condition has held for T; starts as if it had held for ever, with output false. */
export type OnDelay = { timer: number; on: boolean }
export const createOnDelay = (): OnDelay => ({ timer: Number.POSITIVE_INFINITY, on: false })

export function onDelay(block: OnDelay, condition: boolean, T: number, ts: number): boolean {
  if (!condition) {
    block.timer = 0
    block.on = false
    return false
  }
  block.timer = Math.min(T, block.timer + ts)
  if (block.timer >= T) block.on = true
  return block.on
}

/** Transport delay, driven by changes of the input. */
export type Delay = { prev: number; hold: number; left: number[]; values: number[] }
export const createDelay = (): Delay => ({ prev: Number.NaN, hold: Number.NaN, left: [], values: [] })

export function delay(block: Delay, x: number, T: number, ts: number): number {
  if (Number.isNaN(block.prev)) {
    block.prev = x
    block.hold = x
  }
  if (T < ts) {
    block.hold = x
    block.left.length = 0
    block.values.length = 0
  } else if (block.left.length > 0) expire(block, ts)
  if (x !== block.prev) {
    block.left.push(T)
    block.values.push(x)
    block.prev = x
  }
  return block.hold
}

/** Lets due entries out; the entry after one let out waits a step more, as in the reference. */
function expire(block: Delay, ts: number): void {
  const { left, values } = block
  for (let i = 0; i < left.length; i++) left[i] = (left[i] ?? 0) - ts
  for (let i = 0; i < left.length; i++) {
    if ((left[i] ?? 0) > 0) continue
    block.hold = values[i] ?? block.hold
    left.splice(i, 1)
    values.splice(i, 1)
  }
}

/** Set alone makes it true, reset alone false; both or neither keep it. */
export function flipFlop(on: boolean, set: boolean, reset: boolean): boolean {
  return set === reset ? on : set
}

/** Linear between the points, flat outside; of equal xs the last counts. */
export function interp(x: number, xs: readonly number[], ys: readonly number[]): number {
  const last = xs.length - 1
  if (x < at(xs, 0)) return at(ys, 0)
  if (x >= at(xs, last)) return at(ys, last)
  let j = last - 1
  while (at(xs, j) > x) j--
  return ((at(ys, j + 1) - at(ys, j)) / (at(xs, j + 1) - at(xs, j))) * (x - at(xs, j)) + at(ys, j)
}

function at(list: readonly number[], index: number): number {
  return list[index] ?? Number.NaN
}
