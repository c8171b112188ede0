import { peerLfdi, type App } from '@gridloom/kit'
import type { Deps } from '../app.ts'
import { marketOf } from './lookup.ts'

type InMarket = { Params: { marketId: string } }

/** The one door for everything that a party has to say. */
export function messageRoutes(app: App, { markets }: Pick<Deps, 'markets'>): void {
  // the text itself goes on record, and what is no JSON is answered in the words of the market
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.post<InMarket & { Body: string }>('/ma/:marketId', async (request, reply) => {
    const market = marketOf(markets, request.params.marketId)
    const { status, reply: text, release } = await market.submit(peerLfdi(request), request.body ?? '')
    // nobody is told of a trade before its party has the answer to the tender
    if (release) reply.raw.once('close', release)
    request.log.debug({ status, length: text.length }, 'message answered')
    return reply.code(status).type('application/json; charset=utf-8').send(text)
  })
}
