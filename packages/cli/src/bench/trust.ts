import type { BenchFigure } from './figure.ts'
import { benchIntake } from './intake.ts'
import { benchTrustEngine } from './trust-engine.ts'

/** The trust module: what its engine judges, and what its intake takes. */
export async function benchTrust(): Promise<readonly BenchFigure[]> {
  return [benchTrustEngine(), await benchIntake()]
}
