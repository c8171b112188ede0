import type { IncomingMessage, ServerResponse } from 'node:http'
import swagger from '@fastify/swagger'
import { AdminError } from '@gridloom/contracts'
import { createServer, peerOf, policy, type App, type Failure, type FailureBody, type Logger } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { Config } from '../config.ts'

/** A server whose routes are typed by their zod schemas. */
export type FaceApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** The face over mutual TLS: JSON in and out, and an OpenAPI document of it. */
export function createFace(config: Config, log: Logger, routes: (app: FaceApp) => void): App {
  const { certs, tls, limits } = config
  const app = createServer({ name: 'derms', certs, tls, limits, log, writeFailure })
  app.removeContentTypeParser(['application/sep+xml', 'text/plain'])
  takeNoBody(app)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  describeApi(app)
  app.register(async (scope) => {
    answerInvalid(scope)
    const typed: FaceApp = scope.withTypeProvider<ZodTypeProvider>()
    routes(typed)
    typed.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
  })
  return app
}

/** The LFDI of an operator; SepError 'forbidden' for all others. */
export function operatorBy({ operators }: Pick<Config, 'operators'>): (request: FastifyRequest) => string {
  const listed = new Set(operators.map((lfdi) => lfdi.toUpperCase()))
  return (request) => {
    const { lfdi, policies } = peerOf(request)
    const isOperator = listed.size > 0 ? listed.has(lfdi) : policies.includes(policy.serviceProvider)
    if (!isOperator) throw new SepError('forbidden', `"${lfdi}" is no operator`)
    return lfdi
  }
}

/** A client that names JSON always, also where there is nothing to say, sends no body: Fastify would refuse that. */
function takeNoBody(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, {})
    else parse(request, String(body), done)
  })
}

function describeApi(app: App): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Gridloom DERMS',
        description:
          'Grid services from distributed energy resources. Watts and vars, positive feeds the grid; times in seconds since 1970.',
        version: '1.0.0',
      },
    },
    transform: (route) =>
      jsonSchemaTransform(route.schema.hide ? route : { ...route, schema: withErrors(route.schema) }),
  })
}

/** Every operation may be refused, always in the same words. */
function withErrors<S extends object>(schema: S): S {
  const response = 'response' in schema && typeof schema.response === 'object' ? schema.response : {}
  return { ...schema, response: { ...response, '4xx': AdminError } }
}

type Issue = Readonly<{ path: string; message: string }>

function writeFailure({ code, message, path }: Failure): FailureBody {
  return failureBody(code, message, path === undefined ? [] : [{ path, message }])
}

function failureBody(code: string, message: string, issues: readonly Issue[]): FailureBody {
  return { type: 'application/json; charset=utf-8', body: JSON.stringify({ error: { code, message, issues } }) }
}

/** What does not fit its schema is told field by field; all else is answered as on every face. */
function answerInvalid(app: App): void {
  const otherwise = app.errorHandler
  app.setErrorHandler((error, request, reply) => {
    if (!hasZodFastifySchemaValidationErrors(error)) return otherwise.call(app, error as never, request, reply)
    const issues = error.validation.map(({ instancePath, message = 'invalid' }) => ({
      path: instancePath.slice(1).replaceAll('/', '.'),
      message,
    }))
    const { type, body } = failureBody('invalid', `not valid: ${error.validationContext ?? 'request'}`, issues)
    return reply.code(400).type(type).send(body)
  })
}
