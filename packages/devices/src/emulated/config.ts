import { z } from 'zod'
import { createEmulatedBattery } from './battery.ts'
import { createEmulatedBuilding } from './building.ts'
import type { EmulatedDevice } from './emulate.ts'
import { type Environment, seededWeather } from './environment.ts'
import { createEmulatedEvCharger } from './ev-charger.ts'
import { createEmulatedGenerator } from './generator.ts'
import { household } from './household.ts'
import { createEmulatedPv } from './pv.ts'
import { createEmulatedPvBattery } from './pv-battery.ts'
import { createEmulatedWaterHeater } from './water-heater.ts'

const common = {
  seed: z.int().default(1).describe('makes clouds, draws and loads; the same seed gives the same day'),
  utcOffsetSeconds: z.int().default(0).describe('how far local solar time is ahead of UTC'),
  vNom: z.number().positive().default(240).describe('nominal volts'),
}
const gradient = z
  .number()
  .min(0)
  .default(0.1)
  .describe('fastest change without rampTms, maxW per second; 0 is no limit')
const share = z.number().min(0).max(1)
const whenIdle = z.enum(['hold', 'self-consumption']).default('hold').describe('what it does while nobody asks')

/** The devices that are simulated in this process. */
export const emulatedConfigs = [
  z.strictObject({
    kind: z.literal('pv'),
    ...common,
    maxW: z.number().positive().default(5000),
    gradient,
    cloudiness: share.default(0.3),
  }),
  z.strictObject({
    kind: z.literal('battery'),
    ...common,
    maxW: z.number().positive().default(5000).describe('discharge rating'),
    maxChargeW: z.number().positive().optional().describe('charge rating, else maxW'),
    capacityWh: z.number().positive().default(13_500),
    soc: share.default(0.5).describe('at the start'),
    minSoc: share.default(0.1).describe('kept back when discharging'),
    gradient,
    idle: whenIdle,
  }),
  z.strictObject({
    kind: z.literal('water-heater'),
    ...common,
    maxW: z.number().positive().default(4500),
    litres: z.number().positive().default(190),
    thermostat: z.number().min(30).max(90).default(55).describe('degrees Celsius'),
  }),
  z.strictObject({
    kind: z.literal('ev-charger'),
    ...common,
    maxA: z.number().min(6).default(32).describe('per phase'),
    phases: z.literal([1, 3]).default(1),
    capacityWh: z.number().positive().default(60_000).describe("of the vehicle's battery"),
    soc: share.default(0.5).describe('at the start'),
    targetSoc: share.default(0.8).describe('what the driver wants to leave with'),
    v2g: z.boolean().default(false).describe('whether the vehicle gives back what it holds'),
    minSoc: share.default(0.2).describe('kept back when the vehicle discharges'),
    gradient,
  }),
  z.strictObject({
    kind: z.literal('building'),
    ...common,
    maxW: z.number().positive().default(10_000).describe('all that it draws when everything runs'),
    occupancy: z.enum(['household', 'commercial']).default('household'),
    hvacShare: share.default(0.4).describe('of maxW: heats and cools'),
    criticalShare: share.default(0.1).describe('of the other appliances: goes off by disconnection alone'),
    flexibleShare: share.default(0.3).describe('of what neither heats nor is critical: can be shed'),
  }),
  z.strictObject({
    kind: z.literal('pv-battery'),
    ...common,
    maxW: z.number().positive().default(5000).describe('of the inverter, and of the battery either way'),
    dcW: z.number().positive().optional().describe('of the modules, else 1.1 maxW'),
    capacityWh: z.number().positive().default(13_500),
    soc: share.default(0.5).describe('at the start'),
    minSoc: share.default(0.1).describe('kept back when discharging'),
    gradient,
    cloudiness: share.default(0.3),
    idle: whenIdle,
  }),
  z.strictObject({
    kind: z.literal('generator'),
    ...common,
    maxW: z.number().positive().default(50_000),
    output: z.enum(['fixed', 'continuous']).default('continuous').describe('all or nothing, or any output'),
    startSeconds: z.number().nonnegative().default(10).describe('from being asked until it delivers'),
    gradient,
  }),
] as const

export const EmulatedConfig = z.discriminatedUnion('kind', emulatedConfigs)
export type EmulatedConfig = z.infer<typeof EmulatedConfig>

type EmulationDeps = Readonly<{ now: () => number; environment?: Environment }>

/** Opens the emulated device that the configuration describes; without an environment it has a seeded sky and nominal voltage. */
export function openEmulated(config: EmulatedConfig, { now, environment }: EmulationDeps): EmulatedDevice {
  const { seed, utcOffsetSeconds, vNom: volts } = config
  const around = (cloudiness?: number): Environment =>
    environment ?? seededWeather({ seed, volts, utcOffsetSeconds, ...(cloudiness !== undefined && { cloudiness }) })
  switch (config.kind) {
    case 'pv': {
      const { cloudiness, ...options } = config
      return createEmulatedPv({ ...options, now, environment: around(cloudiness) })
    }
    case 'battery': {
      const { idle, maxChargeW = config.maxW, ...options } = config
      const wish = idle === 'hold' ? () => 0 : household({ seed, utcOffsetSeconds })
      return createEmulatedBattery({ ...options, maxChargeW, idle: wish, now, environment: around() })
    }
    case 'water-heater':
      return createEmulatedWaterHeater({ ...config, now, environment: around() })
    case 'ev-charger':
      return createEmulatedEvCharger({ ...config, now, environment: around() })
    case 'building':
      return createEmulatedBuilding({ ...config, now, environment: around() })
    case 'pv-battery': {
      const { idle, cloudiness, dcW = 1.1 * config.maxW, ...options } = config
      const house = idle === 'self-consumption' && { house: household({ seed, pvW: 0, utcOffsetSeconds }) }
      return createEmulatedPvBattery({ ...options, ...house, dcW, now, environment: around(cloudiness) })
    }
    case 'generator':
      return createEmulatedGenerator({ ...config, now, environment: around() })
    default:
      return config satisfies never
  }
}
