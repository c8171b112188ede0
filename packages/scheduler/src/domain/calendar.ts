import type { SetCal } from '@gridloom/contracts'
import { z } from 'zod'

const mn = z.int().min(0).max(59)
const hr = z.int().min(0).max(23)
const day = z.int().min(1).max(31)
const month = z.int().min(1).max(12)

/** When a cyclic schedule starts (setCal): members that the period does not need are ignored. */
export const Calendar = z.discriminatedUnion('per', [
  z.object({ per: z.literal('hour'), mn }),
  z.object({ per: z.literal('day'), hr, mn }),
  z.object({ per: z.literal('week'), weekDay: z.int().min(1).max(7), hr, mn }),
  z.object({ per: z.literal('month'), day, hr, mn }),
  z
    .object({ per: z.literal('year'), month, day, hr, mn })
    .refine((cal) => dayOf(2000, cal.month - 1, cal.day) !== undefined, 'the month never has this day'),
])

export type Calendar = z.infer<typeof Calendar>

/** A calendar, and the instant before which it has no occurrence. */
export type Cyclic = Readonly<{ cal: Calendar; notBefore: number }>

/** The calendar that a setCal means; undefined for what is refused with error 99: occ above 1, weeks and days of a year. */
export function cyclicOf(setCal: SetCal): Cyclic | undefined {
  if (!understood.has(setCal)) understood.set(setCal, understand(setCal))
  return understood.get(setCal)
}

// the same calendar is asked for at every change of a schedule
const understood = new WeakMap<SetCal, Cyclic | undefined>()

function understand({ occ, occType, occPer, notBefore, ...setCal }: SetCal): Cyclic | undefined {
  if (occ > 1 || !occTypes[occPer].includes(occType)) return undefined
  const cal = Calendar.safeParse({ per: occPer.toLowerCase(), ...setCal })
  return cal.success ? { cal: cal.data, notBefore: notBefore ?? -Infinity } : undefined
}

const occTypes: Readonly<Record<SetCal['occPer'], readonly SetCal['occType'][]>> = {
  Hour: ['Time'],
  Day: ['Time'],
  Week: ['Time', 'WeekDay'],
  Month: ['Time', 'DayOfMonth'],
  Year: ['Time', 'DayOfMonth'],
}

const HOUR = 3600
const DAY = 24 * HOUR
const WEEK = 7 * DAY
const MONDAY = -3 * DAY // the Monday before 1970-01-01

/** The newest occurrence that is not after `now`. */
export function previousOccurrence(cal: Calendar, now: number): number {
  return seek(cal, now, -1, (start) => start <= now)
}

/** The first occurrence after `now`. */
export function nextOccurrence(cal: Calendar, now: number): number {
  return seek(cal, now, 1, (start) => start > now)
}

/** The longest time, in seconds, from one occurrence to the next: some months and years do not have the day. */
export function longestPeriod(cal: Calendar): number {
  switch (cal.per) {
    case 'hour':
      return HOUR
    case 'day':
      return DAY
    case 'week':
      return WEEK
    case 'month':
      // over a month without the day, the shortest that has it before: 29 January to 29 March
      return (cal.day <= 28 ? 31 : cal.day + 30) * DAY
    case 'year':
      // 2100 is no leap year
      return (cal.month === 2 && cal.day === 29 ? 2921 : 366) * DAY
    default:
      return cal satisfies never
  }
}

function seek(cal: Calendar, now: number, direction: 1 | -1, fits: (start: number) => boolean): number {
  for (let period = periodOf(cal, now); ; period += direction) {
    const start = occurrence(cal, period)
    if (start !== undefined && fits(start)) return start
  }
}

/** The number of the period that holds `now`, counted from 1970. */
function periodOf({ per }: Calendar, now: number): number {
  const date = new Date(now * 1000)
  switch (per) {
    case 'hour':
      return Math.floor(now / HOUR)
    case 'day':
      return Math.floor(now / DAY)
    case 'week':
      return Math.floor((now - MONDAY) / WEEK)
    case 'month':
      return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
    case 'year':
      return date.getUTCFullYear() - 1970
    default:
      return per satisfies never
  }
}

/** The occurrence in a period; a month without the day has none. */
function occurrence(cal: Calendar, period: number): number | undefined {
  if (cal.per === 'hour') return period * HOUR + cal.mn * 60
  const midnight = midnightOf(cal, period)
  return midnight === undefined ? undefined : midnight + cal.hr * HOUR + cal.mn * 60
}

function midnightOf(cal: Exclude<Calendar, { per: 'hour' }>, period: number): number | undefined {
  switch (cal.per) {
    case 'day':
      return period * DAY
    case 'week':
      return MONDAY + period * WEEK + (cal.weekDay - 1) * DAY
    case 'month':
      return dayOf(1970, period, cal.day)
    case 'year':
      return dayOf(1970 + period, cal.month - 1, cal.day)
    default:
      return cal satisfies never
  }
}

function dayOf(year: number, monthIndex: number, dayOfMonth: number): number | undefined {
  const date = new Date(Date.UTC(year, monthIndex, dayOfMonth))
  return date.getUTCDate() === dayOfMonth ? date.getTime() / 1000 : undefined
}
