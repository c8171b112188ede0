import swagger from '@fastify/swagger'
import { AdminError } from '@gridloom/contracts'
import {
  createServer,
  type App,
  type Credentials,
  type Failure,
  type FailureBody,
  type Handshake,
  type Logger,
} from '@gridloom/kit'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { Config } from './config.ts'
import { alertRoutes } from './routes/alerts.ts'
import type { Context, TypedApp } from './routes/context.ts'
import { eventRoutes } from './routes/events.ts'
import { marketRoutes } from './routes/market-facts.ts'
import { observationRoutes } from './routes/observations.ts'
import { registryRoutes } from './routes/registry.ts'
import { settingsRoutes } from './routes/settings.ts'
import { subjectRoutes } from './routes/subjects.ts'
import { traceRoutes } from './routes/trace.ts'

export type FaceOptions = Readonly<{
  certs: Credentials
  log: Logger
  onHandshake: (handshake: Handshake) => void
}>

/** The DTM's face: observations in, trust and alerts out, over mutual TLS. */
export function createFace(config: Config, { certs, log, onHandshake }: FaceOptions): App {
  const { tls, limits } = config
  const clients = { kind: 'certificate' } as const
  const app = createServer({ name: 'dtm', certs, tls, limits, clients, log, onHandshake, writeFailure })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  describeApi(app)
  return app
}

/** Gives the face its routes, once what they need has been opened. */
export function addRoutes(app: App, context: Context): void {
  app.register(async (scope) => observationRoutes(scope.withTypeProvider<ZodTypeProvider>(), context))
  app.register(async (scope) => {
    answerInvalid(scope)
    const typed: TypedApp = scope.withTypeProvider<ZodTypeProvider>()
    registryRoutes(typed, context)
    subjectRoutes(typed, context)
    alertRoutes(typed, context)
    eventRoutes(typed, context)
    settingsRoutes(typed, context)
    traceRoutes(typed, context)
    marketRoutes(typed, context)
    typed.get('/dtm/openapi.json', { schema: { hide: true } }, () => app.swagger())
  })
}

function describeApi(app: App): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Gridloom DTM',
        description:
          'What actors observe goes in, how far each can be believed comes out. Times in seconds since 1970.',
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

function writeFailure({ code, message, path }: Failure): FailureBody {
  return failureBody(code, message, path === undefined ? [] : [{ path, message }])
}

type Issue = Readonly<{ path: string; message: string }>

function failureBody(code: string, message: string, issues: readonly Issue[]): FailureBody {
  return { type: 'application/json; charset=utf-8', body: JSON.stringify({ error: { code, message, issues } }) }
}

/** What does not fit its schema is told with its places; all else is answered as on every face. */
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
