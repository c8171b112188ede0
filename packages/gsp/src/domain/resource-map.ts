import { resources, type OrderKey, type Resource } from '@gridloom/sep2030'

const byName = new Map(resources.map((entry) => [entry.name, entry]))
const byMember = new Map(resources.map((entry) => [entry.memberType, entry.order]))

/** What the standard's resource map says of a document by its name. */
export function mapEntry(name: string): Resource {
  const entry = byName.get(name)
  if (!entry) throw new RangeError(`not in the resource map: "${name}"`)
  return entry
}

/** The order of the lists of what we keep under this kind. */
export function orderOf(kind: string): readonly OrderKey[] {
  return byMember.get(shownAs[kind] ?? kind) ?? byHref
}

// what comes in as a mirror meter reading is listed as a meter reading
const shownAs: Readonly<Record<string, string>> = { MirrorMeterReading: 'MeterReading' }

const byHref: readonly OrderKey[] = [{ key: 'href', direction: 'up' }]
