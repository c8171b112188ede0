import type { Plan } from './plan.ts'

/** What changes while a plan is solved; one slot more than the nodes have is the earth. */
export type State = {
  /** voltages and currents, 6 numbers a node: real and imaginary part of a, b, c */
  readonly v: Float64Array
  readonly j: Float64Array
  /** power drawn now by each element, per unit */
  readonly p: Float64Array
  readonly q: Float64Array
  ratio: Float64Array
  source: Float64Array
  /** the largest change of the last forward sweep, squared, and where it was */
  change: number
  worst: number
  warm: boolean
}

export function createState(plan: Plan): State {
  const size = 6 * plan.ids.length + 2
  const { p, q } = plan.elements
  const [v, j] = [new Float64Array(size), new Float64Array(size)]
  return { v, j, p: p.slice(), q: q.slice(), ratio: plan.ratio, source: plan.source, change: 0, worst: 0, warm: false }
}

/** The start without a guess: the source's voltage everywhere, through taps and windings, as no current flows. */
export function flatStart(plan: Plan, state: State): void {
  state.v.fill(0)
  state.j.fill(0)
  state.v.set(state.source)
  forward(plan, state)
}

/** Leaves first: the current into every node is what its devices and half lines draw and what its children take. */
export function backward(plan: Plan, state: State): void {
  state.j.fill(0)
  drawElements(plan, state)
  for (let node = plan.ids.length - 1; node > 0; node -= 1) {
    drawShunt(plan, state, node)
    passUp(plan, state, node)
  }
  drawShunt(plan, state, 0)
}

/** Source first: every node has its parent's voltage, through taps and windings, less the drop of its branch. */
export function forward(plan: Plan, state: State): void {
  state.change = 0
  for (let node = 1; node < plan.ids.length; node += 1) {
    const change = passDown(plan, state, node)
    if (change <= state.change) continue
    state.change = change
    state.worst = node
    if (!(change < runaway)) return
  }
}

/** Beyond a step of 10 pu, or at a NaN, there is nothing left to find; squared as `change` is. */
const runaway = 100

/** I = conj(S)·U·g with g = 1/|U|² (PQ), 1/(|U|·U0) (I) or 1/U0² (Z). */
function drawElements({ elements: { plus, minus, model, nominal } }: Plan, { v, j, p, q }: State): void {
  for (let e = 0; e < plus.length; e += 1) {
    const from = plus[e] ?? 0
    const to = minus[e] ?? 0
    const re = (v[from] ?? 0) - (v[to] ?? 0)
    const im = (v[from + 1] ?? 0) - (v[to + 1] ?? 0)
    const square = re * re + im * im
    const rated = nominal[e] ?? 1
    const kind = model[e]
    const g = 1 / (kind === 0 ? square : kind === 1 ? Math.sqrt(square * rated) : rated)
    const pe = (p[e] ?? 0) * g
    const qe = (q[e] ?? 0) * g
    const iRe = pe * re + qe * im
    const iIm = pe * im - qe * re
    j[from] = (j[from] ?? 0) + iRe
    j[from + 1] = (j[from + 1] ?? 0) + iIm
    j[to] = (j[to] ?? 0) - iRe
    j[to + 1] = (j[to + 1] ?? 0) - iIm
  }
}

function drawShunt({ shunt }: Plan, { v, j }: State, node: number): void {
  for (let row = 0; row < 3; row += 1) {
    const at = 6 * node + 2 * row
    for (let column = 0; column < 3; column += 1) {
      const b = shunt[9 * node + 3 * row + column] ?? 0
      if (b === 0) continue
      const from = 6 * node + 2 * column
      j[at] = (j[at] ?? 0) - b * (v[from + 1] ?? 0)
      j[at + 1] = (j[at + 1] ?? 0) + b * (v[from] ?? 0)
    }
  }
}

function passUp({ parent, delta }: Plan, { j, ratio }: State, node: number): void {
  const at = 6 * node
  const up = 6 * (parent[node] ?? 0)
  const winding = delta[node] === 1
  const zeroRe = winding ? zeroSequence(j, at) : 0
  const zeroIm = winding ? zeroSequence(j, at + 1) : 0
  for (let phase = 0; phase < 3; phase += 1) {
    const a = ratio[3 * node + phase] ?? 0
    const k = 2 * phase
    j[up + k] = (j[up + k] ?? 0) + a * ((j[at + k] ?? 0) - zeroRe)
    j[up + k + 1] = (j[up + k + 1] ?? 0) + a * ((j[at + k + 1] ?? 0) - zeroIm)
  }
}

/** Sets the voltage of a node and returns the square of the largest change of a phase. */
function passDown({ parent, delta, z }: Plan, { v, j, ratio }: State, node: number): number {
  const at = 6 * node
  const up = 6 * (parent[node] ?? 0)
  const winding = delta[node] === 1
  const zeroRe = winding ? zeroSequence(v, up) : 0
  const zeroIm = winding ? zeroSequence(v, up + 1) : 0
  let largest = 0
  for (let row = 0; row < 3; row += 1) {
    const a = ratio[3 * node + row] ?? 0
    if (a === 0) continue
    let re = a * ((v[up + 2 * row] ?? 0) - zeroRe)
    let im = a * ((v[up + 2 * row + 1] ?? 0) - zeroIm)
    for (let column = 0; column < 3; column += 1) {
      const cell = 18 * node + 6 * row + 2 * column
      const zr = z[cell] ?? 0
      const zx = z[cell + 1] ?? 0
      const jr = j[at + 2 * column] ?? 0
      const jx = j[at + 2 * column + 1] ?? 0
      re -= zr * jr - zx * jx
      im -= zr * jx + zx * jr
    }
    const k = at + 2 * row
    const change = (re - (v[k] ?? 0)) ** 2 + (im - (v[k + 1] ?? 0)) ** 2
    v[k] = re
    v[k + 1] = im
    if (!(change <= largest)) largest = change
  }
  return largest
}

function zeroSequence(x: Float64Array, at: number): number {
  return ((x[at] ?? 0) + (x[at + 2] ?? 0) + (x[at + 4] ?? 0)) / 3
}
