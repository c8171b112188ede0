import { CtsId } from '@gridloom/contracts'
import { LimitsConfig, listenOn, LogLevel, SimulationConfig, TlsConfig } from '@gridloom/kit'
import { z } from 'zod'
import { Fairness } from './domain/dispatch/dispatch-file.ts'

const lfdi = z.string().regex(/^[0-9A-Fa-f]{40}$/)
const seconds = z.number().positive()

/** Another actor that is asked over mutual TLS. */
const peer = {
  url: z.url(),
  name: z
    .union([z.string(), z.literal(false)])
    .optional()
    .describe('name in its certificate, else the host; false: any'),
  lfdi: lfdi.optional().describe('its certificate must have this LFDI'),
}

export const Config = z.strictObject({
  listen: listenOn('::', 9445).describe('operators, and owners of DERs'),
  ops: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: z.uint32().max(65_535) })
    .optional()
    .describe('plain HTTP for /healthz and /metrics; off when absent'),
  certs: z.string().describe('folder with key.pem, cert.pem and ca.pem; an operator of the GSP'),
  store: z.string().default('sqlite:derms.db').describe('sqlite:FILE'),
  operators: z
    .array(lfdi)
    .default([])
    .describe('LFDIs that may ask for services; empty: every certificate of a service provider'),
  names: z
    .record(z.string(), lfdi)
    .default({})
    .describe('LFDI of each device by the name that market, tracker, scheduler and people call it'),
  gsp: z.strictObject(peer).describe('admin face of the GSP, through which devices are known and moved'),
  dtm: z.strictObject(peer).optional().describe('trust of each DER; told of those who do not follow'),
  tracker: z.strictObject(peer).optional().describe('region of each DER'),
  market: z
    .strictObject({ ...peer, marketId: CtsId })
    .optional()
    .describe('positions of DERs'),
  scheduler: z.strictObject(peer).optional().describe('running schedules of the DERs that it drives'),
  environment: z
    .strictObject(peer)
    .optional()
    .describe('voltages, for the envelope of each connection point, and frequency; read at each poll'),
  pollSeconds: seconds.default(10).describe('how often the fleet is read and running services are corrected'),
  sideSeconds: seconds.default(30).describe('how often trust, market, tracker and scheduler are read'),
  stepSeconds: seconds.default(300).describe('of the optimisation'),
  horizonSteps: z.uint32().min(1).max(288).default(24).describe('how far the optimisation looks ahead, at most'),
  intervalSeconds: z.uint32().min(1).max(3600).default(60).describe('of delivery and settlement'),
  leadSeconds: z.uint32().default(30).describe('orders go out so long before the start'),
  rampSeconds: z.uint32().default(10).describe('and take effect so long before it, for devices that ramp'),
  baselineSeconds: seconds.default(900).describe('what a DER did so long before a service is its baseline'),
  respondSeconds: seconds.default(60).describe('a device that says nothing to an order for so long does not follow'),
  settleSeconds: seconds.default(30).describe('from the beginning of an order until readings count'),
  tolerance: z.number().min(0).max(1).default(0.1).describe('of its rating, by which a device may be off its order'),
  silentSeconds: seconds.default(180).describe('a device without a reading for so long is not counted on'),
  limitMargin: z.number().min(0).max(0.5).default(0.02).describe('share of a limit that is kept free'),
  deadbandW: z.number().nonnegative().default(50).describe('orders that change less are not sent again'),
  primacy: z.uint32().max(255).default(60).describe('of the programs that orders go to; below those of groups'),
  fairness: Fairness.default('price'),
  currency: z.string().length(3).default('USD').describe('of prices and statements, counted in millionths'),
  prices: z
    .strictObject({
      up: z.number().nonnegative().default(0.1).describe('per kWh above what it would do'),
      down: z.number().nonnegative().default(0.1).describe('per kWh below'),
      hold: z.number().nonnegative().default(0.01).describe('for a kW that is held ready for an hour'),
    })
    .prefault({})
    .describe('of a DER that has stated no terms'),
  nominalHz: z.number().positive().default(60),
  storeReserve: z.number().min(0).max(1).default(0.1).describe('share of a store that is never given'),
  storeEfficiency: z.number().gt(0).max(1).default(0.95).describe('of charging'),
  envelope: z
    .strictObject({
      fullPu: z.number().default(0.03).describe('up to so far from nominal voltage all may flow'),
      nonePu: z.number().default(0.06).describe('from so far on nothing that makes it worse'),
    })
    .prefault({}),
  limits: LimitsConfig,
  clock: SimulationConfig.optional().describe('simulated time, set by the local grid'),
  tls: TlsConfig,
  logLevel: LogLevel,
})

export type Config = z.infer<typeof Config>
