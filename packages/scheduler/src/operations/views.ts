import type { ScheduleOutput, ScheduleView } from '@gridloom/contracts'
import type { Output } from '../domain/engine/engine.ts'
import { enableErrorOf, enableErrors } from '../domain/enabling.ts'
import { type Life, states, statusOf } from '../domain/lifecycle.ts'
import type { Place } from './board.ts'

/** A schedule as it is read, all of its attributes. */
export function viewOf(place: Place, life: Life, { now, isActive }: { now: number; isActive: boolean }): ScheduleView {
  const { ref, id, device, quantity, origin, slot } = place
  const status = statusOf(life, now)
  const { startTimes, values, calendars, ...parameters } = life.parameters
  return {
    ref,
    id,
    device,
    quantity,
    origin,
    allocatedEntries: slot.allocatedEntries,
    ...parameters,
    values: values.map((value) => (typeof value === 'number' && !Number.isFinite(value) ? null : value)),
    startTimes: [...startTimes],
    calendars: [...calendars],
    ...status,
    validated: status.state === states.notReady && enableErrorOf(life.parameters, slot, now) === enableErrors.none,
    quality: status.value === null ? 'invalid' : 'good',
    active: isActive,
  }
}

export function outputViewOf(
  { value, source, priority, entry }: Output,
  { device, quantity }: Pick<Place, 'device' | 'quantity'>,
  at: number,
): ScheduleOutput {
  return { device, quantity, value, source, priority, entry, at }
}
