import type { Desk, DeskSnapshot } from '../domain/desk.ts'
import type { Visit } from '../domain/conversation.ts'
import type { LedgerEntry } from '../domain/ledger.ts'
import type { JournalRow } from './chain.ts'
import type { MarketStore } from './market-store.ts'
import type { StepArchive } from './step-archive.ts'
import type { Heads } from './written-step.ts'

export type Restored = Readonly<{ desk: Desk; heads: Heads; at: number; replayed: number }>
type OpenDesk = (from: DeskSnapshot | undefined, earlier: Iterable<LedgerEntry>) => Desk

/** Brings a market back: the newest snapshot, the ledger up to it, and every step since, done again. */
export function replayJournal(store: MarketStore, archive: StepArchive, open: OpenDesk): Restored {
  const snapshot = store.snapshot()
  const from = snapshot && (JSON.parse(snapshot.state) as DeskSnapshot)
  const desk = open(from, ledgerUpTo(store, snapshot?.ledger ?? 0))
  let [seq, hash, at, replayed] = [0, '', 0, 0]
  // the last step of the snapshot itself tells where the chain stands
  const [known] = snapshot ? store.journal(snapshot.seq - 1, 1) : []
  if (known) [seq, hash, at] = [known.seq, known.hash, known.at]
  for (let rows = store.journal(seq); rows.length > 0; rows = store.journal(seq)) {
    for (const row of rows) {
      archive.begin(row.seq, true)
      redo(desk, row)
      ;[seq, hash, at] = [row.seq, row.hash, row.at]
      replayed += 1
    }
  }
  const lastEntry = desk.agent.ledger.lastSeq()
  const [head] = store.ledger(lastEntry - 1, 2)
  if ((head?.seq ?? 0) !== lastEntry || store.ledger(lastEntry, 1).length > 0) {
    throw new Error('the ledger is not what the journal leads to: look at the store with "gridloom market verify"')
  }
  return { desk, heads: { seq, hash, ledgerHash: head?.hash ?? '', number: store.lastNumber() }, at, replayed }
}

/** Does a recorded step again. */
export function redo(
  desk: Desk,
  { at, peer, applied, facts, message }: JournalRow,
): ReturnType<Desk['take']> | undefined {
  if (applied === 0) return undefined
  const said: unknown = JSON.parse(message)
  if (peer !== 'clock') return desk.take({ ...(JSON.parse(facts) as Partial<Visit>), peer, message: said }, at)
  const { dtStart } = said as Readonly<{ dtStart?: number }>
  return dtStart === undefined ? desk.advance(at) : desk.clear(dtStart, at)
}

function* ledgerUpTo(store: MarketStore, last: number): Generator<LedgerEntry> {
  let seq = 0
  while (seq < last) {
    const entries = store.ledger(seq, Math.min(1000, last - seq))
    if (entries.length === 0) return
    yield* entries
    seq = entries.at(-1)?.seq ?? last
  }
}
