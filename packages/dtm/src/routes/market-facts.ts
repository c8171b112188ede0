import { MarketFact, marketFactBatch } from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import { demand } from '../operations/callers.ts'
import type { Context } from './context.ts'

const Facts = z.union([MarketFact, z.array(MarketFact).min(1).max(marketFactBatch)])

/** What a market says of its trades (PR-11): the 2030.5 legs do not show it. */
export function marketRoutes(app: JsonApp, { judge, callerOf }: Context): void {
  app.post(
    '/dtm/market-facts',
    {
      schema: {
        tags: ['observations'],
        summary: 'Tell of bids, awards and deliveries',
        description: 'One fact or a batch of them. A fact that was told before is judged once.',
        body: Facts,
        response: { 202: z.object({ accepted: z.int() }) },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      demand(caller, 'AGG')
      const facts = Array.isArray(request.body) ? request.body : [request.body]
      const foreign = facts.find(({ market }) => market !== caller.lfdi)
      if (foreign) throw new SepError('forbidden', `"${caller.lfdi}" does not speak for "${foreign.market}"`)
      await Promise.all(facts.map((market) => judge.submit({ market })))
      return reply.code(202).send({ accepted: facts.length })
    },
  )
}
