import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { TrustRole } from '@gridloom/contracts'
import { type Lfdi } from '@gridloom/sep2030'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../server/create-server.ts'
import type { Handshake } from '../server/handshake.ts'
import { lfdiOn } from '../server/peer.ts'
import type { Clock } from '../time/clock.ts'
import { rootElementOf } from './root-element.ts'
import type { Observer, Sighting } from './sighting.ts'

export type ObserveServerOptions = Readonly<{
  observer: Observer
  clock: Clock
  /** Who serves, by the certificate it answers under. */
  self: Readonly<{ role: TrustRole; id: Lfdi }>
  /** What the holder of a certificate is. */
  roleOf: (lfdi: Lfdi) => TrustRole
}>

const longestBody = 1_048_576

/**
 * Reports every request of a face and its answer, as their bytes went over the wire, when the answer is on its way. A client's
 * correlation id goes back with it: both ends report the exchange under the same.
 */
export function observeServer(app: App, options: ObserveServerOptions): void {
  const { observer } = options
  app.addHook('onSend', (request, reply, payload, done) => {
    const given = correlationOf(request)
    if (given !== undefined) reply.header('x-correlation-id', given)
    done(null, payload)
    const exchange = exchangeOf(request, reply, options)
    if (!exchange) return
    const { asked, answered } = exchange
    const sent = request.method !== 'HEAD' && (isBytes(payload) || typeof payload === 'string') ? payload : undefined
    const report = (body: Uint8Array | undefined): void => {
      observer({ ...asked, ...bodyFacts(body, request.headers['content-type']) })
      observer({ ...answered, ...bodyFacts(sent, headerText(reply, 'content-type')) })
    }
    if (isBytes(request.body) || !hasBody(request)) return report(isBytes(request.body) ? request.body : undefined)
    // refused before its body was read: the bytes are on their way, and the other end reports them too
    readRest(request.raw, report)
  })
}

/** What a server reports of a handshake: who came is the sender, known by certificate or else by address. */
export function handshakeSighting(
  { lfdi, error, ...facts }: Handshake,
  { self, roleOf }: Pick<ObserveServerOptions, 'self' | 'roleOf'>,
): Sighting {
  const from = lfdi
    ? { role: roleOf(lfdi), id: lfdi }
    : { role: 'UNKNOWN' as const, id: `addr/${facts.address ?? 'unknown'}` }
  return {
    leg: 'TLS',
    kind: 'handshake',
    from,
    to: self,
    tls: {
      ...facts,
      chainOk: error === undefined,
      ...(lfdi && { peerLfdi: lfdi }),
      ...(error !== undefined && { error: error.slice(0, 300) }),
    },
  }
}

type Exchange = Readonly<{ asked: Sighting; answered: Sighting }>

function exchangeOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { clock, self, roleOf }: ObserveServerOptions,
): Exchange | undefined {
  const lfdi = lfdiOn(request.raw.socket)
  if (lfdi === undefined) return undefined
  const now = clock.exact()
  const role = roleOf(lfdi)
  const peer = { role, id: lfdi }
  const leg = role === 'AGG' ? 'GSP-AGG' : 'GSP-DCM'
  const corr = correlationOf(request) ?? randomUUID()
  const common = { leg, corr, method: request.method.slice(0, 10), path: request.url.slice(0, 2048) } as const
  return {
    asked: { ...common, kind: 'request', from: peer, to: self, observedAt: now - reply.elapsedTime / 1000 },
    answered: { ...common, kind: 'response', from: self, to: peer, status: reply.statusCode, observedAt: now },
  }
}

function correlationOf({ headers }: FastifyRequest): string | undefined {
  const given = headers['x-correlation-id']
  return typeof given === 'string' && given.length > 0 && given.length <= 100 ? given : undefined
}

/** What is said of a body: its media type and its root element. */
export function bodyFacts(body: Uint8Array | string | undefined, contentType: string | undefined): Partial<Sighting> {
  if (body === undefined || body.length === 0) return {}
  const resource = contentType?.includes('xml') ? rootElementOf(body) : undefined
  return {
    body,
    ...(contentType !== undefined && { contentType: contentType.slice(0, 200) }),
    ...(resource !== undefined && { resource }),
  }
}

function headerText(reply: FastifyReply, name: string): string | undefined {
  const value = reply.getHeader(name)
  return value === undefined ? undefined : String(value)
}

function isBytes(payload: unknown): payload is Uint8Array {
  return payload instanceof Uint8Array
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** Reads what of a request is still to come; one that breaks off, or is too long, is not reported. */
function readRest(raw: IncomingMessage, report: (body: Uint8Array) => void): void {
  if (raw.readableFlowing !== null) return
  const parts: Buffer[] = []
  let length = 0
  raw.on('data', (part: Buffer) => {
    length += part.length
    if (length <= longestBody) parts.push(part)
  })
  raw.once('end', () => {
    if (length <= longestBody) report(Buffer.concat(parts))
  })
}
