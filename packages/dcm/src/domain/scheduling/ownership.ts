import type { Draft } from './draft.ts'
import type { LiveEvent, Program } from './event.ts'
import { fullMrid } from './event.ts'
import { isShared } from './fields.ts'
import type { FieldOwner } from './schedule.ts'

/** Reports every control field that has come under another rule since the last time. */
export function reportFields(draft: Draft): void {
  const before = draft.fields
  const after = fieldOwners(draft)
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const owner = after[field] ?? null
    if (JSON.stringify(owner) === JSON.stringify(before[field] ?? null)) continue
    draft.effects.push({ type: 'field', at: draft.now, field, owner })
  }
  draft.fields = after
}

/** Who rules each field: the event that runs on it, else the default of one program (D14, D24). */
function fieldOwners({ kind, programs, live }: Draft): Readonly<Record<string, FieldOwner>> {
  const owners: Record<string, FieldOwner> = kind === 'DERControl' ? defaultOwners(programs) : {}
  const ruling = [...live.values()].filter(
    ({ state, overriddenSince }) => state === 'Active' && overriddenSince === null,
  )
  const byField = Map.groupBy(
    ruling.flatMap((event) => event.fields.map((field) => ({ field, event }))),
    ({ field }) => field,
  )
  for (const [field, holders] of byField) {
    const events = holders.map(({ event }) => event)
    owners[field] = {
      kind: 'event',
      events: events.map(({ key }) => key).toSorted(),
      value: valueOf(kind, field, events),
    }
  }
  return owners
}

/** Only the best program that has a default counts, also for the fields that its default leaves out. */
function defaultOwners(programs: readonly Program[]): Record<string, FieldOwner> {
  const [best] = programs.filter((program) => program.default).toSorted(byPrimacy)
  if (!best?.default) return {}
  const entries = Object.entries(best.default)
  return Object.fromEntries(entries.map(([field, value]) => [field, { kind: 'default', program: best.id, value }]))
}

function byPrimacy(a: Program, b: Program): number {
  return a.primacy - b.primacy || (fullMrid(a.mRID) < fullMrid(b.mRID) ? 1 : -1)
}

function valueOf(kind: Draft['kind'], field: string, events: readonly LiveEvent[]): unknown {
  if (kind !== 'DERControl') return events[0]?.controls
  if (isShared(field)) return events.every(({ controls }) => controls[field] === true)
  return events[0]?.controls[field]
}
