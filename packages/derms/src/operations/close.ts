import { closeInterval, type Closed, type Metering } from '../domain/services/delivery.ts'
import { roomOf } from '../domain/services/ready.ts'
import type { Running } from '../domain/services/running.ts'
import type { Context } from './context.ts'

/** Closes the intervals that all meters have reported, or that nobody need wait for any more. */
export function closedUpTo(context: Context, running: Running, now: number): readonly [Running, readonly Closed[]] {
  const { config, publish } = context
  const { service, members, intervalSeconds } = running
  const metering = meteringOf(context, running)
  const { histories } = metering
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
    const one = closeInterval(running, metering, { start, end })
    publish({ event: 'interval', at: now, id: service.id, interval: one.interval })
    closed.push(one)
    start = end
  }
  return closed.length === 0 ? [running, closed] : [{ ...running, closedUntil: start }, closed]
}

function meteringOf({ fleet, config }: Context, { service: { request, call } }: Running): Metering {
  const known = fleet.known()
  return {
    histories: fleet.histories(),
    roomW(lfdi, actualW) {
      const one = known.get(lfdi)
      if (!one || request.kind !== 'reserve') return 0
      // who gives what was called needs not be able to give it once more
      const callSeconds = call ? 0 : request.callSeconds
      return roomOf(one, actualW, { ...config, direction: request.direction, callSeconds })
    },
  }
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
