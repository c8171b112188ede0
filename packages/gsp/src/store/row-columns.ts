import type { Bodies, Kind, Row } from './row.ts'

/** A row as the database holds it. */
export type Columns = Readonly<{
  href: string
  parent: string
  kind: string
  scope: string | null
  sort: string
  time: number | null
  key: string | null
  state: number | null
  body: string
}>

export function rowOf<K extends Kind>(columns: Columns): Row<K> {
  const { href, parent, sort, scope, time, key, state } = columns
  const row = {
    href,
    parent,
    kind: columns.kind as K,
    sort,
    body: parseBody(columns.body) as Bodies[K],
    ...(scope !== null && { scope }),
    ...(time !== null && { time }),
    ...(key !== null && { key }),
    ...(state !== null && { state }),
  }
  return row as unknown as Row<K>
}

/** JSON, but for the rare integer beyond 2^53, which is written as `{"$int": "…"}`. */
export function bodyText(body: object): string {
  try {
    return JSON.stringify(body)
  } catch {
    return JSON.stringify(body, (_name, value: unknown) => (typeof value === 'bigint' ? { $int: `${value}` } : value))
  }
}

function parseBody(text: string): unknown {
  if (!text.includes('{"$int":')) return JSON.parse(text)
  return JSON.parse(text, (_name, value: unknown) => (isBigInteger(value) ? BigInt(value.$int) : value))
}

function isBigInteger(value: unknown): value is Readonly<{ $int: string }> {
  return typeof value === 'object' && value !== null && '$int' in value
}
