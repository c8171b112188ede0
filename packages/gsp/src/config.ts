import { dtmConfig, listenOn, LogLevel, SimulationConfig, TlsConfig } from '@gridloom/kit'
import { profiles } from '@gridloom/sep2030'
import { z } from 'zod'

const seconds = z.uint32().min(1)
const count = z.uint32().min(1)

const pollRate = z.strictObject({
  DeviceCapability: seconds.default(300),
  Time: seconds.default(900),
  EndDeviceList: seconds.default(300),
  Registration: seconds.default(900),
  FunctionSetAssignmentsList: seconds.default(300),
  DERList: seconds.default(60),
  DERProgramList: seconds.default(60),
  DeviceInformation: seconds.default(900),
  DeviceStatus: seconds.default(300),
  PowerStatus: seconds.default(300),
  LogEventList: seconds.default(900),
  FlowReservationRequestList: seconds.default(60),
  FlowReservationResponseList: seconds.default(60),
  MirrorUsagePointList: seconds.default(60),
  UsagePointList: seconds.default(900),
  ResponseSetList: seconds.default(900),
})

const limits = z.strictObject({
  bodyBytes: count.default(262_144).describe('longest request body'),
  perSecond: z.number().positive().default(1000).describe('requests of one certificate; more is answered 429'),
  burst: z.number().positive().default(5000).describe('requests that one certificate may send at once'),
  pageMembers: count.default(500).describe('most members in one page of a list'),
  devicesPerAggregator: count.default(100_000),
  mirrorsPerDevice: count.default(100),
  meterReadingsPerMirror: count.default(100),
  readingsPerMeter: count.default(20_000).describe('older readings go first'),
  readingSetsPerMeter: count.default(5000),
  logEventsPerDevice: count.default(5000),
  responsesPerDevice: count.default(20_000),
  openFlowRequestsPerDevice: count.default(10),
  flowRequestsPerDevice: count.default(1000).describe('also those that are over'),
  archivedRows: count.default(1_000_000).describe('rows kept aside of deleted devices'),
})

export const Config = z.strictObject({
  listen: listenOn('::', 8443).describe('where devices connect'),
  ops: listenOn('127.0.0.1', 9543).describe('plain HTTP for /healthz and /metrics'),
  tls: TlsConfig,
  admin: z
    .strictObject({
      host: z.string().default('::'),
      port: z.uint32().max(65_535).default(9443),
      token: z.string().min(16).optional().describe('bearer token to accept; then no certificate is asked for'),
      operators: z
        .array(z.string())
        .default([])
        .describe('LFDIs of operator certificates; empty: those of service providers that are no aggregator'),
    })
    .prefault({}),
  certs: z.string().describe('folder with key.pem, cert.pem and ca.pem'),
  store: z.string().default('sqlite:gsp.db').describe('sqlite:FILE'),
  profile: z
    .enum(profiles)
    .default('csipaus-1.2')
    .describe('which documents are valid and which namespace is answered'),
  pen: z.uint32().default(0).describe('private enterprise number at the end of the mRIDs that this server makes'),
  inBandRegistration: z.boolean().default(true).describe('whether devices may register themselves'),
  connectionPoint: z
    .strictObject({
      locked: z.boolean().default(false).describe('refuse to change a connection point once it is set'),
      prefixes: z.array(z.string()).default([]).describe('how an NMI of this network may begin; empty: anyhow'),
    })
    .prefault({}),
  pollRate: pollRate.prefault({}),
  postRate: seconds.default(60),
  limits: limits.prefault({}),
  flowReservation: z
    .strictObject({
      placement: z
        .enum(['earliest', 'latest'])
        .default('latest')
        .describe('where a request goes without capacity data'),
    })
    .prefault({}),
  dtm: dtmConfig('sqlite:gsp-reports.db').describe('trust module to report to and to obey; off when absent'),
  timeZone: z.string().default('UTC').describe('IANA zone that the Time resource tells'),
  clock: SimulationConfig.optional().describe('simulated time instead of the system clock'),
  logLevel: LogLevel,
})

export type Config = z.infer<typeof Config>
