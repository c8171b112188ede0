import type { EventKey } from './scheduling/event.ts'
import type { FieldOwner, ScheduleEffect } from './scheduling/schedule.ts'

/** Who ruled a field for a while: an event's id (several joined by +), `default:` and a program's id, or null. */
export type Segment = Readonly<{ from: number; to: number; source: string | null; value: unknown }>

type Span = Readonly<{ fields: readonly string[]; from: number; until: number; idOf: (key: EventKey) => string }>

/** The rule over each of the fields from `from` to `until`, without gaps. */
export function timelineOf(effects: readonly ScheduleEffect[], span: Span): Record<string, readonly Segment[]> {
  return Object.fromEntries(span.fields.map((field) => [field, segmentsOf(field, effects, span)]))
}

function segmentsOf(
  field: string,
  effects: readonly ScheduleEffect[],
  { from, until, idOf }: Span,
): readonly Segment[] {
  const changes = effects.flatMap((effect) =>
    effect.type === 'field' && effect.field === field
      ? [{ at: Math.max(effect.at, from), ...ruleOf(effect.owner, idOf) }]
      : [],
  )
  const rules = [{ at: from, source: null, value: null }, ...changes]
  const segments = rules.map(({ at, source, value }, index) => ({
    from: at,
    to: rules[index + 1]?.at ?? until,
    source,
    value,
  }))
  return segments.filter((segment) => segment.from < segment.to)
}

function ruleOf(owner: FieldOwner | null, idOf: (key: EventKey) => string): { source: string | null; value: unknown } {
  if (!owner) return { source: null, value: null }
  if (owner.kind === 'default') return { source: `default:${owner.program}`, value: owner.value }
  return { source: owner.events.map(idOf).toSorted().join('+'), value: owner.value }
}
