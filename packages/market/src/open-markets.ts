import { isDeepStrictEqual } from 'node:util'
import type { MarketReference } from '@gridloom/contracts'
import type { Clock, Logger } from '@gridloom/kit'
import type { Config } from './config.ts'
import { referenceText } from './domain/market-data.ts'
import type { TrustTerms } from './domain/trust-terms.ts'
import { type Market, openMarket } from './market.ts'
import { openMarketStores } from './store/market-store.ts'

export type Markets = AsyncDisposable & Readonly<{ markets: ReadonlyMap<string, Market> }>

type Deps = Readonly<{ clock: Clock; log: Logger; trustOf: (peer: string) => TrustTerms | undefined }>

/** Opens the markets of a configuration in one store; where it stops in order, they leave a snapshot. */
export async function openMarkets(config: Config, deps: Deps): Promise<Markets> {
  await using stack = new AsyncDisposableStack()
  const stores = stack.use(openMarketStores(config.store))
  const markets = new Map<string, Market>()
  const { admission, listed } = config.parties
  const parties = listed.map(({ lfdi, partyId }) => ({ peer: lfdi, partyId }))
  for (const each of config.markets) {
    const id = each.reference.marketId
    const kept = stores.referenceOf(id)
    if (kept === undefined) await stores.begin(id, JSON.stringify(referenceText(each.reference)))
    else refuseChange(each.reference, JSON.parse(kept))
    const market = openMarket({
      config: each,
      store: stores.of(id),
      clock: deps.clock,
      operators: new Set(config.operators),
      snapshotEvery: config.snapshotEvery,
      ...(admission === 'listed' && { listed: parties }),
      trustOf: deps.trustOf,
    })
    markets.set(id, market)
    // a market that failed must not leave its memory as a snapshot
    stack.defer(() => market.saveSnapshot().catch((err: unknown) => deps.log.error({ err }, 'snapshot not written')))
    deps.log.info({ market: id, mechanism: each.reference.mechanism }, 'market opened')
  }
  const owned = stack.move()
  return { markets, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** What is fixed for the life of a market is fixed: its journal means nothing under other rules. */
function refuseChange(market: MarketReference, kept: object): void {
  const changed = Object.entries(referenceText(market)).filter(
    ([key, value]) => !isDeepStrictEqual(Reflect.get(kept, key), value),
  )
  if (changed.length === 0) return
  const keys = changed.map(([key]) => key).join(', ')
  throw new Error(`the market "${market.marketId}" of this store began with other reference data: ${keys}`)
}
