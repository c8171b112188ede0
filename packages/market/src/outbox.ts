import type { MarketStore } from './store/market-store.ts'
import type { Refusal } from './store/write-step.ts'

/** `refused`: the status with which the callback of the party refused it. */
export type Waiting = Readonly<{ number: number; message: string; refused?: number | undefined }>

/** The messages that no party has acknowledged: who has which, in memory, and the messages themselves in the store. */
export type Outbox = Readonly<{
  add(partyId: string, number: number): void
  acknowledged(partyId: string, number: number): void
  refused(refusal: Refusal): void
  /** What callbacks have refused and nobody has acknowledged since. */
  refusals(): readonly Refusal[]
  /** What a party may be told now, oldest first. */
  waiting(partyId: string, after: number, limit: number): readonly Waiting[]
  parties(): readonly string[]
  count(): number
  /** Its party has the answer to the request that caused it. */
  release(numbers: readonly number[]): void
}>

export function openOutbox(store: Pick<MarketStore, 'unacknowledged' | 'messageAt'>): Outbox {
  const numbers = new Map<string, Set<number>>()
  const held = new Set<number>()
  const of = (partyId: string): Set<number> => {
    const own = numbers.get(partyId) ?? new Set<number>()
    numbers.set(partyId, own)
    return own
  }
  const refused = new Map<number, Refusal>()
  for (const { party: partyId, number, refused: status } of store.unacknowledged()) {
    of(partyId).add(number)
    if (status !== null) refused.set(number, { partyId, number, status })
  }

  return {
    add: (partyId, number) => {
      of(partyId).add(number)
      held.add(number)
    },
    acknowledged: (partyId, number) => {
      of(partyId).delete(number)
      refused.delete(number)
    },
    refused: (refusal) => void refused.set(refusal.number, refusal),
    refusals: () => [...refused.values()],
    waiting: (partyId, after, limit) => {
      const found: Waiting[] = []
      for (const number of of(partyId)) {
        // messages keep their order: nothing overtakes one that is held
        if (found.length === limit || held.has(number)) break
        const message = number > after ? store.messageAt(number) : undefined
        if (message !== undefined) found.push({ number, message, refused: refused.get(number)?.status })
      }
      return found
    },
    parties: () => [...numbers].filter(([, own]) => own.size > 0).map(([partyId]) => partyId),
    count: () => [...numbers.values()].reduce((sum, own) => sum + own.size, 0),
    release: (released) => {
      for (const number of released) held.delete(number)
    },
  }
}
