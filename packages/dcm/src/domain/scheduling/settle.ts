import { apply } from './device-answer.ts'
import { end, type Draft } from './draft.ts'
import { handOver } from './hand-over.ts'
import { reportFields } from './ownership.ts'
import { completion } from './participation.ts'
import { planIntervals } from './plan.ts'
import { bestDue, conclude, start, yieldToRunning } from './supersession.ts'

/** Works out one instant after its deliveries: ends, then starts from best to worst, until nothing moves (D12). */
export function settle(draft: Draft): void {
  do {
    handOver(draft)
    if (draft.stale) replan(draft)
    begin(draft, draft.now)
    endDue(draft)
  } while (draft.stale || startBest(draft))
  for (const event of draft.live.values()) {
    event.planned = true
    if (event.tryAt !== null && event.tryAt <= draft.now) apply(draft, event)
  }
  reportFields(draft)
}

/** Marks the events whose effective start has come; from here on it does not move. */
export function begin({ live }: Draft, now: number): void {
  for (const event of live.values()) {
    if (event.begun || event.effective[0] > now) continue
    event.begun = true
    event.missed = event.out
  }
}

function replan(draft: Draft): void {
  draft.stale = false
  const plans = planIntervals([...draft.live.values()], draft.now)
  for (const event of draft.live.values()) Object.assign(event, plans.get(event))
  yieldToRunning(draft)
}

function endDue(draft: Draft): void {
  for (const event of draft.live.values()) {
    const over = event.effective[1] <= draft.now || (event.stopAt !== null && event.stopAt <= draft.now)
    if (!over) continue
    if (event.stopping) conclude(draft, event)
    else end(draft, event, completion(event, draft.now))
  }
}

function startBest(draft: Draft): boolean {
  const event = bestDue(draft)
  if (event) start(draft, event)
  return event !== undefined
}
