import type { Random } from '@gridloom/kit'

const defaultSeconds = 900
const longestSeconds = 7200

/** The wait of the nearest rate (own first, then parents), clamped to [least, 7200]; undefined when it says not to poll. */
export function pollSeconds(rates: readonly (number | undefined)[], least: number): number | undefined {
  const rate = rates.find((candidate) => candidate !== undefined) ?? defaultSeconds
  if (rate <= 0) return undefined
  return Math.min(Math.max(rate, least), longestSeconds)
}

/** A factor within ten percent of 1: a fleet does not align, and what one client reads together stays together. */
export function drawJitter(random: Random): number {
  return 0.9 + 0.2 * random.next()
}
