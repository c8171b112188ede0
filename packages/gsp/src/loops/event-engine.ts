import type { Clock, Logger } from '@gridloom/kit'
import { statusName } from '../domain/control-status.ts'
import { pastState, settle, type EventRow } from '../domain/event-list.ts'
import { EventState } from '../domain/event-status.ts'
import type { Change, ResourceStore } from '../store/resources.ts'

/** The events that supersede each other: the controls of a program, or the grants of a device. */
export type EventList = Readonly<{ kind: EventRow['kind']; parent: string }>

/** What to write: events of the list, new or changed, and whatever belongs into the same write. */
type Edit = Readonly<{ rows: readonly EventRow[]; beside?: readonly Change[] }>

/** Decides an edit from the events as they stand now. */
export type Editing = Readonly<{
  list: EventList
  edit: (rows: readonly EventRow[], now: number) => Edit | Promise<Edit>
}>

/** Keeps the status of all events: with the clock, and in the same write as every change an operator makes. */
export type EventEngine = AsyncDisposable &
  Readonly<{
    /** Does all edits and what they make due in one write; resolves once that is on the disk. */
    edit(edits: readonly Editing[]): Promise<void>
  }>

export type EventEngineDeps = Readonly<{ store: ResourceStore; clock: Clock; log: Pick<Logger, 'info' | 'error'> }>

/** Makes what was due while the server was down, then sleeps from one transition to the next. */
export async function openEventEngine({ store, clock, log }: EventEngineDeps): Promise<EventEngine> {
  const stopping = new AbortController()
  const nextAt = new Map<string, Readonly<{ list: EventList; at: number }>>()
  const inTurn = createQueue()
  let wake = new AbortController()

  const settleAll = async (edits: readonly Editing[]): Promise<void> => {
    const now = clock.now()
    const settled = []
    for (const editing of edits) {
      const { list } = editing
      settled.push({ list, ...(await decide(await listed(store, list), editing, now)) })
    }
    const changes = settled.flatMap((outcome) => outcome.changes)
    if (changes.length > 0) await store.write(changes)
    for (const { list, at } of settled) {
      if (at === undefined) nextAt.delete(list.parent)
      else nextAt.set(list.parent, { list, at })
    }
    for (const row of settled.flatMap((outcome) => outcome.moved)) {
      log.info({ mRID: row.body.mRID, list: row.parent, status: statusName(row) }, 'event status changed')
    }
  }

  const edit = async (edits: readonly Editing[]): Promise<void> => {
    await inTurn(() => settleAll(edits))
    wake.abort()
  }

  const settleDue = (): Promise<void> =>
    inTurn(() => {
      const now = clock.now()
      const due = [...nextAt.values()].filter(({ at }) => at <= now)
      return settleAll(due.map(({ list }) => ({ list, edit: nothing })))
    })

  const rest = async (seconds: number | undefined): Promise<void> => {
    const signal = AbortSignal.any([stopping.signal, wake.signal])
    const next = Math.min(never, ...[...nextAt.values()].map(({ at }) => at))
    await (seconds === undefined ? clock.sleepUntil(next, signal) : clock.sleep(seconds, signal)).catch(() => undefined)
    if (wake.signal.aborted) wake = new AbortController()
  }

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const failed = await settleDue().then(noFailure, (err: unknown) => ({ err }))
      if (failed) log.error(failed, 'event transition failed')
      await rest(failed ? retrySeconds : undefined)
    }
  }

  for (const list of await openLists(store)) nextAt.set(list.parent, { list, at: 0 })
  await settleDue()
  const running = loop()
  return {
    edit,
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await running
    },
  }
}

const nothing = (): Edit => ({ rows: [] })
const noFailure = (): undefined => undefined
const never = Number.MAX_SAFE_INTEGER
const retrySeconds = 5

type Decision = Readonly<{ changes: readonly Change[]; moved: readonly EventRow[]; at: number | undefined }>

async function decide(kept: readonly EventRow[], { edit }: Editing, now: number): Promise<Decision> {
  const { rows: current } = settle(kept, now)
  const edited = await edit(current, now)
  const over = current.filter(isPast)
  const { rows, nextAt: at } = settle([...without(current, [...over, ...edited.rows]), ...edited.rows], now)
  const known = new Map(kept.map((row) => [row.href, row]))
  const moved = [...over, ...rows].filter((row) => known.get(row.href) !== row)
  const changes = moved.map((row): Change => (known.has(row.href) ? { put: row } : { create: row }))
  return { changes: [...changes, ...(edited.beside ?? [])], moved, at }
}

function isPast({ state }: EventRow): boolean {
  return state === pastState
}

function without(rows: readonly EventRow[], others: readonly EventRow[]): readonly EventRow[] {
  const hrefs = new Set(others.map(({ href }) => href))
  return rows.filter(({ href }) => !hrefs.has(href))
}

async function listed(store: ResourceStore, { kind, parent }: EventList): Promise<readonly EventRow[]> {
  const { rows } = await store.page({ kind, parent })
  return rows
}

async function openLists(store: ResourceStore): Promise<readonly EventList[]> {
  const lists = new Map<string, EventList>()
  for (const kind of ['DERControl', 'FlowReservationResponse'] as const) {
    const { rows } = await store.page({ kind, states: Object.values(EventState) })
    for (const { parent } of rows) lists.set(parent, { kind, parent })
  }
  return [...lists.values()]
}

/** One at a time, in order of arrival: an edit decides from what the one before it wrote. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work, work)
    last = result
    return result
  }
}
