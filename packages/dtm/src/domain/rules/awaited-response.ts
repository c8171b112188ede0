import { fired, type RuleFinding } from './rule-finding.ts'

/** A control as it was delivered; times in seconds, `responseRequired` as on the wire (bit 0 received, bit 1 specific). */
export type Delivered = Readonly<{
  at: number
  responseRequired: number
  start: number
  duration: number
  randomizeStart: number
  randomizeDuration: number
}>

/** A timer: one of these response statuses has to come by then. */
export type Awaited = Readonly<{ anyOf: readonly number[]; due: number }>

const received = 1
const started = 2
const completed = 3
/** Refused: nothing of it applies to the device, it is not valid, or it is over. */
const refused = [251, 252, 253, 254] as const
/** Opted out, cancelled, superseded, aborted and the like, or refused: said in place of started or completed. */
const instead = [4, 5, 6, 7, 8, 9, 10, 13, 14, ...refused] as const

/** PR-1: what a delivered control lets one expect of its receiver. */
export function awaitedResponses({ leastSeconds = 300, pollRates = 1.5, graceSeconds = 60 } = {}) {
  return (control: Delivered, pollRate: number): readonly Awaited[] => {
    const { at, responseRequired, start, duration, randomizeStart, randomizeDuration } = control
    const receipt = { anyOf: [received, ...refused], due: at + Math.max(leastSeconds, pollRates * pollRate) }
    const course = [
      { anyOf: [started, ...instead], due: start + randomizeStart + graceSeconds },
      { anyOf: [completed, ...instead], due: start + duration + randomizeDuration + graceSeconds },
    ]
    return [...(responseRequired & 1 ? [receipt] : []), ...(responseRequired & 2 ? course : [])]
  }
}

/** PR-1: what is found when a timer runs out, given the statuses that came in time. */
export function missingResponse({ anyOf }: Awaited, statuses: readonly number[]): readonly RuleFinding[] {
  return statuses.some((status) => anyOf.includes(status)) ? [] : [fired('PR-1', 'moderate', { on: 'receiver' })]
}
