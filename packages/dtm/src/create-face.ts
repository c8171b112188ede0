import {
  createServer,
  describeApi,
  serveApi,
  type App,
  type Credentials,
  type Handshake,
  type Logger,
} from '@gridloom/kit'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Config } from './config.ts'
import { alertRoutes } from './routes/alerts.ts'
import type { Context } from './routes/context.ts'
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
  const app = createServer({ name: 'dtm', certs, tls, limits, clients, log, onHandshake })
  describeApi(app, { title: 'Gridloom DTM', description })
  return app
}

/** Gives the face its routes, once what they need has been opened. */
export function addRoutes(app: App, context: Context): void {
  app.register(async (scope) => observationRoutes(scope.withTypeProvider<ZodTypeProvider>(), context))
  serveApi(
    app,
    (face) => {
      registryRoutes(face, context)
      subjectRoutes(face, context)
      alertRoutes(face, context)
      eventRoutes(face, context)
      settingsRoutes(face, context)
      traceRoutes(face, context)
      marketRoutes(face, context)
    },
    '/dtm',
  )
}

const description = 'What actors observe goes in, how far each can be believed comes out. Times in seconds since 1970.'
