import type { FeederFile, Taps } from './feeder-file.ts'
import { baseKva } from './branches.ts'
import { planOf, ratiosOf, type Plan } from './plan.ts'
import { backward, createState, flatStart, forward, type State } from './sweep.ts'

/** What moves a feeder between two solves; what is left out stays as it was. */
export type Drive = Readonly<{
  /** kW and kvar of each branch of each DER, three numbers a device in the order of `plan.ders`; injection is positive */
  ders?: Readonly<{ kw: ArrayLike<number>; kvar: ArrayLike<number> }>
  /** share of its rated power that each load draws, in the order of `plan.loads`, or one share for all */
  loadScale?: number | ArrayLike<number>
  taps?: Readonly<Record<string, Taps>>
  /** factor on the voltage of the source, for a sag that comes from above */
  source?: number
}>

export type SolveOptions = Readonly<{ tolerance?: number; maxIterations?: number }>

/** The state of a solved feeder: per-unit voltages `v` and currents `j`, valid until the feeder is solved again. */
export type Solution = Readonly<{
  kind: 'solved'
  iterations: number
  change: number
  plan: Plan
  state: Readonly<State>
}>
export type Outcome = Solution | Readonly<{ kind: 'unsolved'; iterations: number; change: number; worstNode: string }>

export type Feeder = Readonly<{ plan: Plan; solve: (drive?: Drive, options?: SolveOptions) => Outcome }>

/** A feeder that is laid out once and solved many times, each time from where the last one ended. */
export function createFeeder(file: FeederFile): Feeder {
  const plan = planOf(file)
  const state = createState(plan)
  state.ratio = ratiosOf(plan, {})
  return {
    plan,
    solve: (drive = {}, options = {}) => {
      apply(plan, state, drive)
      return solve(plan, state, options)
    },
  }
}

function apply(plan: Plan, state: State, { ders, loadScale, taps, source }: Drive): void {
  const { p, q, device, branch, loads, capacitors } = plan.elements
  if (taps) state.ratio = ratiosOf(plan, taps)
  if (source !== undefined) {
    state.source = plan.source.map((part) => part * source)
    state.v.set(state.source)
  }
  if (loadScale !== undefined) {
    for (let e = 0; e < loads; e += 1) {
      const share = typeof loadScale === 'number' ? loadScale : (loadScale[device[e] ?? 0] ?? 1)
      state.p[e] = (p[e] ?? 0) * share
      state.q[e] = (q[e] ?? 0) * share
    }
  }
  if (ders) {
    for (let e = loads + capacitors; e < p.length; e += 1) {
      const from = 3 * (device[e] ?? 0) + (branch[e] ?? 0)
      state.p[e] = -(ders.kw[from] ?? 0) / baseKva
      state.q[e] = -(ders.kvar[from] ?? 0) / baseKva
    }
  }
}

/** Sweeps until the voltages rest; a start that leads nowhere is tried once more from flat. */
function solve(plan: Plan, state: State, options: SolveOptions): Outcome {
  if (state.warm) {
    const outcome = iterate(plan, state, options)
    if (outcome.kind === 'solved') return outcome
  }
  flatStart(plan, state)
  return iterate(plan, state, options)
}

function iterate(plan: Plan, state: State, { tolerance = 1e-6, maxIterations = 100 }: SolveOptions): Outcome {
  let iterations = 0
  let change: number
  do {
    backward(plan, state)
    forward(plan, state)
    change = Math.sqrt(state.change)
    iterations += 1
  } while (change >= tolerance && change < 10 && iterations < maxIterations)
  state.warm = change < tolerance
  if (!state.warm) return { kind: 'unsolved', iterations, change, worstNode: plan.ids[state.worst] ?? '' }
  backward(plan, state)
  return { kind: 'solved', iterations, change, plan, state }
}
