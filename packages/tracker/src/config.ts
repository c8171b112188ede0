import { listenOn, LogLevel, SimulationConfig, TlsConfig } from '@gridloom/kit'
import { z } from 'zod'

const seconds = z.number().positive()
const share = z.number().min(0).max(1)
const RegionNumber = z.int().nonnegative()

const Lfdi = z
  .string()
  .regex(/^[0-9A-Fa-f]{40}$/)
  .transform((lfdi) => lfdi.toUpperCase())

const ServerName = z
  .union([z.string(), z.literal(false)])
  .optional()
  .describe('name in its certificate, else the host; false: any')

const Elsewhere = z.strictObject({ region: RegionNumber, url: z.url(), lfdi: Lfdi })

const Bootstrap = z.strictObject({
  regions: z.int().min(1).describe('N: a name falls into one of them by its hash'),
  trackers: z.array(Elsewhere).default([]).describe('of the regions that this process does not steer itself'),
  feeders: z.record(z.string(), RegionNumber).default({}).describe('region of a feeder: goes before the hash'),
  members: z.record(z.string(), RegionNumber).default({}).describe('region of a peer by name: goes before both'),
})

const Region = z.strictObject({
  region: RegionNumber,
  supplyKw: z
    .number()
    .positive()
    .optional()
    .describe('what the grid above can deliver into it: a continuous generator, last in merit'),
  exportKw: z
    .number()
    .nonnegative()
    .default(0)
    .describe('what the grid above takes of a surplus before anything is curtailed'),
  neighbours: z
    .array(Elsewhere)
    .default([])
    .describe('trackers of other processes that may take over consumers; regions of this process always may'),
})

const Process = z.strictObject({
  listen: listenOn('::', 9448).describe('where peers, operators and neighbours connect'),
  url: z.url().optional().describe('how others reach it; what it listens on when absent'),
  ops: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: z.uint32().max(65_535) })
    .optional()
    .describe('plain HTTP for /healthz and /metrics; off when absent'),
  certs: z.string().describe('folder with key.pem, cert.pem and ca.pem'),
  clients: z.array(Lfdi).default([]).describe('LFDIs that may connect; empty: every certificate of a service provider'),
  bootstraps: z.array(Lfdi).default([]).describe('LFDIs of bootstraps in other processes that may register peers here'),
  store: z.string().default('sqlite:tracker.db').describe('sqlite:FILE: epochs and members'),
  bootstrap: Bootstrap.optional().describe('gives peers their id and their region'),
  regions: z.array(Region).default([]).describe('that this process steers'),
  safety: share.default(0.1).describe('margin kept on generators'),
  stochasticHeadroom: z
    .number()
    .nonnegative()
    .default(1)
    .describe('share of what consumers may still ask for that is kept back'),
  periodSeconds: seconds.default(2).describe('between two reports of a peer, and between two rounds'),
  missedReports: z.int().min(1).default(3).describe('after so many a peer is lost'),
  keepDemandSeconds: seconds.default(30).describe('the demand of a lost consumer counts for so long'),
  leaseSeconds: seconds.default(20).describe('a tree is valid for so long after the round that made it'),
  listenSeconds: seconds.default(10).describe('longest wait for the peers of a tracker that starts again'),
  dwellSeconds: z
    .number()
    .nonnegative()
    .default(60)
    .describe('least time between two changes of a mode, a start or a stop'),
  ackSeconds: seconds.default(2).describe('a shed that is not acknowledged by then is tried once more'),
  dtm: z
    .strictObject({
      url: z.url(),
      lfdi: Lfdi.optional(),
      name: ServerName,
      lookSeconds: seconds.default(30).describe('between two looks'),
    })
    .optional()
    .describe('capacities count by the trust in their device; absent: in full'),
  clock: SimulationConfig.optional().describe('simulated time, set by the local grid'),
  tls: TlsConfig,
  logLevel: LogLevel,
})

export const Config = Process.superRefine(({ bootstrap, regions }, context) => {
  if (!bootstrap && regions.length === 0)
    context.addIssue({ code: 'custom', path: ['regions'], message: 'neither a bootstrap nor a region' })
  const numbers = regions.map(({ region }) => region)
  if (new Set(numbers).size < numbers.length)
    context.addIssue({ code: 'custom', path: ['regions'], message: 'a region stands twice' })
  if (!bootstrap) return
  const steered = new Set([...numbers, ...bootstrap.trackers.map(({ region }) => region)])
  for (let region = 0; region < bootstrap.regions; region++) {
    if (steered.has(region)) continue
    context.addIssue({ code: 'custom', path: ['bootstrap', 'trackers'], message: `nobody steers region ${region}` })
  }
})

export type Config = z.infer<typeof Config>
export type RegionConfig = Config['regions'][number]
export type Elsewhere = RegionConfig['neighbours'][number]
