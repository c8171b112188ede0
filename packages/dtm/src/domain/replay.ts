import { z } from 'zod'
import { anomalyCount, noAnomaliesExactly } from './anomalies.ts'
import { observe } from './observe.ts'
import { effectiveTrust, opinionOf } from './opinion.ts'
import { defaults, type Level } from './parameters.ts'
import { createTrustFile, forget, type TrustFile } from './trust-file.ts'
import { TrustVector } from './trust-vector.ts'

type Step = TrustVector['steps'][number]

/** What a file comes to after a step, in the form of a vector's `expect`. */
export type Outcome = Readonly<{ r: number; s: number; T: number; C: number; Te: number; level: Level; n24: number }>

/** Runs a trust vector (`trust-vector/1`) with default parameters and tells what each step came to. */
export function replayTrust(json: unknown): readonly Outcome[] {
  const parsed = TrustVector.safeParse(json)
  if (!parsed.success) throw new Error(`not a trust vector:\n${z.prettifyError(parsed.error)}`)
  const { a, steps } = parsed.data
  let file: TrustFile = { ...createTrustFile({ a, at: steps[0]?.t ?? 0 }), anomalies: noAnomaliesExactly }
  return steps.map((step) => {
    file = take(file, step)
    return outcomeOf(file)
  })
}

function take(file: TrustFile, step: Step): TrustFile {
  switch (step.kind) {
    case 'good':
      return observe(file, { ...step, findings: [] })
    case 'bad':
      return observe(file, { ...step, g: 0, tests: [] })
    case 'idle':
      return forget(file, step.t, defaults)
    default:
      return step satisfies never
  }
}

function outcomeOf(file: TrustFile): Outcome {
  const { T, C } = opinionOf(file, defaults)
  const { r, s, level, anomalies } = file
  return { r, s, T, C, Te: effectiveTrust(file, defaults), level, n24: anomalyCount(anomalies) }
}
