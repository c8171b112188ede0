import type { IncomingMessage } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import { lfdiOn } from './peer.ts'

type ChildLogger = (
  logger: FastifyBaseLogger,
  bindings: object,
  options: object,
  raw: IncomingMessage,
) => FastifyBaseLogger

const loggers = new WeakMap<object, FastifyBaseLogger>()

/** Names the peer in every line of a request. One per connection: one per request would cost more than most answers. */
export const peerLogger: ChildLogger = (logger, _bindings, _options, { socket }) => {
  const known = loggers.get(socket)
  if (known) return known
  const peer = lfdiOn(socket)
  const own = peer === undefined ? logger : logger.child({ peer })
  loggers.set(socket, own)
  return own
}
