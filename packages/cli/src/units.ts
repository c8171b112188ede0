import { UsageError } from './command.ts'

const prefixes: Readonly<Record<string, number>> = { '': 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9 }
const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 }

/** A number with its unit, the SI prefix already applied: "5kW" is 5000 W, "-40%" is -40 %. */
export type Quantity = Readonly<{ value: number; unit: string }>

/** Reads a number with one of the given units, with an SI prefix in front of all but "%". */
export function parseQuantity(text: string, units: readonly string[]): Quantity {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(\D*)$/i.exec(text.trim())
  const [, digits = '', suffix = ''] = match ?? []
  const unit = units.find((candidate) => suffix.endsWith(candidate) && prefixes[prefixOf(suffix, candidate)])
  if (!match || unit === undefined) throw new UsageError(`"${text}" is not a number with a unit (${units.join(', ')})`)
  const prefix = prefixOf(suffix, unit)
  if (unit === '%' && prefix) throw new UsageError(`"${text}": % takes no prefix`)
  return { value: Number(digits) * (prefixes[prefix] ?? 1), unit }
}

/** Reads a duration such as "60s", "5m", "2h"; a bare number is seconds. */
export function parseDuration(text: string): number {
  const [, digits = '', suffix = 's'] = /^(\d+(?:\.\d+)?)\s*(s|min|m|h|d)?$/.exec(text.trim()) ?? []
  const seconds = Number(digits) * (secondsPer[suffix] ?? Number.NaN)
  if (!digits || !Number.isFinite(seconds)) throw new UsageError(`"${text}" is not a duration (60s, 5m, 2h)`)
  return seconds
}

/** Reads a moment: "now", "+10s" from now, seconds since 1970, or ISO 8601. */
export function parseMoment(text: string, now: number): number {
  if (text === 'now') return Math.floor(now)
  if (text.startsWith('+')) return Math.floor(now) + Math.round(parseDuration(text.slice(1)))
  if (/^\d{9,}$/.test(text)) return Number(text)
  const seconds = Date.parse(text) / 1000
  if (!Number.isFinite(seconds)) throw new UsageError(`"${text}" is not a time (now, +10s, 2026-01-31T12:00:00Z)`)
  return Math.floor(seconds)
}

function prefixOf(suffix: string, unit: string): string {
  return suffix.slice(0, suffix.length - unit.length)
}
