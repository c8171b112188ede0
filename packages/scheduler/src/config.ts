import { DeviceConfig } from '@gridloom/devices'
import { LimitsConfig, listenOn, LogLevel, SimulationConfig, TlsConfig } from '@gridloom/kit'
import { z } from 'zod'
import { readBoard } from './operations/board.ts'

const lfdi = z.string().regex(/^[0-9A-Fa-f]{40}$/, 'is no LFDI: 40 hex digits')
const positive = z.number().positive()
const serverName = z
  .union([z.string(), z.literal(false)])
  .optional()
  .describe('name in its certificate, else the host; false: any')

/** What an actor may do: nothing that is not said here. */
const rights = {
  devices: z.array(z.string()).optional().describe('names of devices; every device when absent'),
  quantities: z
    .array(z.enum(['ActPow', 'MaxPow', 'OnOff']))
    .optional()
    .describe('all three when absent'),
  slots: z.array(z.int().min(1)).default([]).describe('numbers of the schedules that it may write'),
  priorities: z
    .strictObject({ least: z.int().default(11), most: z.int().default(99) })
    .refine(({ least, most }) => least <= most, 'least is above most')
    .prefault({})
    .describe('the band that its priorities are held to'),
}

const Scheduled = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.-]+$/, 'letters, digits, _ . - only')
    .describe('how people call it'),
  logicalDevice: z.string().optional().describe('ldName or inst of its LDevice; the name when absent'),
  maxChargeW: z.number().nonnegative().optional().describe('most that it may draw; its own charge rating when absent'),
  lfdi: lfdi.optional().describe('under which an emulated device stands in the environment: that of its DCM'),
  device: z
    .union([
      DeviceConfig,
      z.strictObject({
        kind: z.literal('topic').describe('hears its outputs over the MQTT broker below, and says what it measures'),
        maxW: positive.default(5000),
        maxChargeW: z.number().nonnegative().default(0),
        staleSeconds: positive.default(60).describe('a measurement older than this is none'),
      }),
    ])
    .prefault({ kind: 'battery' }),
})

const Mqtt = z.strictObject({
  url: z
    .url({ protocol: /^mqtts?$/ })
    .describe('mqtts://HOST:PORT of the broker; mqtt:// only for one on this machine'),
  certs: z.string().optional().describe('folder with ca.pem, and key.pem and cert.pem where the broker asks for them'),
  username: z.string().optional(),
  password: z.string().optional(),
  protocolVersion: z.literal([4, 5]).default(5).describe('4 for a broker that knows only MQTT 3.1.1'),
  site: z
    .string()
    .regex(/^[^#+/]+$/, 'is no part of a topic')
    .describe('topics are grid/SITE/DEVICE/QUANTITY/…'),
  ...rights,
  forecastSeconds: z.int().positive().default(86_400).describe('how far a published forecast reaches'),
  bridge: z
    .strictObject({
      device: z.string().describe('whose outputs and forecasts are published, and whose MaxPow schedule 1 is written'),
      commands: z.string().default('fledge/south-command'),
      schedules: z.string().default('fledge/south-schedule'),
      proposals: z.string().default('fledge/north-schedule').describe('where plain schedules are taken from'),
      labels: z.record(z.string(), z.string()).default({}).describe('quantity to Identifier; the target when absent'),
    })
    .optional()
    .describe('speaks with gateways of the reference ecosystem'),
})

const Follow = z.strictObject({
  device: z.string().describe('which device here'),
  url: z.url().describe('origin of the control port of the DCM'),
  name: serverName,
  dcm: z.string().optional().describe('name or LFDI of the device there; the same name when absent'),
  pollSeconds: positive.default(10),
})

const Iec104 = z
  .strictObject({
    listen: listenOn('127.0.0.1', 2404).describe('2404 is customary, 19998 with tls'),
    tls: z
      .strictObject({
        certs: z.string().describe('folder with key.pem, cert.pem and ca.pem'),
        lfdi: z.array(lfdi).default([]).describe('of control centres that may connect; empty: every one under ca.pem'),
      })
      .optional()
      .describe('IEC 62351-3: both ends show certificates. Absent: plain TCP, on a network that is trusted'),
    commonAddress: z.int().min(1).max(65_534).default(1).describe('of the station'),
    clients: z.array(z.string()).default([]).describe('IP addresses that may connect; empty: every one'),
    groups: z
      .array(
        z.strictObject({
          name: z.string(),
          clients: z.array(z.string()).default([]).describe('IP addresses of its connections'),
          lfdi: z.array(lfdi).default([]).describe('of its certificates, with tls'),
        }),
      )
      .default([])
      .describe(
        'redundancy groups: of the connections of a group one at a time transfers data; others are each for themselves',
      ),
    mostConnections: z.int().min(1).default(4),
    k: z.int().min(1).max(32_767).default(12).describe('I frames sent without an acknowledgement'),
    w: z.int().min(1).max(32_767).default(8).describe('I frames taken before one is given'),
    t1Seconds: positive.default(15),
    t2Seconds: positive.default(10),
    t3Seconds: positive.default(20),
    directSeconds: z.int().positive().default(900).describe('how long a set point or command holds'),
    priority: z.int().default(50).describe('of the schedules that it makes'),
    ...rights,
    points: z
      .array(
        z.strictObject({
          device: z.string(),
          quantity: z.enum(['ActPow', 'MaxPow', 'OnOff']),
          command: z.int().min(1).max(16_777_215).optional().describe('information object address of the command'),
          output: z.int().min(1).max(16_777_215).describe('information object address of the output'),
        }),
      )
      .min(1),
  })
  .refine(({ w, k }) => w <= k, { path: ['w'], error: 'w is above k: the other end would wait for what never comes' })
  .refine(({ t1Seconds, t2Seconds }) => t2Seconds < t1Seconds, { path: ['t2Seconds'], error: 't2 is not below t1' })

const Process = z.strictObject({
  listen: listenOn('::', 9447),
  ops: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: z.uint32().max(65_535) })
    .optional()
    .describe('plain HTTP for /healthz and /metrics; off when absent'),
  certs: z.string().describe('folder with key.pem, cert.pem and ca.pem'),
  tls: TlsConfig,
  limits: LimitsConfig,
  store: z.string().default('sqlite:scheduler.db').describe('sqlite:FILE'),
  scl: z.string().describe('IEC 61850 SCL file (.cid, .icd) with the schedules and their controllers'),
  ied: z.string().optional().describe('which IED of the file, where it has several'),
  reserve: z.array(z.string()).default([]).describe('references of reserve schedules whose name does not say it'),
  quantities: z
    .record(z.string(), z.enum(['ActPow', 'MaxPow', 'OnOff']))
    .default({})
    .describe('reference of a controller or its CtlEnt to quantity, where the name of the controller does not say it'),
  devices: z.array(Scheduled).min(1).describe('what is scheduled'),
  operators: z.array(lfdi).default([]).describe('LFDIs that may do everything'),
  actors: z
    .array(z.strictObject({ name: z.string(), lfdi, ...rights }))
    .default([])
    .describe('who else may write, and what; others under our anchors may read'),
  signals: z
    .array(z.strictObject({ name: z.string(), lfdi: z.array(lfdi).default([]) }))
    .default([])
    .describe('Boolean sources (InSyn) and who beside operators may set them'),
  environment: z
    .strictObject({
      url: z.url().describe('origin of the environment that the emulated devices stand in'),
      name: serverName,
      nominalAfterSeconds: z
        .number()
        .nonnegative()
        .default(60)
        .describe('when it is silent for longer, devices have nominal surroundings'),
    })
    .optional(),
  heartbeatSeconds: positive.default(60).describe('an output is repeated after so long'),
  pollSeconds: positive.default(2).describe('how often devices are asked what they do'),
  mqtt: Mqtt.optional(),
  dcms: z.array(Follow).default([]).describe('IEEE 2030.5: DCMs whose decided events become schedules'),
  iec104: Iec104.optional(),
  seed: z.union([z.string(), z.number()]).default('scheduler').describe('of the jitter between tries'),
  clock: SimulationConfig.optional().describe('simulated time, set by the local grid'),
  logLevel: LogLevel,
})
/** The SCL file is read when it is checked, so that --check finds what is wrong in it; and devices are named that exist. */
export const Config = Process.superRefine((config, context) => {
  const complain = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
  try {
    readBoard(config)
  } catch (error) {
    complain(['scl'], error instanceof Error ? error.message : String(error))
  }
  const known = new Set(config.devices.map(({ name }) => name))
  const named = [
    ...config.dcms.map(({ device }, index) => ({ device, path: ['dcms', index, 'device'] })),
    ...(config.iec104?.points ?? []).map(({ device }, index) => ({
      device,
      path: ['iec104', 'points', index, 'device'],
    })),
    ...(config.mqtt?.bridge ? [{ device: config.mqtt.bridge.device, path: ['mqtt', 'bridge', 'device'] }] : []),
  ]
  for (const { device, path } of named) if (!known.has(device)) complain(path, `no device "${device}"`)
})

export type Config = z.infer<typeof Config>
