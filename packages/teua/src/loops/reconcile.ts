import type { Trade } from '../domain/own-ledger.ts'
import type { MarketLink } from '../market-link.ts'
import type { AgentStore } from '../store/agent-store.ts'

export type ReconcileOptions = Readonly<{
  market: Pick<MarketLink, 'ledger'>
  store: Pick<AgentStore, 'recall' | 'remember'>
  book: (trade: Trade) => Promise<unknown>
}>

/** Reads the market's ledger on from where it was read last, and books what its messages have not told. */
export function createReconcile({ market, store, book }: ReconcileOptions): () => Promise<void> {
  return async () => {
    for (let after = (store.recall('ledger') as number | undefined) ?? 0; ;) {
      const { trades, next } = await market.ledger(after)
      for (const trade of trades) await book(trade)
      if (next <= after) return
      after = next
      await store.remember('ledger', after)
    }
  }
}
