import type { Answer } from '../domain/answer.ts'
import type { Archive, Remembered } from '../domain/archive.ts'
import type { MarketStore, SpentKind } from './market-store.ts'
import { createSieve } from './sieve.ts'
import type { Spent } from './write-step.ts'

type Recent = { readonly seq: number; remembered?: Remembered | undefined }

/** The archive of a market in its journal: what the steps before the present one have spent, written or not yet. */
export type StepArchive = Archive &
  Readonly<{
    /** The step `seq` begins; `isReplay`: it is in the journal already. */
    begin(seq: number, isReplay?: boolean): void
    /** What the step has spent, now that its reply is known. */
    settle(reply: string): Spent | undefined
    /** The step is on the disk: it need not be remembered in memory. */
    written(seq: number): void
    /** How much waits for its place. */
    size(): number
    /** The first step of which something waits for its place. */
    oldest(): number
    /** All that was spent up to a step has its place. */
    placed(upTo: number): void
  }>

/** Ids are kept in memory until there are enough to give them their places in the store all at once. */
export function createStepArchive(
  store: Pick<MarketStore, 'findSpent' | 'spentAfter' | 'unplaced' | 'rememberedAt'>,
): StepArchive {
  const recent = new Map<string, Recent>()
  const unwritten: Recent[] = []
  let [present, isReplaying] = [0, false]
  let spent: (Omit<Spent, 'answer'> & Readonly<{ remembered: Remembered }>) | undefined
  let tender: string | undefined
  // most ids are new: those that have no place are not looked for
  const placed = createSieve()
  for (let page = store.spentAfter(); page.length > 0; page = store.spentAfter(page.at(-1))) {
    for (const { kind, party, id } of page) placed.add(keyOf(kind, party, id))
  }
  for (const { seq, party, request, tender: tenderId } of store.unplaced()) {
    recent.set(keyOf('r', party, request), { seq })
    if (tenderId !== null) recent.set(keyOf('t', party, tenderId), { seq })
  }

  function find(kind: SpentKind, partyId: string, id: string): Remembered | undefined {
    const key = keyOf(kind, partyId, id)
    const known = recent.get(key)
    // a replay comes by messages that are in the journal already
    if (known && known.seq < present) return known.remembered ?? store.rememberedAt(known.seq)
    const seq = placed.mayHave(key) ? store.findSpent(kind, partyId, id, present) : undefined
    return seq === undefined ? undefined : store.rememberedAt(seq)
  }

  return {
    begin: (seq, isReplay = false) => {
      ;[present, isReplaying] = [seq, isReplay]
      spent = tender = undefined
    },
    requestOf: ({ partyId, requestId }) => find('r', partyId, requestId),
    keepRequest: (request, remembered) => {
      if (!isReplaying) spent = { ...request, remembered }
    },
    legsOf: (partyId, tenderId) => {
      const remembered = find('t', partyId, tenderId)
      return remembered && legsIn(remembered.answer)
    },
    keepTender: (_partyId, tenderId) => {
      if (!isReplaying) tender = tenderId
    },
    settle: (reply) => {
      if (!spent) return undefined
      const { partyId, requestId } = spent
      const kept: Recent = { seq: present, remembered: { ...spent.remembered, reply } }
      unwritten.push(kept)
      recent.set(keyOf('r', partyId, requestId), kept)
      if (tender !== undefined) recent.set(keyOf('t', partyId, tender), kept)
      return { partyId, requestId, tenderId: tender, answer: JSON.stringify(spent.remembered.answer) }
    },
    written: (seq) => {
      const count = unwritten.findIndex((kept) => kept.seq > seq)
      for (const kept of unwritten.splice(0, count < 0 ? unwritten.length : count)) kept.remembered = undefined
    },
    size: () => recent.size,
    oldest: () => recent.values().next().value?.seq ?? present,
    placed: (upTo) => {
      // they stand in the order of their steps
      for (const [key, { seq }] of recent) {
        if (seq > upTo) return
        placed.add(key)
        recent.delete(key)
      }
    },
  }
}

function legsIn({ result }: Answer): readonly string[] {
  return result && 'marketOrders' in result ? result.marketOrders.map(([tenderId]) => tenderId) : []
}

// no id holds a blank
function keyOf(kind: SpentKind, partyId: string, id: string): string {
  return `${kind} ${partyId} ${id}`
}
