import type { BenchFigure } from './figure.ts'
import { benchIntake } from './intake.ts'

/** The trust module: what its intake takes. */
export async function benchTrust(): Promise<readonly BenchFigure[]> {
  return [await benchIntake()]
}
