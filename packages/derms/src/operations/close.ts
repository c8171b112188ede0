import { closeInterval, type Closed } from '../domain/services/delivery.ts'
import type { Running } from '../domain/services/running.ts'
import type { Context } from './context.ts'

/** Closes the intervals that all meters have reported, or that nobody need wait for any more. */
export function closedUpTo(
  { fleet, config, publish }: Context,
  running: Running,
  now: number,
): readonly [Running, readonly Closed[]] {
  const { service, members, intervalSeconds } = running
  const histories = fleet.histories()
  const closed: Closed[] = []
  let start = running.closedUntil
  while (start < service.end) {
    const end = Math.min(start + intervalSeconds, service.end)
    // who has been silent for long is not waited for
    const isMetered = members.every((lfdi) => {
      const newest = histories.get(lfdi)?.recent.at(-1)
      const heardUntil = newest ? newest.start + newest.seconds : -Infinity
      return heardUntil >= end || heardUntil < end - config.silentSeconds
    })
    if (now < end || (!isMetered && now < end + config.silentSeconds)) break
    const one = closeInterval(running, histories, start, end)
    publish({ event: 'interval', at: now, id: service.id, interval: one.interval })
    closed.push(one)
    start = end
  }
  return closed.length === 0 ? [running, closed] : [{ ...running, closedUntil: start }, closed]
}

/** What each DER gave, for those who take turns. */
export function givenBy(closed: readonly Closed[]): ReadonlyMap<string, number> {
  const given = new Map<string, number>()
  for (const { interval, shares } of closed) {
    const hours = (interval.end - interval.start) / 3600
    for (const { lfdi, actualW, baselineW, askedW } of shares) {
      if (askedW === null) continue
      given.set(lfdi, (given.get(lfdi) ?? 0) + Math.abs(actualW - baselineW) * hours)
    }
  }
  return given
}
