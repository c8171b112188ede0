import { setTimeout as sleep } from 'node:timers/promises'
import { CtsLedgerPage, CtsMarkets, TrustSubject, type GridEvent, type GridReady } from '@gridloom/contracts'
import { readCredentials } from '@gridloom/kit'
import { z } from 'zod'
import { createAdmin, type Admin } from './admin.ts'

const watchMilliseconds = 2000

/** What an operator sees happen beside the fleet: how trust moves, and what is traded. Ends with the signal. */
export async function* watchGrid({ actors, certs }: GridReady, signal: AbortSignal): AsyncIterable<GridEvent> {
  const operator = readCredentials({ ...certs.operator, ca: certs.ca })
  const urlOf = (name: string) => actors.find(({ actor }) => actor === name)?.url
  await using stack = new AsyncDisposableStack()
  const names = new Map(certs.devices.map(({ lfdi, name }) => [lfdi, name]))
  const watchers = [
    { url: urlOf('dtm'), watch: trustWatcher(names) },
    { url: urlOf('market'), watch: tradeWatcher },
  ].flatMap(({ url, watch }) => (url === undefined ? [] : [watch(stack.use(createAdmin(url, operator)))]))
  while (!signal.aborted) {
    for (const look of watchers) yield* await look().catch(() => []) // an actor that is away is asked again
    await sleep(watchMilliseconds, undefined, { signal }).catch(() => undefined)
  }
}

type Watcher = () => Promise<readonly GridEvent[]>

function trustWatcher(names: ReadonlyMap<string, string>): (dtm: Admin) => Watcher {
  const known = new Map<string, Readonly<{ level: number; Te: number }>>()
  const nameOf = (id: string) => id.replace(/^[0-9A-F]{40}/, (lfdi) => names.get(lfdi) ?? lfdi)
  return (dtm) => async () => {
    const subjects = await dtm.get('/dtm/subjects', z.array(TrustSubject))
    return subjects.flatMap(({ id, role, name, lastAt, vector: { level, Te } }) => {
      const before = known.get(id)
      if (before?.level === level && Math.abs(before.Te - Te) < 0.01) return []
      known.set(id, { level, Te })
      return [
        { event: 'trust' as const, subject: id, name: name ?? nameOf(id), role, level, Te, at: Math.floor(lastAt) },
      ]
    })
  }
}

function tradeWatcher(market: Admin): Watcher {
  const after = new Map<string, number>()
  return async () => {
    const { markets } = await market.get('/ma', CtsMarkets)
    const trades: GridEvent[] = []
    for (const { marketId } of markets) {
      const path = `/ma/${marketId}/ledger?after=${after.get(marketId) ?? 0}`
      const { entries, next } = await market.get(path, CtsLedgerPage)
      after.set(marketId, next)
      for (const { match, partyId, side, price, quantity, dtStart } of entries) {
        trades.push({ event: 'trade', match, partyId, side, price, quantity, start: dtStart })
      }
    }
    return trades
  }
}
