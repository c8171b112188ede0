import type { JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import { MarketFact } from '../domain/engine/market-fact.ts'
import { demand } from '../operations/callers.ts'
import type { Context } from './context.ts'

/** What a market says of its trades (PR-11): the 2030.5 legs do not show it. */
export function marketRoutes(app: JsonApp, { judge, callerOf }: Context): void {
  app.post(
    '/dtm/market-facts',
    {
      schema: {
        tags: ['observations'],
        summary: 'Tell of a bid, an award or a delivery',
        body: MarketFact,
        response: { 202: z.object({ accepted: z.literal(1) }) },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      demand(caller, 'AGG')
      const { market } = request.body
      if (market !== caller.lfdi) throw new SepError('forbidden', `"${caller.lfdi}" does not speak for "${market}"`)
      await judge.submit({ market: request.body })
      return reply.code(202).send({ accepted: 1 })
    },
  )
}
