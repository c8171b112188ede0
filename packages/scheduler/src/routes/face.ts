import { STATUS_CODES } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import swagger from '@fastify/swagger'
import { SchedulingProblem } from '@gridloom/contracts'
import { type App, createServer, type Failure, type FailureBody, type Logger, peerLfdi } from '@gridloom/kit'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { Config } from '../config.ts'
import { type Caller, nothing } from '../domain/rights.ts'
import { SchedulingError, statusOf } from '../domain/scheduling-error.ts'

/** A server whose routes are typed by their zod schemas. */
export type FaceApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** The face over mutual TLS: JSON in and out, RFC 9457 for what goes wrong, and an OpenAPI document of it. */
export function createFace(config: Config, log: Logger, routes: (app: FaceApp) => void): App {
  const { certs, tls, limits } = config
  const app = createServer({ name: 'scheduler', certs, tls, limits, log, writeFailure: writeProblem })
  app.removeContentTypeParser(['application/sep+xml'])
  takeNoBody(app)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  describeApi(app.withTypeProvider<ZodTypeProvider>())
  app.register(async (scope) => {
    answerErrors(scope)
    const typed = scope.withTypeProvider<ZodTypeProvider>()
    routes(typed)
    typed.get('/openapi.json', { schema: { hide: true } }, () => typed.swagger())
  })
  return app
}

/** Who speaks, by its certificate: an operator, an actor with its rights, or one who may read. */
export function callerBy({ operators, actors }: Pick<Config, 'operators' | 'actors'>) {
  const known = new Set(operators.map((lfdi) => lfdi.toUpperCase()))
  const rights = new Map(actors.map(({ lfdi, ...actor }) => [lfdi.toUpperCase(), actor]))
  return (request: FastifyRequest): Caller => {
    const lfdi = peerLfdi(request)
    if (known.has(lfdi)) return { name: `operator ${lfdi}`, role: 'operator' }
    const actor = rights.get(lfdi)
    return actor ? { name: actor.name, role: 'actor', rights: actor } : { name: lfdi, role: 'actor', rights: nothing }
  }
}

/** A client that names JSON always, also where there is nothing to say, sends no body: Fastify would refuse that. */
function takeNoBody(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null)
    else parse(request, String(body), done)
  })
}

function describeApi(app: FaceApp): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Gridloom scheduler',
        description:
          'IEC 61850 schedules with priorities for active power, its limit, and on or off. Watts, positive feeds the grid; times in seconds since 1970.',
        version: '1.0.0',
      },
    },
    transform: (route) => jsonSchemaTransform({ ...route, schema: withProblems(route.schema) }),
  })
}

function withProblems<S extends object>(schema: S): S {
  if ('hide' in schema) return schema
  const response = 'response' in schema && typeof schema.response === 'object' ? schema.response : {}
  return { ...schema, response: { ...response, '4xx': SchedulingProblem } }
}

type Problem = Readonly<{
  status: number
  code: string
  detail: string
  path?: string | undefined
  schdEnaErr?: number
}>

function problemOf({ status, code, detail, path, schdEnaErr }: Problem): FailureBody {
  const body = {
    type: `urn:gridloom:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    ...(path !== undefined && { path }),
    ...(schdEnaErr !== undefined && { schdEnaErr }),
  }
  return { type: 'application/problem+json', body: JSON.stringify(body) }
}

function writeProblem({ status, code, message, path }: Failure): FailureBody {
  return problemOf({ status, code, detail: message, path })
}

function answerErrors(app: App): void {
  const otherwise = app.errorHandler
  app.setErrorHandler((error, request, reply) => {
    const problem = knownProblem(error)
    if (!problem) return otherwise.call(app, error as never, request, reply)
    const { method, url } = request
    request.log.info({ method, url, status: problem.status, reason: problem.detail }, 'request refused')
    const { type, body } = problemOf(problem)
    return reply.code(problem.status).type(type).send(body)
  })
}

function knownProblem(error: unknown): Problem | undefined {
  if (error instanceof SchedulingError) {
    const { code, message, path, schdEnaErr } = error
    return { status: statusOf[code], code, detail: message, path, ...(schdEnaErr !== undefined && { schdEnaErr }) }
  }
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined
  const [first] = error.validation
  const path = first?.instancePath.slice(1).replaceAll('/', '.')
  return { status: 400, code: 'invalid', detail: first?.message ?? 'not valid', path }
}
