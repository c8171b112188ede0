import { TrustRegistration } from '@gridloom/contracts'
import { listenOn, LogLevel, SimulationConfig, TlsConfig } from '@gridloom/kit'
import { z } from 'zod'
import { EngineSettings, type EngineOptions } from './domain/engine/settings.ts'
import { Tuning } from './tuning.ts'

const Lfdi = z
  .string()
  .regex(/^[0-9A-Fa-f]{40}$/, 'not an LFDI')
  .transform((lfdi) => lfdi.toUpperCase())
const seconds = z.number().positive()

const Subscriber = z.strictObject({
  url: z.url().describe('where alerts are posted, with its path'),
  name: z
    .union([z.string(), z.literal(false)])
    .optional()
    .describe('name in its certificate, else the host; false: any'),
  lfdi: Lfdi.optional().describe('posts to the server with this LFDI and to no other'),
  role: z.enum(['GSP', 'DCM', 'AGG', 'OPR']).describe('which alerts concern it'),
  members: z.array(Lfdi).optional().describe('of a DCM process: the LFDIs that it runs; all when absent'),
})
export type Subscriber = z.infer<typeof Subscriber>

export const Config = z.strictObject({
  listen: listenOn('::', 9444).describe('where actors report and ask'),
  ops: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: z.uint32().max(65_535) })
    .optional()
    .describe('plain HTTP for /healthz and /metrics; off when absent'),
  certs: z.string().describe('folder with key.pem, cert.pem and ca.pem'),
  store: z.string().default('sqlite:dtm.db').describe('sqlite:FILE'),
  tls: TlsConfig,
  operators: z.array(Lfdi).default([]).describe('LFDIs of operators, who enter all others'),
  registry: z.array(TrustRegistration).default([]).describe('who is known from the start'),
  subscribers: z.array(Subscriber).default([]).describe('who is told of alerts'),
  limits: z
    .strictObject({
      bodyBytes: z.uint32().default(1_048_576).describe('longest batch'),
      perSecond: z.number().positive().default(50).describe('requests of one certificate; more is answered 429'),
      burst: z.number().positive().default(500).describe('requests that one certificate may send at once'),
    })
    .prefault({}),
  ...Tuning,
  engine: EngineSettings.prefault({}).describe('what the rules are tuned by'),
  snapshotSeconds: seconds.default(60).describe('between two snapshots; what came after is replayed at a start'),
  alertHours: z.number().positive().default(24).describe('how long an alert waits for a subscriber that is away'),
  journalBytes: z
    .uint32()
    .default(268_435_456)
    .describe('observations that are kept after they were judged; the oldest go first'),
  clock: SimulationConfig.optional().describe('simulated time, set by the local grid'),
  logLevel: LogLevel,
})

export type Config = z.infer<typeof Config>

/** What of a configuration is for the engine. */
export function engineOptionsOf({ engine, parameters, byRole }: Config): EngineOptions {
  return { ...engine, ...(parameters && { parameters }), ...(byRole && { byRole }) } as EngineOptions
}
