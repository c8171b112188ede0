/**
 * Transport delay, driven by changes of its input (fact sheet, section 2). With a delay shorter than the step, which is
 * the usual case, the output is the input and there is nothing to remember: the line comes into being when it is first
 * needed, from the outputs so far.
 */
export type Delay = { line: DelayLine | undefined }
export const createDelay = (): Delay => ({ line: undefined })

export type DelayLine = {
  readonly prev: Float64Array
  readonly hold: Float64Array
  /** How many values of each row are on their way: rows of `room` places in `left` (seconds to go) and `values`. */
  readonly count: Int32Array
  room: number
  left: Float64Array
  values: Float64Array
}

/** The line of a delay, or undefined while its input passes straight through; `output` is the column of its outputs. */
export function lineOf(block: Delay, output: Float64Array, T: number, ts: number): DelayLine | undefined {
  if (T >= ts) block.line ??= createLine(output)
  return block.line
}

function createLine(output: Float64Array): DelayLine {
  const room = 4
  const n = output.length
  return {
    prev: output.slice(),
    hold: output.slice(),
    count: new Int32Array(n),
    room,
    left: new Float64Array(n * room),
    values: new Float64Array(n * room),
  }
}

export function delay(line: DelayLine, i: number, x: number, T: number, ts: number): number {
  const { prev, hold, count } = line
  if (Number.isNaN(prev[i])) {
    prev[i] = x
    hold[i] = x
  }
  if (T < ts) {
    hold[i] = x
    count[i] = 0
  } else if ((count[i] ?? 0) > 0) expire(line, i, ts)
  if (x !== prev[i]) {
    append(line, i, x, T)
    prev[i] = x
  }
  return hold[i] ?? x
}

/** Lets due values out; the value after one let out waits a step more, as in the reference. */
function expire({ hold, count, room, left, values }: DelayLine, i: number, ts: number): void {
  const first = i * room
  let end = first + (count[i] ?? 0)
  for (let k = first; k < end; k++) left[k] = (left[k] ?? 0) - ts
  for (let k = first; k < end; k++) {
    if ((left[k] ?? 0) > 0) continue
    hold[i] = values[k] ?? 0
    left.copyWithin(k, k + 1, end)
    values.copyWithin(k, k + 1, end)
    end -= 1
  }
  count[i] = end - first
}

function append(line: DelayLine, i: number, x: number, T: number): void {
  if (line.count[i] === line.room) widen(line)
  const place = i * line.room + (line.count[i] ?? 0)
  line.left[place] = T
  line.values[place] = x
  line.count[i] = (line.count[i] ?? 0) + 1
}

function widen(line: DelayLine): void {
  line.left = widened(line.left, line.room)
  line.values = widened(line.values, line.room)
  line.room *= 2
}

function widened(rows: Float64Array, room: number): Float64Array {
  const wide = new Float64Array(rows.length * 2)
  for (let row = 0; row * room < rows.length; row++)
    wide.set(rows.subarray(row * room, (row + 1) * room), row * room * 2)
  return wide
}
