import { EiCreateTransaction, MarketReference } from '@gridloom/contracts'
import { memoryArchive } from '../domain/archive.ts'
import { createDesk } from '../domain/desk.ts'
import type { LedgerEntry } from '../domain/ledger.ts'
import { type JournalRow, journalHash, ledgerHash } from './chain.ts'
import { redo } from './replay-journal.ts'

type Hashed = Readonly<{ hash: string }>

/** What is on record of a market. */
export type Record = Readonly<{
  reference: unknown
  journal: readonly (JournalRow & Hashed)[]
  ledger: readonly (LedgerEntry & Hashed)[]
}>

/** Everything in a record that is not as it has to be; an empty list is a sound record. */
export function verifyRecord({ reference, journal, ledger }: Record): readonly string[] {
  return [
    ...brokenLink('journal', journal, journalHash),
    ...brokenLink('ledger', ledger, ledgerHash),
    ...differences('the messages to the parties', tradesTold(journal), ledger.map(tradeText).toSorted()),
    ...differences('the steps done again', redoneLedger(reference, journal), ledger.map(entryText)),
  ]
}

/** The first place at which a chain does not hold: from there on nothing is proven. */
function brokenLink<T extends Hashed & Readonly<{ seq: number }>>(
  name: string,
  chain: readonly T[],
  hashOf: (previous: string, link: T) => string,
): readonly string[] {
  let previous = ''
  for (const [index, link] of chain.entries()) {
    if (link.seq !== index + 1) return [`${name}: entry ${index + 1} is missing, found ${link.seq}`]
    if (link.hash !== hashOf(previous, link)) return [`${name}: entry ${link.seq} does not fit the chain`]
    previous = link.hash
  }
  return []
}

/** The trades as the parties were told of them, which is all that ledger and positions follow from. */
function tradesTold(journal: readonly JournalRow[]): readonly string[] {
  return journal
    .flatMap(({ posted }) => JSON.parse(posted) as readonly Readonly<{ message: unknown }>[])
    .flatMap(({ message }) => {
      const told = EiCreateTransaction.safeParse(message)
      if (!told.success) return []
      const { partyId, counterPartyId, transaction } = told.data
      const { match, side, interval, price, quantity, tenderId } = transaction
      return [tradeText({ match, partyId, counterPartyId, side, dtStart: interval.dtStart, price, quantity, tenderId })]
    })
    .toSorted()
}

/** The ledger that the same messages lead to in a new market. */
function redoneLedger(reference: unknown, journal: readonly JournalRow[]): readonly string[] {
  const desk = createDesk(MarketReference.parse(reference), { archive: memoryArchive() })
  return journal.flatMap((row) => redo(desk, row)?.entries.map(entryText) ?? [])
}

function differences(what: string, found: readonly string[], expected: readonly string[]): readonly string[] {
  const at = expected.findIndex((text, index) => text !== found[index])
  if (at >= 0) return [`ledger: ${expected[at]} does not follow from ${what}, which give ${found[at] ?? 'nothing'}`]
  return found.length > expected.length ? [`ledger: ${found[expected.length]} is missing, ${what} give it`] : []
}

function entryText(entry: LedgerEntry): string {
  return JSON.stringify([entry.seq, tradeText(entry), String(entry.amount)])
}

type Trade = Omit<LedgerEntry, 'seq' | 'amount'>

function tradeText({ match, partyId, counterPartyId, side, dtStart, price, quantity, tenderId }: Trade): string {
  return JSON.stringify([match, partyId, counterPartyId, side, dtStart, price, quantity, tenderId])
}
