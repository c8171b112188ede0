import {
  type CtsLedgerPage,
  type CtsMessagePage,
  type CtsRefusalPage,
  type CtsTracePage,
  formatCtsInstant,
} from '@gridloom/contracts'
import type { App } from '@gridloom/kit'
import type { z } from 'zod'
import type { Deps } from '../app.ts'
import { ledgerEntryText } from '../domain/ledger-text.ts'
import { marketOf, operatorOnly, pageQuery, partyOf, readerOf } from './lookup.ts'

type InMarket = { Params: { marketId: string } }

/** What is on record: the ledger, the journal, the messages that wait for a party which has no callback, and those that a callback refused. */
export function recordRoutes(
  app: App,
  { markets, operators, bell }: Pick<Deps, 'markets' | 'operators' | 'bell'>,
): void {
  app.get<InMarket>('/ma/:marketId/ledger', (request): z.input<typeof CtsLedgerPage> => {
    const market = marketOf(markets, request.params.marketId)
    const { after, limit } = pageQuery(request)
    const entries = market.store.ledger(after, limit, readerOf(request, market, operators))
    return { entries: entries.map(ledgerEntryText), next: entries.at(-1)?.seq ?? after }
  })

  app.get<InMarket>('/ma/:marketId/trace', (request): z.input<typeof CtsTracePage> => {
    operatorOnly(request, operators)
    const market = marketOf(markets, request.params.marketId)
    const { after, limit } = pageQuery(request)
    const rows = market.store.journal(after, limit)
    const steps = rows.map(({ at, ...row }) => ({ ...row, at, time: formatCtsInstant(at) }))
    return { steps, next: rows.at(-1)?.seq ?? after }
  })

  app.get<InMarket>('/ma/:marketId/refusals', (request): z.input<typeof CtsRefusalPage> => {
    operatorOnly(request, operators)
    const { outbox, store } = marketOf(markets, request.params.marketId)
    const { after, limit } = pageQuery(request)
    const found = outbox.refusals().filter(({ number }) => number > after)
    const page = found.toSorted((a, b) => a.number - b.number).slice(0, limit)
    const refusals = page.map((refusal) => ({
      ...refusal,
      message: JSON.parse(store.messageAt(refusal.number) ?? '{}'),
    }))
    return { refusals, next: page.at(-1)?.number ?? after }
  })

  app.get<InMarket>('/ma/:marketId/messages', async (request): Promise<z.input<typeof CtsMessagePage>> => {
    const market = marketOf(markets, request.params.marketId)
    const { after, limit, waitSeconds } = pageQuery(request)
    const partyId = partyOf(request, market)
    await market.passed(partyId, after)
    const released = () => market.outbox.waiting(partyId, after, limit)
    if (waitSeconds > 0 && released().length === 0) await bell.wait(market.id, partyId, waitSeconds)
    const messages = released().map(({ number, message }) => ({ number, message: JSON.parse(message) }))
    return { messages, next: messages.at(-1)?.number ?? after }
  })
}
