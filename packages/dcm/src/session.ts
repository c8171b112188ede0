import { ClientError, type Client, type Clock, type Reply } from '@gridloom/kit'
import { decode, encode, SepError, type Element, type Profile } from '@gridloom/sep2030'
import { type Outcome, refusalOf } from './domain/outcome.ts'

/** One 2030.5 conversation with one server, over one connection: typed values in and out, every failure a value. */
export type Session = Readonly<{
  get<T>(type: Element<T>, href: string, signal: AbortSignal): Promise<Outcome<T>>
  put<T>(type: Element<T>, href: string, value: T, signal: AbortSignal): Promise<Outcome<undefined>>
  post<T>(type: Element<T>, href: string, value: T, signal: AbortSignal): Promise<Outcome<undefined>>
}>

export type SessionOptions = Readonly<{ client: Client; clock: Clock; profile: Profile }>

type Exchange = Readonly<{ method: 'GET' | 'PUT' | 'POST'; href: string; body?: Buffer; signal: AbortSignal }>

// Pauses in seconds between the tries inside one request, for a connection that was closed or is just coming back.
const quickTries = [0.25, 0.5, 1]
const mostRedirects = 3

export function createSession({ client, clock, profile }: SessionOptions): Session {
  const moved = new Map<string, string>()

  const exchange = async (outgoing: Exchange, redirects = 0): Promise<Reply | Outcome<never>> => {
    const path = pathOf(client.origin, moved.get(outgoing.href) ?? outgoing.href)
    // Another origin is never followed with this identity: discovery begins again at the configured server.
    if (path === undefined) return { kind: 'moved', to: outgoing.href }
    const reply = await persistent(
      () => client.request(requestOf(outgoing, path), outgoing.signal),
      clock,
      outgoing.signal,
    )
    if ('kind' in reply || reply.status < 300 || reply.status >= 400 || !reply.location) return reply
    const target = pathOf(client.origin, reply.location)
    if (target === undefined || redirects === mostRedirects) return { kind: 'moved', to: reply.location }
    moved.set(outgoing.href, target)
    return exchange(outgoing, redirects + 1)
  }

  const send = async (outgoing: Exchange): Promise<Outcome<undefined>> => {
    const reply = await exchange(outgoing)
    if ('kind' in reply) return reply
    if (reply.status < 200 || reply.status >= 300) return refusalOf(reply)
    return { kind: 'ok', value: undefined, ...(reply.location !== undefined && { location: reply.location }) }
  }

  return {
    async get(type, href, signal) {
      const reply = await exchange({ method: 'GET', href, signal })
      if ('kind' in reply) return reply
      if (reply.status === 204) return { kind: 'missing' }
      if (reply.status !== 200) return refusalOf(reply)
      return decoded(() => decode(type, reply.body, { profile, unknown: 'skip' }))
    },
    put: (type, href, value, signal) => send({ method: 'PUT', href, body: encode(type, value, { profile }), signal }),
    post: (type, href, value, signal) => send({ method: 'POST', href, body: encode(type, value, { profile }), signal }),
  }
}

/** The path of a link within the origin; undefined when it leads elsewhere. */
function pathOf(origin: string, href: string): string | undefined {
  const url = URL.parse(href, origin)
  return url?.origin === new URL(origin).origin ? url.pathname + url.search : undefined
}

function requestOf({ method, body }: Exchange, path: string) {
  return { method, path, ...(body && { body }) }
}

async function persistent(
  request: () => Promise<Reply>,
  clock: Clock,
  signal: AbortSignal,
): Promise<Reply | Outcome<never>> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await request()
    } catch (error) {
      if (signal.aborted || !(error instanceof ClientError)) throw error
      const pause = quickTries[attempt]
      // Neither a handshake nor a broken answer mends itself within seconds.
      if (pause === undefined || error.code === 'tls' || error.code === 'protocol') {
        return { kind: 'unreachable', reason: error.message }
      }
      await clock.sleep(pause, signal)
    }
  }
}

function decoded<T>(decodeBody: () => T): Outcome<T> {
  try {
    return { kind: 'ok', value: decodeBody() }
  } catch (error) {
    if (error instanceof SepError) return { kind: 'garbled', reason: error.message }
    throw error
  }
}
