import type { Clock, Logger } from '@gridloom/kit'
import { endOf } from '@gridloom/sep2030'
import { pastOf } from '../domain/event-list.ts'
import type { ResourceStore } from '../store/resources.ts'
import type { Row } from '../store/row.ts'

type RequestRow = Row<'FlowReservationRequest'>

export type RequestExpiryDeps = Readonly<{ store: ResourceStore; clock: Clock; log: Pick<Logger, 'error'> }>

/** Takes flow reservation requests off their lists once their window is over (function-sets, 3); the operator keeps them. */
export async function openRequestExpiry({ store, clock, log }: RequestExpiryDeps): Promise<AsyncDisposable> {
  const stopping = new AbortController()
  const lists = new Map<string, number>()
  let wake = new AbortController()

  const settle = async (list: string): Promise<void> => {
    // a change that comes meanwhile puts the list back
    lists.delete(list)
    const { rows } = await store.page({ kind: 'FlowReservationRequest', parent: list })
    const now = clock.now()
    const over = rows.filter((row) => windowEnd(row) <= now)
    if (over.length > 0) await store.write(over.map((row) => ({ put: { ...row, parent: pastOf(list) } })))
    const ends = rows.map(windowEnd).filter((end) => end > now)
    if (ends.length > 0) lists.set(list, Math.min(lists.get(list) ?? never, ...ends))
  }

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const due = [...lists].filter(([, at]) => at <= clock.now())
      for (const [list] of due) {
        await settle(list).catch((err: unknown) => {
          lists.set(list, clock.now() + retrySeconds)
          log.error({ err, list }, 'request expiry failed')
        })
      }
      const next = Math.min(never, ...lists.values())
      await clock.sleepUntil(next, AbortSignal.any([stopping.signal, wake.signal])).catch(() => undefined)
      if (wake.signal.aborted) wake = new AbortController()
    }
  }

  const watching = store.watch((parents) => {
    for (const parent of parents) if (isRequestList(parent)) lists.set(parent, 0)
    if ([...parents].some(isRequestList)) wake.abort()
  })
  const { rows } = await store.page({ kind: 'FlowReservationRequest' })
  for (const { parent } of rows) if (isRequestList(parent)) lists.set(parent, 0)
  const running = loop()
  return {
    [Symbol.asyncDispose]: async () => {
      watching[Symbol.dispose]()
      stopping.abort()
      await running
    },
  }
}

const never = Number.MAX_SAFE_INTEGER
const retrySeconds = 60

function windowEnd({ body }: RequestRow): number {
  return endOf(body.intervalRequested)
}

function isRequestList(parent: string): boolean {
  return parent.endsWith('/frq')
}
