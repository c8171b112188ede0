import type { Random } from './random.ts'

export type Backoff = Readonly<{ firstSeconds: number; capSeconds: number }>

export const defaultBackoff: Backoff = { firstSeconds: 1, capSeconds: 300 }

/** Seconds to wait before try `attempt` (0 is the first repeat): exponential, full jitter, capped. */
export function backoffSeconds(attempt: number, random: Random, backoff = defaultBackoff): number {
  const ceiling = Math.min(backoff.firstSeconds * 2 ** attempt, backoff.capSeconds)
  return random.next() * ceiling
}

/** The seconds that a Retry-After header asks for, given as seconds or as a date. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\d+$/.test(header.trim())) return Number(header)
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(date / 1000 - now, 0)
}
