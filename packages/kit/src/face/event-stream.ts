import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Feed, Numbered } from './feed.ts'

/** The header of a listener that comes back. */
export const streamHeaders = z.object({ 'last-event-id': z.string().optional() })

export type StreamMessage = Readonly<{ id?: number; event: string; data: unknown }>

/** An answer of server-sent events (HTML standard §9.2) that stays open. */
export type EventStream = Readonly<{
  /** The number of what the listener heard last. */
  after: number | undefined
  send(message: StreamMessage): void
  end(): void
  /** Lets go of something once the listener is gone. */
  using(listening: Disposable): void
}>

// bytes
const mostUnread = 1_048_576

/** Opens a stream; a listener that does not read is cut off, and can go on later after what it has heard. */
export function openEventStream(request: FastifyRequest, reply: FastifyReply, name: string): EventStream {
  const heard = Number(request.headers['last-event-id'] ?? Number.NaN)
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' })
  raw.write(`: gridloom ${name}\n\n`)
  return {
    after: Number.isSafeInteger(heard) ? heard : undefined,
    send: ({ id, event, data }) => {
      raw.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
      if (raw.writableLength > mostUnread) raw.destroy()
    },
    end: () => raw.end(),
    using: (listening) => {
      if (raw.destroyed) listening[Symbol.dispose]()
      else raw.once('close', () => listening[Symbol.dispose]())
    },
  }
}

/** Lets a stream follow a feed: what has no message is not for this listener. */
export function follow<E>(
  stream: EventStream,
  feed: Feed<E>,
  messageOf: (event: E) => StreamMessage | undefined,
): void {
  const tell = ({ id, event }: Numbered<E>): void => {
    const message = messageOf(event)
    if (message) stream.send({ id, ...message })
  }
  stream.using(feed.listen(tell, stream.end, stream.after))
}
