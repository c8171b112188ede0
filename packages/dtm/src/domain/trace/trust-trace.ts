import { MarketFact, Observation, TrustRegistration } from '@gridloom/contracts'
import { z } from 'zod'
import { EngineSettings } from '../engine/settings.ts'

const t = z.number().describe("the DTM's clock, never decreasing")

/** What a line of a trace was made for: whoever measures the quality of verdicts reads it, the replay does not. */
export const TraceLabel = z.object({
  attack: z.string(),
  subject: z.string(),
  act: z.union([z.string(), z.number()]).optional(),
})
export type TraceLabel = z.infer<typeof TraceLabel>

export const TraceHeader = z.object({
  format: z.literal('trust-trace/1'),
  title: z.string().optional(),
  settings: EngineSettings.partial().optional(),
  registrations: z.array(TrustRegistration).default([]),
})
export type TraceHeader = z.infer<typeof TraceHeader>

export const TraceStep = z.union([
  z.strictObject({
    t,
    observations: z.array(Observation).min(1),
    peer: z.string().optional(),
    sentAt: z.number().optional().describe("reporter's time when the batch left"),
    label: TraceLabel.optional(),
  }),
  z.strictObject({ t, advance: z.literal(true) }),
  z.strictObject({ t, register: z.array(TrustRegistration) }),
  z.strictObject({ t, unregister: z.string() }),
  z.strictObject({ t, release: z.string() }),
  z.strictObject({ t, market: MarketFact, label: TraceLabel.optional() }),
  z.strictObject({ t, resume: z.literal(true) }),
])
export type TraceStep = z.infer<typeof TraceStep>

export type TrustTrace = Readonly<{ header: TraceHeader; steps: readonly TraceStep[] }>

/** Whether a text says of itself, near its beginning, that it is a trace. */
export function isTrace(text: string): boolean {
  return /"format"\s*:\s*"trust-trace\//.test(text.slice(0, 4096))
}

/** Reads a trace: JSON lines, or one JSON with `steps`; says where it is not well formed. */
export function parseTrace(text: string): TrustTrace {
  const lines = text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
  const [first, ...rest] = lines
  if (!first) throw new Error('not a trust trace: it is empty')
  const whole = jsonOf(text)
  if (whole !== undefined) {
    const { steps = [], ...header } = checked(
      z.looseObject({ steps: z.array(TraceStep).optional() }),
      whole,
      'the trace',
    )
    return inOrder({ header: checked(TraceHeader, header, 'the header'), steps })
  }
  const header = checked(TraceHeader, parsed(first), 'line 1')
  return inOrder({ header, steps: rest.map((line) => checked(TraceStep, parsed(line), `line ${line.number}`)) })
}

function parsed({ line, number }: Readonly<{ line: string; number: number }>): unknown {
  const value = jsonOf(line)
  if (value === undefined) throw new Error(`not a trust trace: line ${number} is no JSON`)
  return value
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function checked<T extends z.ZodType>(schema: T, value: unknown, place: string): z.infer<T> {
  const result = schema.safeParse(value)
  if (!result.success) throw new Error(`not a trust trace, in ${place}:\n${z.prettifyError(result.error)}`)
  return result.data
}

function inOrder(trace: TrustTrace): TrustTrace {
  let before = -Infinity
  for (const [index, step] of trace.steps.entries()) {
    if (step.t < before)
      throw new Error(`not a trust trace: time runs back from ${before} to ${step.t} at step ${index}`)
    before = step.t
  }
  return trace
}
