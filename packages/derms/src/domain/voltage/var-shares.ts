import { DispatchFile, type Fairness } from '../dispatch/dispatch-file.ts'
import { fill } from '../dispatch/fill.ts'
import { outcomeOf } from '../dispatch/plan.ts'
import { problemOf } from '../dispatch/problem.ts'

/** A DER that can inject and absorb reactive power; W and var with export and injection positive. */
export type VarDer = Readonly<{
  id: string
  /** What it does now, or is about to. */
  watts: number
  /** Apparent power, which active power takes its part of first. */
  ratedVA: number
  maxVarInjected: number
  maxVarAbsorbed: number
  /** Per kvarh, in either direction. */
  price?: number
  usedVarh?: number
  trust: Readonly<{ Te: number; level: number }>
}>

export type VarShares = Readonly<{
  status: 'met' | 'short'
  /** What the set points come to; of a target that is too high, the best there is. */
  sumVar: number
  setpoints: readonly Readonly<{ id: string; var: number }>[]
}>

/** Shares a target of reactive power over a fleet: what nobody asked for is 0 var, and active power is left alone. */
export function varShares(fleet: readonly VarDer[], targetVar: number, fairness: Fairness = 'equal'): VarShares {
  const file = DispatchFile.parse({
    format: 'dispatch/1',
    horizon: { stepSeconds: 3600, steps: 1 },
    // the core knows no unit: vars in place of watts
    request: { kind: 'target', targetW: targetVar },
    fairness,
    fleet: fleet.map(dispatchable),
  })
  const problem = problemOf(file)
  const plan = fill(problem)
  const { shortfallWh, perStep } = outcomeOf(problem, plan)
  return {
    status: shortfallWh > 0 ? 'short' : 'met',
    sumVar: perStep[0]?.sumW ?? 0,
    setpoints: problem.ids.map((id, row) => ({ id, var: plan[row] ?? 0 })),
  }
}

function dispatchable(der: VarDer) {
  const { id, watts, ratedVA, maxVarInjected, maxVarAbsorbed, price = 0, usedVarh = 0, trust } = der
  const free = Math.sqrt(Math.max(ratedVA ** 2 - watts ** 2, 0))
  return {
    id,
    minW: -Math.min(Math.max(maxVarAbsorbed, 0), free),
    maxW: Math.min(Math.max(maxVarInjected, 0), free),
    upPrice: price,
    downPrice: price,
    usedWh: usedVarh,
    trust,
  }
}
