import { type Cyclic, nextOccurrence, previousOccurrence } from './calendar.ts'

/** When a schedule starts: single times, and calendars. */
export type Starts = Readonly<{ times: readonly number[]; calendars: readonly Cyclic[] }>

/** The newest start that is not after `now`; -Infinity when there is none. */
export function previousStart({ times, calendars }: Starts, now: number): number {
  let newest = -Infinity
  for (const time of times) if (time <= now && time > newest) newest = time
  for (const { cal, notBefore } of calendars) {
    const start = previousOccurrence(cal, now)
    if (start >= notBefore && start > newest) newest = start
  }
  return newest
}

/** The first start after `now`; Infinity when there is none. */
export function nextStart({ times, calendars }: Starts, now: number): number {
  let first = Infinity
  for (const time of times) if (time > now && time < first) first = time
  for (const { cal, notBefore } of calendars) {
    first = Math.min(first, nextOccurrence(cal, notBefore > now ? notBefore - 1 : now))
  }
  return first
}
