import { peerLfdi, type App, type Clock, type Identify } from '@gridloom/kit'
import { decode, decodeDocument, encode, SepError, type DecodeOptions, type Element } from '@gridloom/sep2030'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { isAllowed, type Caller, type Method, type Target } from '../domain/access.ts'
import { knowsNoExtension, readingOf, writingFor } from '../domain/dialect.ts'
import { acceptsXml, sepXml } from '../domain/media-type.ts'
import { unimpeded } from '../domain/enforcement.ts'
import type { Trust } from '../operations/trust.ts'
import type { Reservations } from '../operations/reservations.ts'
import { createAnswers } from '../store/answers.ts'
import { createCallers } from '../store/callers.ts'
import { reader, recorder, type Recorder } from '../store/recorder.ts'
import type { ResourceStore } from '../store/resources.ts'
import type { Sightings } from '../store/sightings.ts'

/** One request, as a resource sees it. */
export type Visit = Readonly<{
  caller: Caller
  /** The path as asked for, without its query. */
  path: string
  search: string
  params: Readonly<Record<string, string>>
  now: number
  read: Recorder
  /** The body as a valid document of this element. */
  decode<T>(element: Element<T>): T
  /** The body as a valid document of one of these elements. */
  decodeOne<T>(elements: readonly Element<T>[]): Readonly<{ root: string; value: T }>
}>

export type Shown = Readonly<{
  element: Element<unknown>
  value: unknown
  /** Came as a document of the standard alone and goes out as one. */
  bare?: boolean
}>
export type Stored = Readonly<{ status: 200 | 201 | 204; location?: string }>

type Act = (visit: Visit) => Promise<Stored>

/** What is at a path: who may reach it and what its methods do. */
type Resource = Readonly<{
  path: string
  target(visit: Visit): Target | Promise<Target>
  GET?(visit: Visit): Promise<Shown>
  PUT?(visit: Visit): Promise<Stored>
  POST?(visit: Visit): Promise<Stored>
  DELETE?(visit: Visit): Promise<Stored>
  /** Time changes by itself: its answer is never kept. */
  volatile?: true
  /** Of an extension: not there for a client that knows none. */
  extension?: true
}>

/** The 2030.5 face, and what its resources are made of. */
export type Wire = Readonly<{
  serve(resource: Resource): void
  store: ResourceStore
  reservations: Reservations
  trust: Pick<Trust, 'of'>
  config: Config
}>

export type WireDeps = Readonly<{
  clock: Clock
  identify?: Identify
  store: ResourceStore
  sightings: Sightings
  reservations: Reservations
  /** Who is not to be trusted; everybody is where no DTM watches. */
  trust?: Pick<Trust, 'of'> | undefined
}>

/** Lets resources be put on a server: identity, rights, decoding, encoding and kept answers are the same for all. */
export function createWire(app: App, config: Config, deps: WireDeps): Wire {
  const { clock, identify = peerLfdi, store, sightings, reservations, trust = trustingAll } = deps
  const answers = createAnswers(store)
  const callerOf = createCallers(store)
  const plain = reader(store)
  const { profile } = config

  const visitOf = async (request: FastifyRequest): Promise<Visit> => {
    const read = request.method === 'GET' || request.method === 'HEAD' ? recorder(store) : plain
    const caller = await callerOf(identify(request), read)
    const { url } = request
    const query = url.indexOf('?')
    const body = (request.body as Buffer | undefined) ?? nothing
    return {
      caller,
      path: query < 0 ? url : url.slice(0, query),
      search: query < 0 ? '' : url.slice(query + 1),
      params: request.params as Readonly<Record<string, string>>,
      now: clock.now(),
      read,
      decode: (element) => decode(element, body, readingOf(body, profile)),
      decodeOne: (elements) => decodeAmong(elements, body, readingOf(body, profile)),
    }
  }

  const admit = async (request: FastifyRequest, { target }: Resource): Promise<Visit> => {
    const visit = await visitOf(request)
    if (!isAllowed(visit.caller, await target(visit), request.method as Method)) {
      throw new SepError('forbidden', `not yours: "${visit.path}"`)
    }
    return visit
  }

  const show = async (request: FastifyRequest, reply: FastifyReply, resource: Resource): Promise<void> => {
    const visit = await admit(request, resource)
    if (!resource.GET) return
    const { element, value, bare: cameBare = false } = await resource.GET(visit)
    const bare = knowsNoExtension(request.headers.accept)
    if (bare && resource.extension) throw new SepError('missing', `not there without extensions: "${visit.path}"`)
    const bytes = encode(element, value, writingFor(profile, bare || cameBare))
    if (!resource.volatile) answers.keep(visit.caller.lfdi, answerName(request), bytes, visit.read.sources)
    reply.type(sepXml).send(bytes)
  }

  const serve = (resource: Resource): void => {
    const { path } = resource
    if (resource.GET) {
      app.get(path, (request, reply) => {
        if (!acceptsXml(request.headers.accept)) return reply.code(406).send()
        const lfdi = identify(request)
        sightings.note(lfdi, clock.now())
        const kept = answers.get(lfdi, answerName(request))
        return kept ? reply.type(sepXml).send(kept) : show(request, reply, resource)
      })
    }
    for (const method of ['PUT', 'POST', 'DELETE'] as const) {
      const act = resource[method]
      if (!act) continue
      app.route({
        method,
        url: path,
        handler: async (request, reply) => {
          const visit = await admit(request, resource)
          sightings.note(visit.caller.lfdi, visit.now)
          const { status, location } = await actOnce(act, visit)
          if (location !== undefined) reply.header('location', location)
          return reply.code(status).send()
        },
      })
    }
  }

  return { serve, store, reservations, trust, config }
}

const trustingAll: Pick<Trust, 'of'> = { of: () => unimpeded }

// a request that names no type may come without any body
const nothing = Buffer.alloc(0)

/** An answer is kept apart for those who know no extension. */
function answerName({ url, headers }: FastifyRequest): string {
  return knowsNoExtension(headers.accept) ? `bare ${url}` : url
}

/** Of two that make the same at once, the second finds what the first made. */
async function actOnce(act: Act, visit: Visit): Promise<Stored> {
  try {
    return await act(visit)
  } catch (error) {
    if (error instanceof SepError && error.code === 'conflict') return act(visit)
    throw error
  }
}

function decodeAmong<T>(
  elements: readonly Element<T>[],
  body: Buffer,
  options: DecodeOptions,
): Readonly<{ root: string; value: T }> {
  const { root, value } = decodeDocument(body, options)
  if (!elements.some(({ name }) => name === root)) {
    const names = elements.map(({ name }) => name)
    throw new SepError('invalid', `not one of ${names.join(', ')}: "${root}"`, { path: `/${root}`, found: root })
  }
  return { root, value: value as T }
}

export function shown<T>(element: Element<T>, value: T): Shown {
  return { element: element as Element<unknown>, value }
}
