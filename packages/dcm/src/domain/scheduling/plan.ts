import type { Interval, LiveEvent } from './event.ts'
import { bestOf } from './precedence.ts'

export type Plan = Readonly<{ effective: Interval; ownEnd: number }>

/** A predecessor as its followers see it: when it was specified to end, when it ends, and where a successor takes up. */
type Finish = Readonly<{ specified: number; end: number; meet: number }>

/** The predecessors in one field: those that ended before the event at hand was specified to start, and the others. */
type Lane = { clear: number; waiting: Finish[] }

/**
 * Plans the effective interval of every live event: its drawn one, joined to its successive neighbours (D7) and held back
 * behind those that are specified to end before it (D8). Every predecessor is specified to start earlier, so that one walk
 * in the order of specified starts sees each before its followers.
 */
export function planIntervals(events: readonly LiveEvent[], now: number): ReadonlyMap<LiveEvent, Plan> {
  const plans = new Map<LiveEvent, Plan>()
  const ordered = events.toSorted((a, b) => a.specified[0] - b.specified[0])
  const heirs = Map.groupBy(
    ordered.filter(({ begun }) => !begun),
    ({ specified: [start] }) => start,
  )
  const lanes = new Map<string, Lane>()
  for (const event of ordered) {
    const { start, ownEnd } = beginning(event, lanes, now)
    const { end, meet } = finish(event, { start, ownEnd, heirs: heirs.get(event.specified[1]) ?? [], now })
    plans.set(event, { effective: [start, end], ownEnd })
    if (event.out) continue
    for (const field of event.fields) laneOf(lanes, field).waiting.push({ specified: event.specified[1], end, meet })
  }
  return plans
}

function beginning(event: LiveEvent, lanes: Map<string, Lane>, now: number): { start: number; ownEnd: number } {
  if (event.begun) return { start: event.effective[0], ownEnd: event.ownEnd }
  const [drawnStart, drawnEnd] = event.drawn
  const start = startAmong(event, lanes)
  // it was to start later and its predecessor went away: it starts now and keeps its own end
  if (event.planned && start < now) return { start: now, ownEnd: Math.max(drawnEnd, now) }
  return { start, ownEnd: drawnEnd + start - drawnStart }
}

/** The drawn start, unless successive predecessors set it; not before the end of those that came earlier. */
function startAmong(
  { fields, specified: [specifiedStart], drawn: [drawnStart] }: LiveEvent,
  lanes: Map<string, Lane>,
): number {
  let joined: number | null = null
  let clear = Number.NEGATIVE_INFINITY
  for (const field of fields) {
    const lane = laneOf(lanes, field)
    passBy(lane, specifiedStart)
    clear = Math.max(clear, lane.clear)
    for (const { specified, meet } of lane.waiting)
      if (specified === specifiedStart) joined = Math.max(joined ?? meet, meet)
  }
  return Math.max(joined ?? drawnStart, clear)
}

function passBy(lane: Lane, start: number): void {
  for (const { specified, end } of lane.waiting) if (specified < start) lane.clear = Math.max(lane.clear, end)
  lane.waiting = lane.waiting.filter(({ specified }) => specified >= start)
}

type Course = Readonly<{ start: number; ownEnd: number; heirs: readonly LiveEvent[]; now: number }>

/** The end of an event: its own, or where the latest of its best successors starts (D7); never before now. */
function finish(event: LiveEvent, { start, ownEnd, heirs, now }: Course): { end: number; meet: number } {
  const joints = event.fields.flatMap((field) =>
    joint(event, bestOf(heirs.filter(({ fields }) => fields.includes(field)))),
  )
  const target = joints.length > 0 ? Math.max(...joints) : ownEnd
  const end = Math.max(target, now)
  // a successor whose drawn start is past is late: it is not moved
  return { end, meet: target === ownEnd ? end : target }

  function joint({ randomizeDuration }: LiveEvent, heir: LiveEvent | undefined): number[] {
    if (!heir || randomizeDuration !== 0) return []
    return [heir.randomizeStart !== 0 && heir.drawn[0] > start ? heir.drawn[0] : ownEnd]
  }
}

function laneOf(lanes: Map<string, Lane>, field: string): Lane {
  const lane = lanes.get(field) ?? { clear: Number.NEGATIVE_INFINITY, waiting: [] }
  lanes.set(field, lane)
  return lane
}
