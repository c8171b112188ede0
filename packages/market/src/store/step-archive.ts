import type { Archive, Remembered } from '../domain/archive.ts'
import type { MarketStore } from './market-store.ts'
import type { Spent } from './write-step.ts'

type Kept = Readonly<{ seq: number }> & Readonly<{ remembered?: Remembered; legs?: readonly string[] }>

/** The archive of a market in its journal: what the steps before the present one have spent, written or not yet. */
export type StepArchive = Archive &
  Readonly<{
    /** The step `seq` begins; `isReplay`: it is in the journal already. */
    begin(seq: number, isReplay?: boolean): void
    /** What the step has spent, now that its reply is known. */
    settle(reply: string): Spent | undefined
    /** The step is on the disk. */
    written(seq: number): void
  }>

export function createStepArchive(store: Pick<MarketStore, 'requestOf' | 'legsOf'>): StepArchive {
  const unwritten = new Map<string, Kept>()
  let [present, isReplaying] = [0, false]
  let spent: (Omit<Spent, 'answer'> & Readonly<{ remembered: Remembered }>) | undefined
  let tender: string | undefined

  return {
    begin: (seq, isReplay = false) => {
      ;[present, isReplaying] = [seq, isReplay]
      spent = tender = undefined
    },
    requestOf: (request) =>
      unwritten.get(`r ${request.partyId} ${request.requestId}`)?.remembered ?? store.requestOf(request, present),
    keepRequest: (request, remembered) => {
      if (!isReplaying) spent = { ...request, remembered }
    },
    legsOf: (partyId, tenderId) =>
      unwritten.get(`t ${partyId} ${tenderId}`)?.legs ?? store.legsOf(partyId, tenderId, present),
    keepTender: (partyId, tenderId, legs) => {
      if (isReplaying) return
      tender = tenderId
      unwritten.set(`t ${partyId} ${tenderId}`, { seq: present, legs })
    },
    settle: (reply) => {
      if (!spent) return undefined
      const { partyId, requestId, remembered } = spent
      unwritten.set(`r ${partyId} ${requestId}`, { seq: present, remembered: { ...remembered, reply } })
      return { partyId, requestId, tenderId: tender, answer: JSON.stringify(remembered.answer) }
    },
    written: (seq) => {
      for (const [key, kept] of unwritten) {
        if (kept.seq > seq) break
        unwritten.delete(key)
      }
    },
  }
}
