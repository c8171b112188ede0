import type { FeederFile } from '../domain/feeder/feeder-file.ts'
import { createFeeder, type Drive, type Feeder, type Solution, type SolveOptions } from '../domain/feeder/feeder.ts'

/** The solution of a feeder that has one. */
export function solved(
  of: FeederFile | Feeder,
  drive: Drive = {},
  options: SolveOptions = { tolerance: 1e-12, maxIterations: 300 },
): Solution {
  const outcome = ('solve' in of ? of : createFeeder(of)).solve(drive, options)
  if (outcome.kind === 'unsolved') throw new Error(`no solution, worst at "${outcome.worstNode}"`)
  return outcome
}
