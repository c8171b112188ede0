import { resources } from '@gridloom/sep2030'
import type { OrderKey } from './sort-key.ts'

/** What the standard's resource map says of a document by its name. */
export type MapEntry = (typeof resources)[number]

const byName = new Map<string, MapEntry>(resources.map((entry) => [entry.name, entry]))

export function mapEntry(name: string): MapEntry {
  const entry = byName.get(name)
  if (!entry) throw new RangeError(`not in the resource map: "${name}"`)
  return entry
}

/** The order of lists of this member type, by the standard. */
export function orderOf(member: string): readonly OrderKey[] {
  return byMember.get(member)?.order ?? byHref
}

const byHref: readonly OrderKey[] = [{ key: 'href', direction: 'up' }]

const byMember = new Map<string, MapEntry>(
  resources.flatMap((entry) => (entry.memberType === undefined ? [] : [[entry.memberType, entry] as const])),
)
