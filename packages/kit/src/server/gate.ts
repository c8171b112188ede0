import type { onRequestHookHandler, FastifyRequest } from 'fastify'
import { accessCheck, type Clients } from './access.ts'
import { sendFailure, type Failure } from './failure.ts'
import type { MethodsOf } from './methods.ts'
import { peerLfdi } from './peer.ts'
import { rateLimit, type Rate } from './rate-limit.ts'

export type GateOptions = Readonly<{
  clients: Clients
  rate?: Rate | undefined
  methodsOf: MethodsOf
  isStopping: () => boolean
}>

/** The one hook that every request passes before its route, and before its body is read. */
export function createGate({ clients, rate, methodsOf, isStopping }: GateOptions): onRequestHookHandler {
  const refuse = accessCheck(clients)
  const excess = rate && rateCheck(rate, clients)
  return (request, reply, done) => {
    if (isStopping()) return void sendFailure(reply, stopping)
    if (request.raw.headers.host === undefined && request.raw.httpVersion !== '1.0')
      return void sendFailure(reply, noHost)
    const failure =
      refuse?.(request) ?? excess?.(request) ?? (request.is404 ? unknownRoute(request, methodsOf) : undefined)
    if (failure) return void sendFailure(reply, failure)
    done()
  }
}

const stopping: Failure = { status: 503, code: 'unavailable', message: 'the server is stopping', retryAfter: 5 }
const noHost: Failure = { status: 400, code: 'invalid', message: 'the request has no Host header' }

function rateCheck(rate: Rate, clients: Clients): (request: FastifyRequest) => Failure | undefined {
  const limit = rateLimit(rate)
  return (request) => {
    const client = clients.kind === 'certificate' ? peerLfdi(request) : request.ip
    const retryAfter = limit(client, performance.now() / 1000)
    if (retryAfter === 0) return undefined
    return { status: 429, code: 'busy', message: `more than ${rate.perSecond} requests per second`, retryAfter }
  }
}

function unknownRoute({ raw: { url = '', method = '' } }: FastifyRequest, methodsOf: MethodsOf): Failure {
  const path = url.split('?', 1)[0] ?? ''
  const allow = methodsOf(path)
  if (allow.length === 0) return { status: 404, code: 'missing', message: `nothing is at "${path}"` }
  return { status: 405, code: 'method-not-allowed', message: `"${method}" is not for "${path}"`, allow }
}
