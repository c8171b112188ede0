import { CtsId } from '@gridloom/contracts'
import { listenOn, LogLevel, SimulationConfig, TlsConfig } from '@gridloom/kit'
import { z } from 'zod'

const watts = z.number().nonnegative()
const price = z.int().describe('in the units of the market')
const lfdi = z.string().regex(/^[0-9A-Fa-f]{40}$/)
const serverName = z
  .union([z.string(), z.literal(false)])
  .optional()
  .describe('name in its certificate, else the host; false: any')

/** How an agent comes by its needs. */
export const StrategyConfig = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('controller').describe('needs come from a supervisory controller alone'),
  }),
  z.strictObject({
    kind: z.literal('price-taker'),
    watts: z.number().optional().describe('net power into the premises; what was metered last when absent'),
    buyPrice: price.optional().describe('pays at most; any price when absent'),
    sellPrice: price.optional().describe('takes at least; any price when absent'),
  }),
  z.strictObject({
    kind: z.literal('pv'),
    watts: watts.optional().describe('forecast; what was metered last when absent'),
    floorPrice: price.default(0).describe('sells for no less'),
  }),
  z.strictObject({
    kind: z.literal('storage'),
    capacityWh: z.number().positive().optional().describe('that of the device when absent'),
    chargeW: watts.optional().describe('that of the device when absent'),
    dischargeW: watts.optional().describe('that of the device when absent'),
    reserve: z.number().min(0).max(1).default(0.1).describe('share of the capacity that is kept'),
    efficiency: z.number().gt(0).max(1).default(0.95).describe('of charging'),
    margin: z.number().nonnegative().default(0).describe('what a unit must earn each time it is traded'),
  }),
  z.strictObject({
    kind: z.literal('flexible-load'),
    powerW: z.number().positive(),
    energyWh: z.number().positive().describe('needed in each window'),
    windowSeconds: z.uint32().min(1).default(86_400).describe('windows follow one another, aligned to UTC'),
    worth: price.optional().describe('pays at most while there is time left; any price when absent'),
  }),
])

const Dcm = z.strictObject({
  url: z.url().optional().describe('control port of its DCM; `dcm.url` of the process when absent'),
  device: z.string().describe('name or LFDI of its device there'),
  follow: z
    .enum(['target', 'limit', 'none'])
    .default('target')
    .describe('what a position becomes: a set point, a most to export or draw, or nothing'),
})

const Agent = z.strictObject({
  partyId: CtsId,
  name: z.string().optional(),
  certs: z.string().optional().describe('folder of its own certificate; that of the process when absent'),
  strategy: StrategyConfig.prefault({ kind: 'controller' }),
  dcm: Dcm.optional().describe('the device that follows its positions and meters its deliveries'),
  measurementPointId: CtsId.optional().describe('the partyId when absent'),
})

export const Config = z
  .strictObject({
    market: z.strictObject({
      url: z.url().describe('origin of the Market Agent'),
      marketId: CtsId,
      name: serverName,
      lfdi: lfdi.optional().describe('of the Market Agent: callbacks are taken from it alone'),
    }),
    agents: z.array(Agent).min(1).describe('one or many, each a party of its own'),
    dcm: z.strictObject({ url: z.url(), name: serverName }).optional().describe('control port that agents share'),
    outlook: z
      .strictObject({
        prices: z.array(z.number()).default([]).describe('expected prices, one after the other, again and again'),
        stepSeconds: z.uint32().min(1).default(3600).describe('for how long each of them holds, aligned to UTC'),
        learning: z
          .number()
          .min(0)
          .max(1)
          .default(0.3)
          .describe('weight of a price that is seen against what was expected'),
      })
      .prefault({}),
    horizonIntervals: z.uint32().min(1).max(1000).default(24).describe('how far ahead is planned and tendered'),
    planSeconds: z.number().positive().default(10).describe('how often plans are made anew'),
    listen: listenOn('::', 9453).describe('callbacks of the market and the supervisory controllers'),
    callback: z
      .union([z.url(), z.literal(false)])
      .optional()
      .describe('how the market reaches `listen`; false: it does not, messages are asked for'),
    controllers: z
      .array(lfdi)
      .default([])
      .describe('LFDIs of supervisory controllers; empty: every certificate of a service provider'),
    controllerToken: z
      .strictObject({
        listen: listenOn('127.0.0.1', 9454),
        token: z.string().min(16),
      })
      .optional()
      .describe('a second face for controllers without a certificate'),
    certs: z.string().describe('folder with key.pem, cert.pem and ca.pem'),
    store: z.string().default('sqlite:teua.db').describe('sqlite:FILE, shared by the agents of the process'),
    ops: z
      .strictObject({ host: z.string().default('127.0.0.1'), port: z.uint32().max(65535) })
      .optional()
      .describe('plain HTTP for /healthz and /metrics; off when absent'),
    clock: SimulationConfig.optional().describe('simulated time, set by the local grid'),
    tls: TlsConfig,
    logLevel: LogLevel,
  })
  .refine(({ agents }) => new Set(agents.map(({ partyId }) => partyId)).size === agents.length, {
    path: ['agents'],
    error: 'two agents have the same partyId',
  })
  .refine(({ agents, dcm }) => agents.every((agent) => !agent.dcm || (agent.dcm.url ?? dcm?.url) !== undefined), {
    path: ['agents'],
    error: 'an agent has a device and nobody says where its DCM is',
  })

export type Config = z.infer<typeof Config>
export type AgentConfig = z.infer<typeof Agent>
export type StrategyConfig = z.infer<typeof StrategyConfig>
