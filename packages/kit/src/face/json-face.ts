import type { IncomingMessage, ServerResponse } from 'node:http'
import swagger from '@fastify/swagger'
import { ErrorBody } from '@gridloom/contracts'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { ZodType } from 'zod'
import type { App } from '../server/create-server.ts'
import { docsPage, type Document } from './docs-page.ts'

/** A server whose routes are typed by their zod schemas. */
export type JsonApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

export type FaceDescription = Readonly<{
  title: string
  description: string
  /** The form of every refusal: ErrorBody by default. */
  errors?: ZodType
  /** Whether a bearer's token may stand for a certificate. */
  takesToken?: boolean
}>

/** Makes of a server a face that speaks JSON alone, checked by the zod schemas of its routes and described by them in an OpenAPI document. */
export function describeApi(app: App, { title, description, errors = ErrorBody, takesToken }: FaceDescription): void {
  app.removeContentTypeParser('application/sep+xml')
  takeNoBody(app)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, description, version: '1.0.0' },
      ...(takesToken && { components: { securitySchemes: { token } }, security: [{ token: [] }, {}] }),
    },
    transform: (route) =>
      jsonSchemaTransform(route.schema.hide ? route : { ...route, schema: withErrors(route.schema, errors) }),
  })
}

/** Adds routes to a described face; the document is at `<under>/openapi.json`, and for people at `<under>/docs`. */
export function serveApi(app: App, routes: (face: JsonApp) => void, under = ''): void {
  app.register(async (scope) => {
    routes(scope.withTypeProvider<ZodTypeProvider>())
    scope.get(`${under}/openapi.json`, { schema: { hide: true } }, () => app.swagger())
    scope.get(`${under}/docs`, { schema: { hide: true } }, (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
        .send(docsPage(app.swagger() as Document)),
    )
  })
}

const token = { type: 'http', scheme: 'bearer', description: 'where no operator certificate is asked for' } as const

/** A client that names JSON always, also where there is nothing to say, sends no body: Fastify would refuse that. */
function takeNoBody(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null)
    else parse(request, String(body), done)
  })
}

/** Every operation may be refused, always in the same words. */
function withErrors<S extends object>(schema: S, errors: ZodType): S {
  const response = 'response' in schema && typeof schema.response === 'object' ? schema.response : {}
  return { ...schema, response: { ...response, '4xx': errors } }
}
