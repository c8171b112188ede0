import type { JsonApp } from '@gridloom/kit'
import { Readable } from 'node:stream'
import { SepError } from '@gridloom/sep2030'
import { demand } from '../operations/callers.ts'
import type { Context } from './context.ts'

/** All that the engine was given, as a trace (`trust-trace/1`): replayed, it comes to the same trust. */
export function traceRoutes(app: JsonApp, { config, judge, journal, callerOf }: Context): void {
  app.get(
    '/dtm/trace',
    {
      schema: {
        tags: ['events'],
        summary: 'Every input so far, as a trace',
        description: 'JSON lines (application/x-ndjson), as long as the journal still has its beginning.',
      },
    },
    async (request, reply) => {
      demand(callerOf(request), 'OPR')
      await judge.settled()
      const { n } = journal.last()
      if (!journal.isWhole()) throw new SepError('missing', 'the beginning of the journal is no longer kept')
      return reply.type('application/x-ndjson').send(Readable.from(linesUpTo(n)))
    },
  )

  function* linesUpTo(last: number): Generator<string> {
    yield `${JSON.stringify({ format: 'trust-trace/1', settings: config.engine, registrations: [] })}\n`
    for (const { n, step } of journal.after(0)) {
      if (n > last) return
      yield `${step}\n`
    }
  }
}
