import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

let processRegistry: Registry | undefined

/** Memory, CPU, event loop and garbage collection: facts of the process, whichever servers run in it. */
function processMetrics(): Registry {
  if (!processRegistry) {
    processRegistry = new Registry()
    collectDefaultMetrics({ register: processRegistry })
  }
  return processRegistry
}

/** Counts what never became a request: 'handshake' by OpenSSL, 'chain' by the profile, 'protocol' by the HTTP parser. */
export type CountRefusal = (stage: 'handshake' | 'chain' | 'protocol') => void

export function refusalCounter(registry: Registry): CountRefusal {
  const counter = new Counter({
    name: 'gridloom_connections_refused_total',
    help: 'Connections ended before their first request was read, by stage',
    labelNames: ['stage'],
    registers: [registry],
  })
  return (stage) => counter.inc({ stage })
}

export type RequestTimes = Histogram<'method' | 'route' | 'status'>

export function requestTimes(registry: Registry): RequestTimes {
  return new Histogram({
    name: 'gridloom_http_request_seconds',
    help: 'Time to answer a request, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
}

/** The Prometheus text of several registries; the process's own comes first. */
export async function metricsText(registries: readonly Registry[]): Promise<string> {
  const texts = await Promise.all([processMetrics(), ...registries].map((registry) => registry.metrics()))
  return texts.join('\n')
}

export const metricsType = Registry.PROMETHEUS_CONTENT_TYPE
