import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { Registry } from 'prom-client'
import type { App } from './create-server.ts'
import { boundHost, urlOf, type Address } from './listen.ts'
import { metricsText, metricsType } from './metrics.ts'

export type Ops = AsyncDisposable & Readonly<{ url: string }>

export type OpsOptions = Readonly<{
  listen: Address
  /** The servers whose state and request metrics are shown. */
  apps?: readonly App[]
  /** Further metrics, of actors that serve nothing. */
  registries?: readonly Registry[]
  isReady?: () => boolean
}>

/**
 * Plain HTTP for /healthz and /metrics and nothing else, bound to loopback by default: health checks and scrapers carry no
 * device certificate, and the faces of the grid take nobody without one.
 */
export async function openOps({ listen, apps = [], registries = [], isReady }: OpsOptions): Promise<Ops> {
  const ready = (): boolean => (isReady?.() ?? true) && apps.every((app) => !app.isStopping())
  const server = createServer((request, response) => {
    if (request.url === '/healthz') return answerHealth(response, ready())
    if (request.url === '/metrics')
      return void answerMetrics(response, [...registries, ...apps.map(({ metrics }) => metrics)])
    response.writeHead(404).end()
  })
  server.listen(listen.port, boundHost(listen.host))
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? listen.port) : listen.port
  return {
    url: urlOf('http', listen.host, port),
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function answerHealth(response: ServerResponse, isReady: boolean): void {
  response.writeHead(isReady ? 200 : 503, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ status: isReady ? 'ok' : 'stopping' }))
}

async function answerMetrics(response: ServerResponse, registries: readonly Registry[]): Promise<void> {
  const text = await metricsText(registries)
  response.writeHead(200, { 'content-type': metricsType }).end(text)
}
