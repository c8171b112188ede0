import { hash } from 'node:crypto'
import { Observation, observationBatch, ObservationReceipt } from '@gridloom/contracts'
import { peerLfdi, sendFailure, type JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { observationOf, parseNote } from '../domain/note.ts'
import type { Context } from './context.ts'

// Batches that are not judged yet: beyond the first number answers wait, beyond the second reporters are sent away for a while.
const manyWaiting = 64
const mostWaiting = 500

/** Takes what was observed, as JSON in batches or as single messages in the XML of the source project (§2). */
export function observationRoutes(app: JsonApp, context: Context): void {
  const tags = ['observations']
  app.removeAllContentTypeParsers()
  for (const type of ['application/json', 'application/xml', 'text/xml']) {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  }
  // each item is validated by itself: one that is not well formed leaves the others in
  app.setValidatorCompiler(() => () => true)

  app.post(
    '/dtm/observations',
    {
      schema: {
        tags,
        summary: 'Report what was observed',
        description: 'Answered once it is on the disk; what is rejected is named, and the rest is accepted.',
        body: z.array(Observation).min(1).max(observationBatch),
        response: { 202: ObservationReceipt },
      },
    },
    async (request, reply) => {
      const peer = reporterOf(request, context)
      if (context.judge.waiting() > mostWaiting) return busy(reply)
      if (context.judge.waiting() > manyWaiting) await context.judge.settled()
      const receipt = await context.intake.take(peer, bytesOf(request), sentAtOf(request))
      return reply.code(202).send(receipt)
    },
  )

  app.post(
    '/na',
    { schema: { tags, summary: 'Report one message as XML: message/{to,from,timestamp,contents/*}' } },
    async (request, reply) => {
      const peer = reporterOf(request, context)
      if (context.judge.waiting() > mostWaiting) return busy(reply)
      await takeNote(context, peer, bytesOf(request).toString())
      return reply.code(201).send()
    },
  )
}

function reporterOf(request: FastifyRequest, { judge }: Context): string {
  const peer = peerLfdi(request)
  if (judge.engine.isReporter(peer)) return peer
  throw new SepError('forbidden', `"${peer}" is no registered reporter`)
}

/** The reporter's time when the batch left, from its header X-Sent-At. */
function sentAtOf({ headers }: FastifyRequest): number | undefined {
  const sentAt = Number(headers['x-sent-at'] ?? Number.NaN)
  return Number.isFinite(sentAt) ? sentAt : undefined
}

function bytesOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}

function busy(reply: FastifyReply): FastifyReply {
  return sendFailure(reply, { status: 429, code: 'busy', message: 'too much waits to be judged', retryAfter: 1 })
}

async function takeNote({ judge, numbers, clock }: Context, peer: string, text: string): Promise<void> {
  const note = parseNote(text)
  const seq = numbers.next(peer)
  const observation = observationOf(note, {
    reporter: peer,
    role: judge.engine.registration(peer)?.role ?? 'UNKNOWN',
    seq,
    receivedAt: clock.exact(),
    text,
    sha256: hash('sha256', text),
    roleOf: (lfdi) => judge.engine.registration(lfdi)?.role,
  })
  await judge.submit({ peer, observations: [observation] }, undefined, (sql) => numbers.store(sql, peer, seq))
}
