import { DeviceConfig } from '@gridloom/devices'
import { dtmConfig, listenOn, LogLevel, SimulationConfig, TlsConfig } from '@gridloom/kit'
import { parsePin, profiles } from '@gridloom/sep2030'
import { z } from 'zod'

const watts = z.number().nonnegative().optional()

const Pin = z
  .union([z.string(), z.number()])
  .refine((pin) => isPin(pin), 'five digits and their check digit')
  .transform((pin) => parsePin(pin))

const Reservation = z.strictObject({
  energyWh: z
    .number()
    .refine((energy) => energy !== 0, 'must not be 0')
    .describe('above zero charges'),
  powerW: z.number().positive(),
  windowSeconds: z.uint32().min(1).describe('from the start of the DCM on'),
  overheadSeconds: z.uint32().default(0),
})

const Dcm = z.strictObject({
  name: z.string().optional().describe('how people call it; the name of its folder when absent'),
  certs: z.string().optional().describe('folder with key.pem, cert.pem and ca.pem; that of the process when absent'),
  pin: Pin.optional().describe('registration PIN; pin.txt beside the key when absent'),
  nmi: z.string().min(1).max(32).optional().describe('identifier of the connection point (CSIP-AUS)'),
  deviceCategory: z
    .string()
    .regex(/^[0-9A-Fa-f]{1,8}$/)
    .optional()
    .describe('hex bitmap, else after the kind of device'),
  device: DeviceConfig.prefault({ kind: 'pv' }),
  flowReservations: z.array(Reservation).default([]).describe('flows to ask for after the start'),
  region: z
    .strictObject({
      feeder: z.string().min(1).optional().describe('that of the process when absent'),
      class: z
        .int()
        .min(0)
        .max(9)
        .optional()
        .describe('importance of a consumer, 0 is critical; after its kind when absent'),
      merit: z.number().optional().describe('of a generator: the lowest is raised first'),
    })
    .optional(),
})

const Region = z.strictObject({
  bootstrap: z.strictObject({
    url: z.url(),
    lfdi: z
      .string()
      .regex(/^[0-9A-Fa-f]{40}$/)
      .optional()
      .describe('accept only the bootstrap with this LFDI'),
    name: z
      .union([z.string(), z.literal(false)])
      .optional()
      .describe('name in its certificate, else the host; false: any'),
  }),
  url: z.url().optional().describe('how trackers and peers reach the control port; what it listens on when absent'),
  feeder: z.string().min(1).optional().describe('electrical feeder of the devices'),
  acts: z.boolean().default(true).describe('false: devices report, and do not do what the region wants'),
  periodSeconds: z.number().positive().default(2).describe('between two reports'),
  ackSeconds: z.number().positive().default(2).describe('a shed that is not acknowledged by then is tried once more'),
  quietSeconds: z.number().positive().default(10).describe('without a warning, a consumer then takes a tenth more'),
  recheckSeconds: z.number().positive().default(60).describe('how often members ask where they belong'),
  deferSeconds: z.number().nonnegative().default(900).describe('how long a vehicle that arrives may wait for its turn'),
  safety: z.number().min(0).max(1).default(0.1).describe('margin of a generator that is cut off'),
})

const Fleet = z.strictObject({
  count: z.uint32().min(1),
  certs: z.string().includes('{n}').describe('pattern of their folders: {n} is 1 to count'),
  name: z.string().default('der-{n}'),
  devices: z
    .array(DeviceConfig)
    .min(1)
    .prefault([{ kind: 'pv' }])
    .describe('taken in turn'),
})

const Process = z.strictObject({
  server: z.strictObject({
    url: z.url().describe('origin of the 2030.5 server'),
    dcap: z.string().startsWith('/').default('/dcap').describe('path of its DeviceCapability'),
    name: z
      .union([z.string(), z.literal(false)])
      .optional()
      .describe('name in its certificate, else the host; false: any'),
    lfdi: z
      .string()
      .regex(/^[0-9A-Fa-f]{40}$/)
      .optional()
      .describe('accept only the server with this LFDI'),
  }),
  environment: z
    .strictObject({
      url: z.url().describe('origin of the environment that the emulated devices stand in'),
      name: z
        .union([z.string(), z.literal(false)])
        .optional()
        .describe('name in its certificate, else the host; false: any'),
      nominalAfterSeconds: z
        .number()
        .nonnegative()
        .default(60)
        .describe('when it is silent for longer, devices have nominal surroundings'),
    })
    .optional(),
  region: Region.optional().describe('makes the devices peers of a region tracker'),
  certs: z.string().describe('credentials of the control port, and of a DCM that names none'),
  dcms: z.array(Dcm).default([]).describe('one or many, each with a certificate and a connection'),
  fleet: Fleet.optional().describe('many alike'),
  profile: z.enum(profiles).default('csipaus-1.2').describe('which documents are valid'),
  pen: z.uint32().default(0).describe('private enterprise number in the mRIDs that are made here'),
  register: z.boolean().default(true).describe('whether a DCM that its server does not know registers itself'),
  leastPollSeconds: z.number().positive().default(10).describe('no resource is read, no reading posted more often'),
  tickSeconds: z.number().positive().default(1).describe('how often devices are asked what they do'),
  staggerSeconds: z
    .number()
    .nonnegative()
    .default(2)
    .describe('the first contacts of a fleet are spread over this time'),
  fixedDefault: z
    .strictObject({
      opModConnect: z.boolean().optional(),
      opModEnergize: z.boolean().optional(),
      maxLimitPercent: z.number().min(0).max(100).optional().describe('opModMaxLimW'),
      exportLimitW: watts.describe('opModExpLimW'),
      importLimitW: watts.describe('opModImpLimW'),
      generationLimitW: watts.describe('opModGenLimW'),
      loadLimitW: watts.describe('opModLoadLimW'),
      gradientPercentPerSecond: z.number().min(0).max(655).optional().describe('setGradW; 0 is no limit'),
    })
    .prefault({})
    .describe('holds where neither an event nor the default of a program says anything'),
  store: z.string().default('sqlite:dcm.db').describe('sqlite:FILE, shared by the DCMs of the process'),
  listen: listenOn('::', 9450).describe('control port: reservations, list of devices'),
  operators: z
    .array(z.string().regex(/^[0-9A-Fa-f]{40}$/))
    .default([])
    .describe('LFDIs that may use the control port; empty: every certificate of a service provider'),
  ops: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: z.uint32().max(65535) })
    .optional()
    .describe('plain HTTP for /healthz and /metrics; off when absent'),
  feed: z.boolean().default(false).describe('whether to write one JSON line on standard output for all that happens'),
  seed: z.union([z.string(), z.number()]).default('dcm').describe('of jitter and randomization'),
  clock: SimulationConfig.optional().describe('simulated time, set by the local grid'),
  dtm: dtmConfig('sqlite:dcm-reports.db').describe('trust module to report to and to obey; off when absent'),
  tls: TlsConfig,
  logLevel: LogLevel,
})

export const Config = Process.refine(({ dcms, fleet }) => dcms.length > 0 || fleet !== undefined, {
  path: ['dcms'],
  error: 'neither dcms nor a fleet',
})

export type Config = z.infer<typeof Config>
export type DcmConfig = z.infer<typeof Dcm>

function isPin(pin: string | number): boolean {
  try {
    return parsePin(pin) >= 0
  } catch {
    return false
  }
}
