import type { Fields } from './decode.ts'
import type { Type } from './schema.ts'

export function isList({ lineage }: Type): boolean {
  return lineage.includes('List')
}

/** Gives a list that came without its counts those of the members that came. */
export function countMembers({ fields }: Type, list: Fields): void {
  const members = fields.map(({ name, max }) => (max > 1 ? list[name] : undefined)).find(Array.isArray)
  const count = members?.length ?? 0
  list['all'] ??= count
  list['results'] ??= count
}
