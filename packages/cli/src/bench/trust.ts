import { benchAlert } from './alert.ts'
import type { BenchFigure } from './figure.ts'
import { benchIntake } from './intake.ts'
import { benchTrustEngine } from './trust-engine.ts'

/** The trust module: what its engine judges, what its intake takes, and how soon it tells. */
export async function benchTrust(): Promise<readonly BenchFigure[]> {
  return [benchTrustEngine(), await benchIntake(), await benchAlert()]
}
