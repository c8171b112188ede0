import { createServer, describeApi, peerOf, policy, serveApi, type App, type JsonApp, type Logger } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'

/** The face over mutual TLS: JSON in and out, and an OpenAPI document of it. */
export function createFace({ certs, tls, limits }: Config, log: Logger, routes: (face: JsonApp) => void): App {
  const app = createServer({ name: 'derms', certs, tls, limits, log })
  describeApi(app, { title: 'Gridloom DERMS', description })
  serveApi(app, routes)
  return app
}

const description =
  'Grid services from distributed energy resources. Watts and vars, positive feeds the grid; times in seconds since 1970.'

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
