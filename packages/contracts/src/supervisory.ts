import { z } from 'zod'

const seconds = z.int().nonnegative().describe('seconds since 1970')
// no premises need more than a terawatt-hour in one interval
const wattHours = z.number().min(-1e12).max(1e12).describe('into the premises above zero, out of them below')
const price = z.int().describe('in the units of the market')

/** What a supervisory controller needs of one interval, and what that is worth to it. */
export const SupervisoryNeed = z
  .strictObject({
    start: seconds.describe('of the interval, on the grid of the market'),
    energyWh: wattHours.describe('net energy that is needed; below zero it is on offer'),
    limitPrice: price.optional().describe('pays at most, takes at least; any price when absent'),
    releasePrice: price.optional().describe('at which it parts with what it holds beyond its need; any when absent'),
    steps: z
      .array(z.strictObject({ energyWh: wattHours, price }))
      .max(20)
      .optional()
      .describe('in place of limitPrice: parts of energyWh with a price each, the most wanted first'),
  })
  .refine(
    ({ energyWh, steps }) => !steps || Math.abs(steps.reduce((sum, step) => sum + step.energyWh, 0) - energyWh) < 1e-6,
    { message: 'the steps do not add up to energyWh', path: ['steps'] },
  )
  .refine(({ energyWh, steps = [] }) => steps.every((step) => step.energyWh * energyWh > 0), {
    message: 'all steps have the sign of energyWh',
    path: ['steps'],
  })

/** Replaces the needs of the intervals that it names; an interval without one is left to the strategy of the agent. */
export const SupervisoryNeeds = z.strictObject({ needs: z.array(SupervisoryNeed).max(2000) })

/** What an agent has committed for one interval. */
export const CommittedInterval = z.strictObject({
  start: seconds,
  durationSeconds: z.int(),
  state: z
    .enum(['open', 'final', 'over'])
    .describe('open: still traded; final: the gate is closed; over: it was delivered'),
  needWh: wattHours.optional(),
  positionWh: wattHours,
  watts: z.number().describe('the steady power of the position, export positive'),
  deliveredWh: wattHours.optional().describe('as metered'),
  imbalanceWh: z.number().optional().describe('delivered less position'),
  order: z.string().optional().describe('mRID of the set point that the DCM has for it'),
})
export const CommittedSchedule = z.strictObject({
  partyId: z.string(),
  marketId: z.string(),
  intervals: z.array(CommittedInterval),
})

/** How an agent fares. */
export const AgentState = z.strictObject({
  partyId: z.string(),
  name: z.string().optional(),
  marketId: z.string(),
  strategy: z.string(),
  device: z.string().optional(),
  market: z.enum(['up', 'away', 'refused']).describe('refused: it does not take this party'),
  currency: z.string().optional(),
  priceScale: z.int().optional(),
  cash: z.string().describe('in 10^priceScale of the currency; negative: paid'),
  transactions: z.int(),
  openTenders: z.array(
    z.strictObject({
      tenderId: z.string(),
      start: seconds,
      side: z.enum(['BUY', 'SELL']),
      price,
      remaining: z.int(),
      state: z.enum(['sending', 'open', 'canceling']),
    }),
  ),
  lastPrice: price.optional().describe('of its last trade'),
  positionWh: wattHours.optional().describe('in the interval that runs now'),
})
export const AgentStates = z.strictObject({ agents: z.array(AgentState) })

/** One trade as the agent booked it. */
export const AgentTrade = z.strictObject({
  seq: z.int(),
  match: z.int(),
  marketTransactionId: z.string().optional(),
  recipientTransactionId: z.string(),
  counterPartyId: z.string(),
  tenderId: z.string(),
  side: z.enum(['BUY', 'SELL']),
  start: seconds,
  price,
  quantity: z.int(),
  amount: z.string(),
})
export const AgentLedger = z.strictObject({ entries: z.array(AgentTrade), next: z.int() })

export type SupervisoryNeed = z.infer<typeof SupervisoryNeed>
export type CommittedInterval = z.infer<typeof CommittedInterval>
export type CommittedSchedule = z.infer<typeof CommittedSchedule>
export type AgentState = z.infer<typeof AgentState>
export type AgentTrade = z.infer<typeof AgentTrade>
