import { respond, type Draft, type DraftEvent } from './draft.ts'

const retrySeconds = 60

/** Has the device brought to a started event; one that answers is asked again each minute until it accepts (D22). */
export function apply({ device, effects, now }: Draft, event: DraftEvent): void {
  if (!device.confirms) return
  event.tryAt = now + retrySeconds
  effects.push({ type: 'apply', at: now, event: event.key, controls: event.controls })
}

/** The device follows: the start may be told, unless the server was told otherwise before. */
export function accepted(draft: Draft, event: DraftEvent): void {
  if (event.state !== 'Active') return
  event.tryAt = null
  if (!event.refused) announce(draft, event)
}

/** The device does not follow: 252 in place of 2 and 3; a start already told stays told. */
export function refused(draft: Draft, event: DraftEvent): void {
  if (event.state !== 'Active') return
  event.tryAt = draft.now + retrySeconds
  if (event.announced || event.refused) return
  event.refused = true
  respond(draft, event, { status: 252 })
}

export function announce(draft: Draft, event: DraftEvent): void {
  if (event.announced) return
  event.announced = true
  respond(draft, event, { status: 2 })
}
