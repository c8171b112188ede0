/**
 * When the anomalous messages of the last 24 h came: exactly for the newest, in bundles for those that a flood pushes out,
 * so that a file stays small whatever is thrown at it. A bundle counts until its newest is a day old: the count never falls
 * short of the truth, and is exact as long as there are no more than `mostTimes` in a day.
 */
export type Anomalies = Readonly<{ times: readonly number[]; bundles: readonly Bundle[]; mostTimes: number }>

type Bundle = Readonly<{ firstAt: number; lastAt: number; count: number }>

const rememberedSeconds = 86_400
const usualTimes = 192
const bundleSize = 16
const mostBundles = 24

export const noAnomalies: Anomalies = { times: [], bundles: [], mostTimes: usualTimes }
/** Counts exactly, at the price of memory. */
export const noAnomaliesExactly: Anomalies = { ...noAnomalies, mostTimes: Infinity }

/** n24: how many are remembered. */
export function anomalyCount({ times, bundles }: Anomalies): number {
  return times.length + counted(bundles)
}

/** How many are younger than so many seconds; exact up to the `mostTimes` newest. */
export function anomaliesWithin({ times, bundles }: Anomalies, t: number, seconds: number): number {
  let young = 0
  for (let index = times.length - 1; index >= 0 && t - (times[index] ?? 0) < seconds; index--) young += 1
  return young < times.length ? young : young + counted(bundles.filter(({ lastAt }) => t - lastAt < seconds))
}

export function withAnomaly({ times, bundles, mostTimes }: Anomalies, t: number): Anomalies {
  if (times.length < mostTimes) return { times: [...times, t], bundles, mostTimes }
  const bundle = { firstAt: times[0] ?? t, lastAt: times[bundleSize - 1] ?? t, count: bundleSize }
  return { times: [...times.slice(bundleSize), t], bundles: roomFor([...bundles, bundle]), mostTimes }
}

/** Drops what is a day old or older. */
export function withoutOld(anomalies: Anomalies, t: number): Anomalies {
  const isOld = (at: number) => t - at >= rememberedSeconds
  const oldest = anomalies.bundles[0]?.lastAt ?? anomalies.times[0]
  if (oldest === undefined || !isOld(oldest)) return anomalies
  return {
    ...anomalies,
    times: anomalies.times.filter((at) => !isOld(at)),
    bundles: anomalies.bundles.filter(({ lastAt }) => !isOld(lastAt)),
  }
}

/** Joins the two neighbours that span the least time when there are too many bundles. */
function roomFor(bundles: readonly Bundle[]): readonly Bundle[] {
  if (bundles.length <= mostBundles) return bundles
  const joints = bundles.slice(1).map((next, index) => joined(bundles[index] ?? next, next))
  const span = (index: number) => (joints[index]?.lastAt ?? 0) - (joints[index]?.firstAt ?? 0)
  const least = joints.reduce((best, _, index) => (span(index) < span(best) ? index : best), 0)
  return [...bundles.slice(0, least), ...joints.slice(least, least + 1), ...bundles.slice(least + 2)]
}

function joined({ firstAt, count }: Bundle, next: Bundle): Bundle {
  return { firstAt, lastAt: next.lastAt, count: count + next.count }
}

function counted(bundles: readonly Bundle[]): number {
  return bundles.reduce((sum, { count }) => sum + count, 0)
}
