import { type Reading } from '../settlement/readings.ts'

/** A metered mean, and whether an order of ours ruled the DER meanwhile. */
export type Metered = Reading & Readonly<{ isMoved?: boolean }>

/** What is remembered of a DER's power: the last readings as they came, and what it did of itself by quarters of an hour. */
export type History = Readonly<{ recent: readonly Metered[]; quarters: ReadonlyMap<number, number> }>

const quarter = 900
const perDay = 96
const mostRecent = 1500
const daysKept = 14

export const emptyHistory: History = { recent: [], quarters: new Map() }

/** Takes readings in, oldest first; only what a DER did of itself goes into its days. */
export function remembered({ recent, quarters }: History, readings: readonly Metered[]): History {
  const last = recent.at(-1)?.start ?? -Infinity
  const fresh = readings.filter(({ start }) => start > last)
  if (fresh.length === 0) return { recent, quarters }
  const all = [...recent, ...fresh].slice(-mostRecent)
  const days = new Map(quarters)
  for (const number of new Set(fresh.map(({ start }) => Math.floor(start / quarter)))) {
    const watts = freeMean(all, number)
    if (watts !== undefined) days.set(number, watts)
  }
  const oldest = Math.floor((fresh.at(-1)?.start ?? 0) / quarter) - daysKept * perDay
  for (const number of days.keys()) if (number < oldest) days.delete(number)
  return { recent: all, quarters: days }
}

function freeMean(recent: readonly Metered[], number: number): number | undefined {
  const free = recent.filter(({ start, isMoved }) => !isMoved && Math.floor(start / quarter) === number)
  const seconds = free.reduce((sum, reading) => sum + reading.seconds, 0)
  return seconds > 0 ? free.reduce((sum, { watts, seconds: s }) => sum + watts * s, 0) / seconds : undefined
}

/** Its readings while nobody asked anything of it: days by quarters, then the last as they came. Sorted, none overlap. */
export function freeReadings({ recent, quarters }: History): readonly Reading[] {
  const from = recent[0]?.start ?? Infinity
  const old = [...quarters]
    .filter(([number]) => (number + 1) * quarter <= from)
    .toSorted(([a], [b]) => a - b)
    .map(([number, watts]) => ({ start: number * quarter, seconds: quarter, watts }))
  return [...old, ...recent.filter(({ isMoved }) => !isMoved)]
}

/** What it will do if nobody asks: what it did of itself last fades, with a half-life, into the same time of the last days. */
export function forecastOf(history: History, presentSeconds: number): (time: number) => number {
  const free = history.recent.filter(({ isMoved }) => !isMoved)
  const newest = free.at(-1)
  if (!newest) return (time) => usualAt(history, time) ?? 0
  const end = newest.start + newest.seconds
  const present = mean(free.filter(({ start }) => start >= end - presentSeconds).map(({ watts }) => watts)) ?? 0
  const usualNow = usualAt(history, end)
  return (time) => {
    const usual = usualAt(history, time)
    if (usual === undefined || usualNow === undefined) return present
    return usual + (present - usualNow) * 0.5 ** (Math.max(time - end, 0) / halfLife)
  }
}

const halfLife = 1800
const daysAveraged = 5

/** The mean of the same quarter of an hour on the last days; undefined before the first day is over. */
function usualAt({ quarters }: History, time: number): number | undefined {
  const number = Math.floor(time / quarter)
  const days = Array.from({ length: daysKept }, (_, ago) => quarters.get(number - (ago + 1) * perDay))
  return mean(days.filter((watts) => watts !== undefined).slice(0, daysAveraged))
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}
