import { enter, primacyOf, remember, respond, type Draft, type DraftEvent, type Ending } from './draft.ts'
import { boundedDraws, drawnInterval, specifiedInterval, type Draw } from './draws.ts'
import { fullMrid, keyOf, type EventCopy } from './event.ts'
import { categoryMatches, followed } from './fields.ts'
import { askedBy } from './responses.ts'
import { isValid } from './validity.ts'

/** Takes in an event that was never seen before: it is scheduled, or over at once (D1, D2). */
export function takeIn(draft: Draft, copy: EventCopy, draw: Draw): void {
  const event = eventOf(draft, copy, draw)
  const ending = refusal(draft, copy, event)
  if (ending?.state !== 'Ignored') respond(draft, event, { status: 1 })
  if (ending) return remember(draft, event, ending, null)
  draft.live.set(event.key, event)
  draft.stale = true
  enter(draft, event, 'Scheduled')
}

/** Why an event never comes to life, in the order of D1; null if it does. */
function refusal({ device, now }: Draft, copy: EventCopy, { specified, drawn, fields }: DraftEvent): Ending | null {
  if (!categoryMatches(copy, device)) return { state: 'Ignored' }
  if (specified[1] <= now || drawn[1] <= now) return { state: 'Expired', status: 254 }
  switch (copy.status.currentStatus) {
    case 2:
    case 3:
      return { state: 'Cancelled', status: 6 }
    case 4:
      return { state: 'Superseded', status: 7 }
    case 5: // edition 2023: over
      return { state: 'Expired', status: 254 }
  }
  if (!isValid(copy)) return { state: 'Rejected', status: 253 }
  if (fields.length === 0) return { state: 'Rejected', status: 252 }
  return null
}

function eventOf({ kind, device, programs }: Draft, copy: EventCopy, draw: Draw): DraftEvent {
  const draws = boundedDraws(copy, draw(copy))
  const drawn = drawnInterval(copy, draws)
  const readThrough = copy.program === undefined ? [] : [copy.program]
  return {
    key: keyOf(copy),
    server: copy.server,
    mRID: fullMrid(copy.mRID),
    state: 'Scheduled',
    programs: readThrough,
    primacy: primacyOf(programs, readThrough, 0),
    creationTime: copy.creationTime,
    dateTime: copy.status.dateTime,
    specified: specifiedInterval(copy),
    drawn,
    randomizeStart: copy.randomizeStart ?? 0,
    randomizeDuration: copy.randomizeDuration ?? 0,
    cancelDelay: draws.cancel,
    asks: askedBy(copy),
    replyTo: copy.replyTo ?? null,
    ...followed(kind, copy, device),
    overrideDuration: copy.overrideDuration ?? 0,
    effective: drawn,
    ownEnd: drawn[1],
    planned: false,
    begun: false,
    out: false,
    missed: false,
    announced: false,
    stopping: null,
    stopAt: null,
    overriddenSince: null,
    overridden: 0,
    refused: false,
    tryAt: null,
  }
}
