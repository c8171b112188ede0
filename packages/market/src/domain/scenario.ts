import { CtsInstant, CtsId, MarketReference } from '@gridloom/contracts'
import { z } from 'zod'

const messageStep = {
  at: CtsInstant,
  // what the market thinks of a message is part of the run: it is not judged here
  message: z.unknown().refine((message) => message !== undefined, 'a message is missing'),
}

const Step = z.discriminatedUnion('op', [
  z.object({ op: z.literal('registerParty'), ...messageStep }),
  z.object({ op: z.literal('createTender'), ...messageStep }),
  z.object({ op: z.literal('cancelTender'), ...messageStep }),
  z.object({ op: z.literal('requestPosition'), ...messageStep }),
  z.object({ op: z.literal('advance'), at: CtsInstant }),
  z.object({ op: z.literal('clear'), at: CtsInstant, dtStart: CtsInstant }),
])

export type Step = Readonly<z.infer<typeof Step>>

const Scenario = z.object({
  format: z.literal('cts-vector/1'),
  market: MarketReference,
  parties: z.array(CtsId),
  steps: z.array(Step).superRefine((steps, context) => {
    for (const [index, { at }] of steps.entries()) {
      if (at >= (steps[index - 1]?.at ?? -Infinity)) continue
      context.addIssue({ code: 'custom', message: 'time goes back', path: [index, 'at'], input: at })
    }
  }),
})

/** A run of a market: its rules, its parties and what they ask, in order. */
export type Scenario = Readonly<z.infer<typeof Scenario>>

/** A file that is not a scenario; the message says where and why. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError'
}

export function parseScenario(json: unknown): Scenario {
  const scenario = Scenario.safeParse(json)
  if (scenario.success) return scenario.data
  throw new ScenarioError(z.prettifyError(scenario.error), { cause: scenario.error })
}
