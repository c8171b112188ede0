import type { Desk, DeskSnapshot, Step } from './domain/desk.ts'
import type { NewsBoard } from './news.ts'
import type { Outbox } from './outbox.ts'
import type { MarketStore } from './store/market-store.ts'
import type { Restored } from './store/replay-journal.ts'
import type { StepArchive } from './store/step-archive.ts'
import { chainStep, type Taken } from './store/written-step.ts'

/** Puts the steps of a market on the disk, one behind the other; what follows from a step is told afterwards. */
export type Recorder = Readonly<{
  /** Another step is about to be decided. */
  begin(): void
  /** Resolves when the step is on the disk, to what lets others be told of it. */
  record(taken: Taken, step: Recorded): Promise<(() => void) | undefined>
  saveSnapshot(): Promise<void>
  /** The number of steps so far: no two messages see the same. */
  steps(): number
  onPosted(listener: (partyIds: readonly string[]) => void): void
}>

export type Recorded = Pick<Step, 'posted' | 'entries' | 'tickers' | 'touched'>

export type RecorderOptions = Readonly<{
  store: MarketStore
  archive: StepArchive
  outbox: Outbox
  news: NewsBoard
  desk: Desk
  from: Pick<Restored, 'heads' | 'replayed'>
  snapshotEvery: number
  fail: (error: unknown) => void
}>

// ids whose places are not known yet
const mostUnplaced = 50_000
// steps whose ids are given their places at once: so few that nobody waits for it, so many that they share their pages
const placedAtOnce = 5000

export function createRecorder({ store, archive, outbox, news, desk, from, ...options }: RecorderOptions): Recorder {
  let { heads, replayed: sinceSnapshot } = from
  let isPlacing = false
  let tellPosted: (partyIds: readonly string[]) => void = () => {}

  async function record(taken: Taken, step: Recorded): Promise<(() => void) | undefined> {
    const { written, heads: next } = chainStep(heads, taken, step)
    heads = next
    for (const { partyId, number } of written.outbox) outbox.add(partyId, number)
    const spent = archive.settle(taken.reply)
    sinceSnapshot += 1
    const isTimeForSnapshot = sinceSnapshot >= options.snapshotEvery
    const appended = store.append({ ...written, spent })
    // written behind the step: the step itself need not wait for them
    if (isTimeForSnapshot) saveSnapshot().catch(options.fail)
    if (!isPlacing && archive.size() >= mostUnplaced) place().catch(options.fail)
    try {
      await appended
    } catch (cause) {
      const error = new Error('a step of the market could not be written', { cause })
      options.fail(error)
      throw error
    }
    archive.written(written.row.seq)
    news.tell({ tickers: step.tickers, touched: step.touched, now: taken.at })
    if (written.outbox.length === 0) return undefined
    const release = (): void => {
      outbox.release(written.outbox.map(({ number }) => number))
      tellPosted(step.posted.map(({ partyId }) => partyId))
    }
    if (taken.peer === 'clock') release()
    return release
  }

  function place(): Promise<void> {
    const upTo = Math.min(heads.seq, archive.oldest() + placedAtOnce)
    const done = store.place(upTo)
    isPlacing = true
    return done.then(() => {
      archive.placed(upTo)
      isPlacing = false
    })
  }

  async function saveSnapshot(): Promise<void> {
    sinceSnapshot = 0
    if (heads.seq === 0) return
    const state: DeskSnapshot = desk.snapshot()
    await store.saveSnapshot({ seq: heads.seq, ledger: desk.agent.ledger.lastSeq(), state: JSON.stringify(state) })
  }

  return {
    begin: () => archive.begin(heads.seq + 1),
    record,
    saveSnapshot,
    steps: () => heads.seq,
    onPosted: (listener) => {
      tellPosted = listener
    },
  }
}
