import type { Schedule } from './schedule.ts'

type Base = Readonly<{ opModMaxLimW?: number | undefined }>

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

const hourly = { per: 'hour', mn: 0 } as const
const always = { enabledAt: -Infinity, disabledAt: Infinity }

/** The MaxPow schedules of IEEE 2030.5 programs: any event beats any default, the lower primacy beats the higher. */
export function schedulesOf(programs: readonly Program[], setMaxW: number): readonly Schedule[] {
  const limited = programs.flatMap(({ primacy, events }) =>
    events
      .filter(({ DERControlBase }) => DERControlBase.opModMaxLimW !== undefined)
      .map((event) => ({ event, primacy })),
  )
  const stops = supersededAt(limited)
  return programs.flatMap(({ mRID, primacy, DefaultDERControl, events }) => [
    ...events.flatMap(({ mRID: id, start, duration, DERControlBase }, index) =>
      valuesOf(DERControlBase, setMaxW).map((values) => {
        const disabledAt = stops.get(events[index]) ?? Infinity
        return { ...always, id, prio: 1000 - primacy, intervalS: duration, values, starts: [start], disabledAt }
      }),
    ),
    ...valuesOf(DefaultDERControl ?? {}, setMaxW).map((values) => {
      return { ...always, id: `${mRID}:default`, prio: 300 - primacy, intervalS: 3600, values, starts: hourly }
    }),
  ])
}

/** The one entry of a mode given in hundredths of a percent; none when the mode is absent. */
function valuesOf({ opModMaxLimW }: Base, setMaxW: number): readonly (readonly number[])[] {
  return opModMaxLimW === undefined ? [] : [[(opModMaxLimW * setMaxW) / 10_000]]
}

/**
 * When each superseded event stops for good: among overlapping events of equal primacy the later creationTime wins,
 * where the controller would take the later start; an event that starts inside the winner never runs.
 */
function supersededAt(events: readonly Ranked[]): ReadonlyMap<ProgramEvent | undefined, number> {
  const stops = new Map<ProgramEvent | undefined, number>()
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
