import type { DeviceSchedule } from '@gridloom/contracts'
import { priorityOf } from './der-programs.ts'
import { type Base, drawLimits, fieldsOf, wattsOf } from './mode-values.ts'

/** The most that a program of IEEE 2030.5 lets a device deliver or draw, with the priority that its schedule would have. */
export type ProgramLimit = Readonly<{ way: 'export' | 'import'; watts: number; priority: number }>

/**
 * All limits that hold at an instant. Those of several programs hold together, where only one schedule of a quantity decides;
 * each field is of the event that has it, else of the default of the lowest primacy.
 */
export function programLimitsAt(
  decided: Pick<DeviceSchedule, 'events' | 'programs' | 'settings'>,
  now: number,
): readonly ProgramLimit[] {
  const limitsOf = (way: ProgramLimit['way'], fields: readonly (keyof Base)[]) =>
    fields.flatMap((field) => {
      const ruler = eventWith(field, decided, now) ?? defaultWith(field, decided)
      const watts = ruler && wattsOf(field, ruler.base, decided.settings)
      return watts === undefined ? [] : [{ way, watts: Math.max(0, watts), priority: ruler?.priority ?? 0 }]
    })
  return [...limitsOf('export', fieldsOf.MaxPow), ...limitsOf('import', drawLimits)]
}

type Ruler = Readonly<{ base: Base; priority: number }>

function eventWith(field: keyof Base, { events }: Pick<DeviceSchedule, 'events'>, now: number): Ruler | undefined {
  const [event] = events
    .filter(({ state, fields }) => (state === 'Scheduled' || state === 'Active') && fields.includes(field))
    .filter(({ start, duration }) => start <= now && now < start + duration)
    .toSorted((a, b) => a.primacy - b.primacy || b.start - a.start)
  return event && { base: event.controls, priority: priorityOf.event(event.primacy) }
}

function defaultWith(field: keyof Base, { programs }: Pick<DeviceSchedule, 'programs'>): Ruler | undefined {
  const [program] = programs
    .filter(({ default: fallback }) => fallback?.[field] !== undefined)
    .toSorted((a, b) => a.primacy - b.primacy)
  return program && { base: program.default ?? {}, priority: priorityOf.fallback(program.primacy) }
}
