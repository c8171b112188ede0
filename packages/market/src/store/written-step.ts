import type { Step } from '../domain/desk.ts'
import { journalHash, ledgerHash } from './chain.ts'
import type { HashedEntry } from './market-store.ts'
import type { Numbered, Written } from './write-step.ts'

/** Where the chains of a market stand. */
export type Heads = Readonly<{ seq: number; hash: string; ledgerHash: string; number: number }>

export type Taken = Readonly<{
  at: number
  peer: string
  applied: boolean
  facts: string
  message: string
  reply: string
}>

/** Puts a step at the end of the chains of its market. */
export function chainStep(
  heads: Heads,
  taken: Taken,
  { posted, entries }: Pick<Step, 'posted' | 'entries'>,
): Readonly<{ written: Omit<Written, 'spent'>; heads: Heads }> {
  const outbox = posted.map(({ partyId, message }, index): Numbered => {
    return { number: heads.number + index + 1, partyId, requestId: message.requestId, message: JSON.stringify(message) }
  })
  let last = heads.ledgerHash
  const hashed = entries.map((entry): HashedEntry => {
    last = ledgerHash(last, entry)
    return { ...entry, hash: last }
  })
  const { applied, ...rest } = taken
  const row = { ...rest, seq: heads.seq + 1, applied: applied ? 1 : 0, posted: postedText(outbox) }
  const hash = journalHash(heads.hash, row)
  const next = { seq: row.seq, hash, ledgerHash: last, number: heads.number + outbox.length }
  return { written: { row, hash, entries: hashed, outbox }, heads: next }
}

function postedText(outbox: readonly Numbered[]): string {
  return `[${outbox.map(({ partyId, message }) => `{"partyId":${JSON.stringify(partyId)},"message":${message}}`).join(',')}]`
}
