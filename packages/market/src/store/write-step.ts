import type { Statement } from '@gridloom/kit'
import type { JournalRow } from './chain.ts'
import type { HashedEntry } from './market-store.ts'

/** What a step spends: the id of a request that it decided, the id of a tender that it accepted. */
export type Spent = Readonly<{ partyId: string; requestId: string; tenderId?: string | undefined; answer: string }>

export type Numbered = Readonly<{ number: number; partyId: string; requestId?: string | undefined; message: string }>

/** A receipt of a message. */
export type Acknowledgement = Readonly<{ partyId: string; number: number; recipient?: string | undefined }>

/** A callback that answers with a status in the 400s does not take a message. */
export type Refusal = Readonly<{ partyId: string; number: number; status: number }>

/** A step with all that belongs to it. */
export type Written = Readonly<{
  row: JournalRow
  hash: string
  spent?: Spent | undefined
  entries: readonly HashedEntry[]
  outbox: readonly Numbered[]
}>

const insertStep = `INSERT INTO journal
  (market, seq, at, peer, applied, facts, message, reply, posted, hash, party, request, tender, answer)
  VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`
const insertEntry = 'INSERT INTO ledger VALUES (?,?,?,?,?,?,?,?,?,?,?,?)'
const insertMessage = 'INSERT INTO outbox (market, number, party, request, step, place) VALUES (?,?,?,?,?,?)'

/** The statements that write a step: both sides of every trade, or nothing. */
export function writeStep(market: string, { row, hash, spent, entries, outbox }: Written): readonly Statement[] {
  const { seq, at, peer, applied, facts, message, reply, posted } = row
  const { partyId: party = null, requestId: request = null, tenderId: tender = null, answer = null } = spent ?? {}
  const statements: Statement[] = [
    [insertStep, market, seq, at, peer, applied, facts, message, reply, posted, hash, party, request, tender, answer],
  ]
  for (const entry of entries) {
    const { match, partyId, counterPartyId, side, dtStart, price, quantity, amount, tenderId } = entry
    const terms = [match, partyId, counterPartyId, side, dtStart, price, quantity, String(amount), tenderId]
    statements.push([insertEntry, market, entry.seq, ...terms, entry.hash])
  }
  for (const [place, { number, partyId, requestId }] of outbox.entries()) {
    statements.push([insertMessage, market, number, partyId, requestId ?? null, seq, place])
  }
  return statements
}
