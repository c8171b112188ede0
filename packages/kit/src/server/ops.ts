import type { Registry } from 'prom-client'
import type { App } from './create-server.ts'

export type Ops = AsyncDisposable & Readonly<{ url: string }>
export type OpsOptions = Readonly<{
  /** Loopback unless the configuration says otherwise: plain HTTP for /healthz and /metrics and nothing else. */
  listen: Readonly<{ host: string; port: number }>
  apps?: readonly App[]
  registries?: readonly Registry[]
  isReady?: () => boolean
}>

export declare function openOps(options: OpsOptions): Promise<Ops>
/** The registry of one server: an actor adds its own gauges and counters here. */
export declare function metricsOf(app: App): Registry
