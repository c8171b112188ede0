import {
  type CtsMarketBook,
  type CtsMarketPrices,
  type CtsMarkets,
  type CtsPositions,
  formatCtsInstant,
} from '@gridloom/contracts'
import type { App } from '@gridloom/kit'
import type { z } from 'zod'
import type { Deps } from '../app.ts'
import { levelsOf, referenceText } from '../domain/market-data.ts'
import { marketOf, readerOf } from './lookup.ts'

type InMarket = { Params: { marketId: string } }

/** What a market is and how it stands: public but for positions, which a party sees of itself and an operator of all. */
export function viewRoutes(app: App, { markets, operators }: Pick<Deps, 'markets' | 'operators'>): void {
  app.get('/ma', (): z.input<typeof CtsMarkets> => ({
    markets: [...markets.values()].map(({ id, desk: { market } }) => ({
      marketId: id,
      mechanism: market.mechanism,
      reference: `/ma/${id}/reference`,
    })),
  }))

  app.get<InMarket>('/ma/:marketId/reference', ({ params }) =>
    referenceText(marketOf(markets, params.marketId).desk.market),
  )

  app.get<InMarket>('/ma/:marketId/book', ({ params }): z.input<typeof CtsMarketBook> => {
    const { agent } = marketOf(markets, params.marketId).desk
    const instruments = agent.instruments().map((dtStart) => {
      const { bids, asks } = agent.book(dtStart)
      return { dtStart: formatCtsInstant(dtStart), bids: levelsOf(bids), asks: levelsOf(asks) }
    })
    return { instruments }
  })

  app.get<InMarket>('/ma/:marketId/prices', ({ params }): z.input<typeof CtsMarketPrices> => ({
    instruments: marketOf(markets, params.marketId)
      .desk.prices.all()
      .map(([dtStart, prices]) => ({ dtStart: formatCtsInstant(dtStart), ...prices })),
  }))

  app.get<InMarket>('/ma/:marketId/positions', (request): z.input<typeof CtsPositions> => {
    const market = marketOf(markets, request.params.marketId)
    const reader = readerOf(request, market, operators)
    const { positions, cash } = market.desk.agent.ledger
    const seen = [...positions.keys()].filter((partyId) => reader === undefined || partyId === reader).toSorted()
    return {
      positions: seen.flatMap((partyId) =>
        [...(positions.get(partyId) ?? [])]
          .toSorted(([a], [b]) => a - b)
          .map(([dtStart, quantity]) => ({ partyId, dtStart: formatCtsInstant(dtStart), quantity })),
      ),
      cash: Object.fromEntries(seen.map((partyId) => [partyId, String(cash.get(partyId) ?? 0n)])),
    }
  })
}
