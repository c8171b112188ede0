import { z } from 'zod'
import { EventMembers, EventVector } from './event-vector.ts'
import { advance } from './scheduler.ts'
import type { Draw } from './scheduling/draws.ts'
import { keyOf, type EventCopy, type EventKey, type EventState, type Interval } from './scheduling/event.ts'
import { createSchedule, type Schedule, type ScheduleEffect, type ScheduleInput } from './scheduling/schedule.ts'
import { timelineOf, type Segment } from './timeline.ts'

type Step = EventVector['steps'][number]

export type Expect = Readonly<{
  events: Readonly<Record<string, EventOutcome>>
  responses: readonly Readonly<{ at: number; event: string; status: number; overrideDuration?: number }>[]
  timeline: Readonly<Record<string, readonly Segment[]>>
}>

type EventOutcome = Readonly<{
  state: EventState | 'Unseen'
  history: readonly Readonly<{ at: number; state: EventState }>[]
  effective: Interval | null
}>

/** Runs an event vector (`event-vector/1`) and tells what came of it, in the form of the vector's `expect`. */
export function replayEvents(json: unknown): Expect {
  const parsed = EventVector.safeParse(json)
  if (!parsed.success) throw new Error(`not an event vector:\n${z.prettifyError(parsed.error)}`)
  const vector = parsed.data
  const { schedule, effects } = run(vector)
  const ids = new Map(Object.keys(vector.events).map((id) => [keyIn(vector, id), id]))
  const idOf = (key: EventKey): string => ids.get(key) ?? key
  return {
    events: Object.fromEntries([...ids].map(([key, id]) => [id, outcomeOf(key, schedule, effects)])),
    responses: effects.flatMap((effect) => (effect.type === 'respond' ? [answerOf(effect, idOf)] : [])),
    timeline: timelineOf(effects, { ...vector, from: vector.steps[0]?.at ?? vector.until, idOf }),
  }
}

/** All steps of one second are one poll; a restart goes through the stored form of the schedule. */
function run(vector: EventVector): { schedule: Schedule; effects: readonly ScheduleEffect[] } {
  const draws = new Map(Object.entries(vector.events).map(([id, event]) => [keyIn(vector, id), event.draws]))
  const draw: Draw = (copy) => draws.get(keyOf(copy)) ?? { start: 0, duration: 0, cancel: 0 }
  const effects: ScheduleEffect[] = []
  const seen = new Set<string>()
  let schedule = createSchedule(vector)
  for (const [at, steps] of Map.groupBy(vector.steps, (step) => step.at)) {
    pass(at - 1, [])
    if (steps.some(({ op }) => op === 'restart')) schedule = JSON.parse(JSON.stringify(schedule)) as Schedule
    pass(
      at,
      steps.flatMap((step) => inputsOf(vector, step, seen)),
    )
  }
  pass(vector.until, [])
  return { schedule, effects }

  function pass(now: number, inputs: readonly ScheduleInput[]): void {
    const next = advance(schedule, { now, inputs, draw })
    schedule = next.schedule
    effects.push(...next.effects)
  }
}

function inputsOf(vector: EventVector, step: Step, seen: Set<string>): readonly ScheduleInput[] {
  switch (step.op) {
    case 'see':
    case 'status':
      return [{ type: 'see', copy: copyOf(vector, step, seen) }]
    case 'removeProgram':
      return [{ type: 'removeProgram', program: step.program }]
    case 'restart':
      return [{ type: 'restart' }]
    case 'missing':
      return []
    default:
      return [{ type: step.op, event: keyIn(vector, step.event) }]
  }
}

/** Changed members show in later copies only: the first one is what the event is, and what names it never changes. */
function copyOf(vector: EventVector, step: Extract<Step, { op: 'see' | 'status' }>, seen: Set<string>): EventCopy {
  const event = eventIn(vector, step.event)
  const changed = seen.has(step.event) ? { ...step.changed, mRID: event.mRID } : {}
  const { draws: _, replyTo, ...members } = EventMembers.parse({ ...event, ...changed })
  const program = step.program ?? event.program
  seen.add(step.event)
  return {
    ...members,
    ...(program !== undefined && { program }),
    server: serverOf(vector, step.event),
    status: { currentStatus: step.currentStatus, dateTime: step.dateTime },
    ...(replyTo !== null && { replyTo: replyTo ?? '/rsp' }),
  }
}

function outcomeOf(key: EventKey, schedule: Schedule, effects: readonly ScheduleEffect[]): EventOutcome {
  const event = schedule.events.find((live) => live.key === key) ?? schedule.ended.find((over) => over.key === key)
  if (!event) return { state: 'Unseen', history: [], effective: null }
  const history = effects.flatMap((effect) =>
    effect.type === 'state' && effect.event === key ? [{ at: effect.at, state: effect.state }] : [],
  )
  return { state: event.state, history, effective: event.effective }
}

function answerOf(
  effect: Extract<ScheduleEffect, { type: 'respond' }>,
  idOf: (key: EventKey) => string,
): Expect['responses'][number] {
  const { at, event, status, overrideDuration } = effect
  return { at, event: idOf(event), status, ...(overrideDuration !== undefined && { overrideDuration }) }
}

function keyIn(vector: EventVector, id: string): EventKey {
  return keyOf({ server: serverOf(vector, id), mRID: eventIn(vector, id).mRID })
}

function serverOf(vector: EventVector, id: string): string {
  const { program } = eventIn(vector, id)
  return vector.programs.find((assigned) => assigned.id === program)?.server ?? 'A'
}

function eventIn({ events }: EventVector, id: string): EventVector['events'][string] {
  const event = events[id]
  if (!event) throw new Error(`unknown event "${id}"`)
  return event
}
