import { z } from 'zod'
import { ScheduleOutput } from '../scheduling/schedule.ts'
import { DerTerms } from './service-request.ts'

const at = z.number().describe('seconds since 1970')

/** All that the DERMS knows of one DER. Powers in W at its connection, export positive. */
export const KnownDer = z.object({
  lfdi: z.string(),
  name: z.string().optional().describe('that people call it by'),
  device: z.string().describe('number at the GSP'),
  groups: z.array(z.string()),
  connectionPointId: z.string().optional(),
  kind: z.enum(['pv', 'storage', 'pv-storage', 'ev', 'load', 'generator', 'unknown']),
  modes: z.array(z.string()).describe('controls that it supports and has enabled'),
  maxW: z.number(),
  minW: z.number().describe('negative: the most it can draw'),
  maxVar: z.number(),
  store: z.object({ energyWh: z.number(), capacityWh: z.number(), soc: z.number() }).optional(),
  availableW: z.number().optional().describe('what sun, wind or charge allow now'),
  state: z.enum(['ready', 'off', 'faulty', 'silent']),
  reading: z.object({ W: z.number(), at }).optional().describe('the last one; at is the end of its interval'),
  forecast: z.array(z.number()).describe('what it will do if nobody asks, step by step'),
  trust: z.object({ level: z.int(), Te: z.number() }),
  responses: z.object({ asked: z.int(), followed: z.int(), dropped: z.int() }),
  positionWh: z.number().optional().describe('in the market, of the running interval; positive: bought'),
  schedules: z
    .array(ScheduleOutput.pick({ quantity: true, value: true, source: true, priority: true }))
    .optional()
    .describe('what decides where a scheduling service drives it'),
  isHeld: z.boolean().optional().describe('a stronger schedule holds it: no service can move it'),
  region: z.string().optional().describe('that its peer belongs to'),
  envelope: z
    .object({ exportW: z.number(), importW: z.number() })
    .optional()
    .describe('what its connection point bears'),
  hertz: z.number().optional().describe('there'),
  running: z.array(z.string()).describe('services it takes part in'),
  usedWh: z.number().describe('given in earlier services'),
  terms: DerTerms,
})
export type KnownDer = z.infer<typeof KnownDer>

export const KnownFleet = z.object({ at, stepSeconds: z.number(), ders: z.array(KnownDer) })
export type KnownFleet = z.infer<typeof KnownFleet>
