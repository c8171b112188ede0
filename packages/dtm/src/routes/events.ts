import type { JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import { demand } from '../operations/callers.ts'
import type { Context } from './context.ts'
import { isVisible } from './subjects.ts'

const Query = z.object({
  subject: z.string().max(200).optional(),
  after: z.coerce.number().int().nonnegative().default(0).describe('position of the last record that is known'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})
const Record = z.looseObject({ position: z.int(), id: z.string(), prev: z.string(), hash: z.string() })
const Verdict = z.object({
  ok: z.boolean(),
  records: z.int().describe('how many follow each other unbroken'),
  head: z.string().describe('hash of the last of them'),
  broken: z.object({ position: z.int(), id: z.string() }).optional(),
})

/** The log of what was found and decided, and whether it is what it was (§7). */
export function eventRoutes(app: JsonApp, context: Context): void {
  const { judge, log, callerOf } = context
  const tags = ['events']
  app.get(
    '/dtm/events',
    { schema: { tags, summary: 'Records of the event log', querystring: Query, response: { 200: z.array(Record) } } },
    async (request) => {
      const caller = callerOf(request)
      await judge.settled()
      const { subject, after, limit } = request.query
      if (caller.role !== 'OPR') {
        const file = subject === undefined ? undefined : judge.engine.subject(subject)
        if (!file || caller.role === 'AGG' || !isVisible(context, caller, file))
          throw new SepError('forbidden', 'records are for operators, and for whoever may see their subject')
      }
      return log.of({ after, limit, ...(subject !== undefined && { subject }) }).map((each) => Record.parse(each))
    },
  )
  app.get(
    '/dtm/verify',
    { schema: { tags, summary: 'Check the hash chain of the event log', response: { 200: Verdict } } },
    async (request) => {
      demand(callerOf(request), 'OPR', 'GSP', 'AGG')
      await judge.settled()
      return log.verify()
    },
  )
}
