import { networkInterfaces } from 'node:os'
import type { FastifyInstance } from 'fastify'

export type Address = Readonly<{ host: string; port: number }>

/** Fastify's `listen`, resolving with a URL that a client on this machine can use as it stands. */
export function listenOf(app: FastifyInstance): FastifyInstance['listen'] {
  const listen = app.listen.bind(app)
  const listenAt = async ({ host, port }: Address): Promise<string> => {
    await listen({ host: boundHost(host), port, listenTextResolver: () => 'server listening' })
    const [bound] = app.addresses()
    return urlOf('https', host, typeof bound === 'object' ? bound.port : port)
  }
  return listenAt as FastifyInstance['listen']
}

export function urlOf(scheme: 'http' | 'https', host: string, port: number): string {
  if (host === '::' || host === '0.0.0.0') return `${scheme}://localhost:${port}`
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** '::' means every address of the machine, which on one without IPv6 is '0.0.0.0'. */
export function boundHost(host: string): string {
  const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ family }) => family === 'IPv6'))
  return host === '::' && !hasIpv6 ? '0.0.0.0' : host
}
