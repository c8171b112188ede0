import type { OrderKey } from '@gridloom/sep2030'

/**
 * Spells the keys of a list order as one text that sorts in that order, so that the database can page by an index.
 * A missing key sorts first when ascending (sep-resources, Order of lists).
 */
export function sortKey(order: readonly OrderKey[], member: object): string {
  let text = ''
  for (const { key, direction } of order) text += spelled(key, valueAt(member, key), direction)
  return text
}

function spelled(key: string, value: unknown, direction: 'up' | 'down'): string {
  if (value === undefined || value === null) return direction === 'up' ? '0' : '1'
  const present = direction === 'up' ? '1' : '0'
  if (typeof value === 'number' || typeof value === 'bigint') return present + spelledNumber(Number(value), direction)
  const width = hexDigits[key]
  if (width === undefined) return `${present}${String(value)}\u0001`
  const hex = String(value).toUpperCase().padStart(width, '0')
  return present + (direction === 'up' ? hex : complementOf(hex))
}

/** Keys whose text is a hexadecimal number, with its full width: an mRID compares as an unsigned 128-bit number. */
const hexDigits: Readonly<Record<string, number>> = { mRID: 32, endDeviceLFDI: 40, localID: 4 }

// exact for every time and count in use; beyond 2^52 all values sort as equal, at the end they belong to
const half = 2 ** 52

function spelledNumber(value: number, direction: 'up' | 'down'): string {
  const shifted = Math.min(Math.max(value, 1 - half), half - 1)
  return (direction === 'up' ? half + shifted : half - shifted).toString(16).padStart(14, '0')
}

function complementOf(hex: string): string {
  let text = ''
  for (const digit of hex) text += (15 - Number.parseInt(digit, 16)).toString(16).toUpperCase()
  return text
}

function valueAt(member: object, path: string): unknown {
  let value: unknown = member
  for (const step of path.split('.')) value = (value as Readonly<Record<string, unknown>> | undefined)?.[step]
  return value
}
