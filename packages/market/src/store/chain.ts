import { hash } from 'node:crypto'
import type { LedgerEntry } from '../domain/ledger.ts'

/** One step as it is kept; `facts` is what the market knew of the peer then, `posted` what parties were to be told. */
export type JournalRow = Readonly<{
  seq: number
  at: number
  peer: string
  /** 0 for what was refused before it came to the market: it is on record and has no effect. */
  applied: number
  facts: string
  message: string
  reply: string
  posted: string
}>

/** The hash of a step, over itself and the hash of the one before: nothing can be changed, left out or put between. */
export function journalHash(previous: string, row: JournalRow): string {
  const { seq, at, peer, applied, facts, message, reply, posted } = row
  return hash('sha256', JSON.stringify([previous, seq, at, peer, applied, facts, message, reply, posted]))
}

export function ledgerHash(previous: string, entry: LedgerEntry): string {
  const { seq, match, partyId, counterPartyId, side, dtStart, price, quantity, amount, tenderId } = entry
  const fields = [seq, match, partyId, counterPartyId, side, dtStart, price, quantity, String(amount), tenderId]
  return hash('sha256', JSON.stringify([previous, ...fields]))
}
