import { setTimeout as sleep } from 'node:timers/promises'

/** Wakes parties that wait for messages. */
export type Bell = Readonly<{
  wait(marketId: string, partyId: string, seconds: number): Promise<void>
  ring(marketId: string, partyIds: readonly string[]): void
  ringAll(): void
}>

export function createBell(): Bell {
  const waiting = new Map<string, Set<() => void>>()
  return {
    wait: async (marketId, partyId, seconds) => {
      const key = `${marketId} ${partyId}`
      const { promise, resolve } = Promise.withResolvers<void>()
      const ringing = new AbortController()
      const sleepers = waiting.get(key) ?? new Set()
      waiting.set(key, sleepers.add(resolve))
      await Promise.race([promise, sleep(seconds * 1000, undefined, { signal: ringing.signal }).catch(() => {})])
      ringing.abort()
      sleepers.delete(resolve)
      if (sleepers.size === 0) waiting.delete(key)
    },
    ring: (marketId, partyIds) => {
      for (const partyId of partyIds) for (const wake of waiting.get(`${marketId} ${partyId}`) ?? []) wake()
    },
    ringAll: () => {
      for (const sleepers of waiting.values()) for (const wake of sleepers) wake()
    },
  }
}
