/** Mean power over a span of time, W, export positive; readings of one series do not overlap. */
export type Reading = Readonly<{ start: number; seconds: number; watts: number }>

/** The least part of an interval that readings must cover. */
const leastCover = 0.5

/** Mean power between two times as far as readings cover it; undefined when less than half is covered. */
export function meanOver(readings: readonly Reading[], from: number, until: number): number | undefined {
  let covered = 0
  let wattSeconds = 0
  for (let index = firstAfter(readings, from); index < readings.length; index++) {
    const reading = readings[index]
    if (!reading || reading.start >= until) break
    const seconds = Math.min(reading.start + reading.seconds, until) - Math.max(reading.start, from)
    covered += Math.max(seconds, 0)
    wattSeconds += Math.max(seconds, 0) * reading.watts
  }
  return covered > 0 && covered >= leastCover * (until - from) ? wattSeconds / covered : undefined
}

/** The first reading of a sorted series that ends after a time. */
function firstAfter(readings: readonly Reading[], time: number): number {
  let low = 0
  let high = readings.length
  while (low < high) {
    const middle = (low + high) >> 1
    const reading = readings[middle]
    if (reading && reading.start + reading.seconds <= time) low = middle + 1
    else high = middle
  }
  return low
}
