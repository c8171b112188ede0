import type { Quantity } from '@gridloom/contracts'
import { type Base, type Bases, valueOf } from './mode-values.ts'
import type { Schedule, Value } from './schedule.ts'

export type ProgramEvent = Readonly<{
  mRID: string
  creationTime: number
  start: number
  duration: number
  DERControlBase: Base
}>

export type Program = Readonly<{
  mRID: string
  primacy: number
  DefaultDERControl?: Base | null | undefined
  events: readonly ProgramEvent[]
}>

type Ranked = Readonly<{ event: ProgramEvent; primacy: number }>

const always = { enabledAt: -Infinity, disabledAt: Infinity }
const hourly = { times: [], calendars: [{ cal: { per: 'hour', mn: 0 }, notBefore: -Infinity }] } as const

/** SchdPrio of an event and of a default: any event beats any default, the lower primacy beats the higher. */
export const priorityOf = {
  event: (primacy: number): number => 1000 - primacy,
  fallback: (primacy: number): number => 300 - primacy,
}

/** The schedules that IEEE 2030.5 programs make for a quantity. */
export function schedulesOf(programs: readonly Program[], quantity: Quantity, bases: Bases): readonly Schedule[] {
  const valuesOf = (base: Base): readonly (readonly Value[])[] => {
    const value = valueOf(quantity, base, bases)
    return value === undefined ? [] : [[value]]
  }
  const ranked = programs.flatMap(({ primacy, events }) =>
    events.filter((event) => valuesOf(event.DERControlBase).length > 0).map((event) => ({ event, primacy })),
  )
  const stops = supersededAt(ranked)
  return programs.flatMap(({ mRID, primacy, DefaultDERControl, events }): readonly Schedule[] => [
    ...events.flatMap((event) =>
      valuesOf(event.DERControlBase).map((values) => {
        const { mRID: id, start, duration: intervalS } = event
        const disabledAt = stops.get(event) ?? Infinity
        const starts = { times: [start], calendars: [] }
        return { ...always, id, prio: priorityOf.event(primacy), intervalS, values, starts, disabledAt }
      }),
    ),
    ...valuesOf(DefaultDERControl ?? {}).map((values) => {
      const prio = priorityOf.fallback(primacy)
      return { ...always, id: `${mRID}:default`, prio, intervalS: 3600, values, starts: hourly }
    }),
  ])
}

/**
 * When each superseded event stops for good: among overlapping events of equal primacy the later creationTime wins,
 * where the controller would take the later start; an event that starts inside the winner never runs.
 */
function supersededAt(events: readonly Ranked[]): ReadonlyMap<ProgramEvent, number> {
  const stops = new Map<ProgramEvent, number>()
  for (const { event, primacy } of events.toSorted((a, b) => b.event.creationTime - a.event.creationTime)) {
    const winners = events.filter((other) => {
      const newer = other.primacy === primacy && other.event.creationTime > event.creationTime
      const winnerEnd = Math.min(endOf(other.event), stops.get(other.event) ?? Infinity)
      const runs = winnerEnd > other.event.start
      return newer && runs && other.event.start < endOf(event) && event.start < winnerEnd
    })
    if (winners.length > 0) {
      stops.set(event, Math.min(...winners.map((winner) => Math.max(event.start, winner.event.start))))
    }
  }
  return stops
}

function endOf({ start, duration }: ProgramEvent): number {
  return start + duration
}
