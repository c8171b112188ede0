import type { DeviceSchedule, MappedEvent, Quantity } from '@gridloom/contracts'
import { type Base, fieldsOf, valueOf } from '../domain/mode-values.ts'
import { priorityOf } from '../domain/der-programs.ts'
import { createLife, type Life, enable } from '../domain/lifecycle.ts'
import type { Placed } from '../domain/engine/engine.ts'
import type { Value } from '../domain/schedule.ts'
import type { Place } from './board.ts'

/** A schedule that stands for an IEEE 2030.5 event or default. */
export type Mapped = Readonly<{ place: Place; life: Life }>

const hourly = { occ: 1, occType: 'Time', occPer: 'Hour', hr: 0, mn: 0 } as const

/**
 * The schedules of a quantity that a DCM's decided events and defaults make. An event is of its quantity for as long as the
 * event rules leave it a field of it.
 */
export function mappedSchedules(
  { events, programs, settings }: DeviceSchedule,
  { device, quantity, controller }: Pick<Place, 'device' | 'quantity' | 'controller'>,
  now: number,
): readonly Mapped[] {
  const place = (id: string): Place => {
    const slot = { allocatedEntries: 1, valueType: quantity === 'OnOff' ? 'boolean' : 'number' } as const
    const host = controller.slice(0, controller.indexOf('/'))
    return { ref: `${host}/${quantity}/${id}`, id, device, quantity, controller, slot, origin: '2030.5' }
  }
  const mapped = (id: string, value: Value | undefined, rest: Partial<Life['parameters']>): readonly Mapped[] => {
    if (value === undefined) return []
    const at = place(id)
    const empty = createLife(at.slot, { values: [value], numEntr: 1, ...rest })
    return [{ place: at, life: enable(empty, now).life }]
  }
  return [
    ...events.flatMap((event) => {
      if (!isFollowed(event, quantity)) return []
      const { mRID, start, duration, primacy, controls } = event
      const prio = priorityOf.event(primacy)
      return mapped(mRID, valueOf(quantity, held(controls, event.fields), settings), {
        prio,
        intervalS: duration,
        startTimes: [start],
      })
    }),
    ...programs.flatMap(({ mRID, primacy, default: fallback }) =>
      mapped(`${mRID}:default`, valueOf(quantity, (fallback ?? {}) as Base, settings), {
        prio: priorityOf.fallback(primacy),
        intervalS: 3600,
        calendars: [hourly],
      }),
    ),
  ]
}

function isFollowed({ state, fields, duration }: DeviceSchedule['events'][number], quantity: Quantity): boolean {
  const isOwn = fieldsOf[quantity].some((field) => fields.includes(field))
  return isOwn && duration > 0 && (state === 'Scheduled' || state === 'Active')
}

// a field that another event superseded is not this one's any more
function held(controls: Readonly<Record<string, unknown>>, fields: readonly string[]): Base {
  return Object.fromEntries(Object.entries(controls).filter(([field]) => fields.includes(field)))
}

export type Fate = Readonly<{ mRID: string; start: number; end: number; wasActive: boolean; isGone: boolean }>

/** How an event fared as a schedule: hidden for its whole life by a stronger one, it was superseded. */
export function statusOf({ start, end, wasActive, isGone }: Fate, now: number): MappedEvent['status'] {
  if (isGone && now < end) return wasActive ? 'cancelled' : 'superseded'
  if (now < start) return 'scheduled'
  if (now < end) return wasActive ? 'started' : 'scheduled'
  return wasActive ? 'completed' : 'superseded'
}

export function isSameSchedule(one: Placed['life'], other: Placed['life']): boolean {
  const key = ({ parameters: { prio, intervalS, values }, parameters, runStart }: Life): string =>
    JSON.stringify([prio, intervalS, values, runStart ?? parameters.startTimes[0] ?? null])
  return key(one) === key(other)
}
