import type { LiveEvent } from './event.ts'

type Ranked = Pick<LiveEvent, 'primacy' | 'creationTime' | 'dateTime' | 'mRID' | 'server'>

/** Orders events from best to worst (D9); the server is the last resort for two hosts that use one mRID. */
export function byPrecedence(a: Ranked, b: Ranked): number {
  return (
    a.primacy - b.primacy ||
    b.creationTime - a.creationTime ||
    b.dateTime - a.dateTime ||
    compare(b.mRID, a.mRID) ||
    compare(a.server, b.server)
  )
}

export function isBetter(a: Ranked, b: Ranked): boolean {
  return byPrecedence(a, b) < 0
}

/** The best of the events, undefined if there are none. */
export function bestOf<T extends Ranked>(events: readonly T[]): T | undefined {
  let best: T | undefined
  for (const event of events) if (!best || isBetter(event, best)) best = event
  return best
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
