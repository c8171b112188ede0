import { z } from 'zod'
import { Cta2045Config, openCta2045 } from './cta2045/adapter/config.ts'
import type { Device } from './device.ts'
import { createEmulatedBattery } from './emulated/battery.ts'
import type { EmulatedDevice } from './emulated/emulate.ts'
import { type Environment, seededWeather } from './emulated/environment.ts'
import { household } from './emulated/household.ts'
import { createEmulatedPv } from './emulated/pv.ts'
import { createEmulatedWaterHeater } from './emulated/water-heater.ts'
import { MqttConfig, openMqtt } from './mqtt/config.ts'
import { openSunspec, SunspecConfig } from './sunspec/config.ts'

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

const emulated = [
  z.strictObject({
    kind: z.literal('pv'),
    ...common,
    maxW: z.number().positive().default(5000),
    gradient,
    cloudiness: z.number().min(0).max(1).default(0.3),
  }),
  z.strictObject({
    kind: z.literal('battery'),
    ...common,
    maxW: z.number().positive().default(5000).describe('discharge rating'),
    maxChargeW: z.number().positive().optional().describe('charge rating, else maxW'),
    capacityWh: z.number().positive().default(13_500),
    soc: z.number().min(0).max(1).default(0.5).describe('at the start'),
    minSoc: z.number().min(0).max(1).default(0.1).describe('kept back when discharging'),
    gradient,
    idle: z.enum(['hold', 'self-consumption']).default('hold').describe('what it does while nobody asks'),
  }),
  z.strictObject({
    kind: z.literal('water-heater'),
    ...common,
    maxW: z.number().positive().default(4500),
    litres: z.number().positive().default(190),
    thermostat: z.number().min(30).max(90).default(55).describe('degrees Celsius'),
  }),
] as const

/** The devices that are simulated in this process. */
export const EmulatedConfig = z.discriminatedUnion('kind', emulated)
export type EmulatedConfig = z.infer<typeof EmulatedConfig>

/** The devices that a configuration can name. */
export const DeviceConfig = z.discriminatedUnion('kind', [...emulated, Cta2045Config, MqttConfig, SunspecConfig])
export type DeviceConfig = z.infer<typeof DeviceConfig>

export type DeviceDeps = Readonly<{
  /** Seconds since 1970, as a clock's `now`. */
  now: () => number
  /** The world around the device; a seeded sky and nominal voltage when absent. */
  environment?: Environment
}>

/** Opens the device that the configuration describes. */
export function openDevice(config: EmulatedConfig, deps: DeviceDeps): EmulatedDevice
export function openDevice(config: DeviceConfig, deps: DeviceDeps): Device
export function openDevice(config: DeviceConfig, deps: DeviceDeps): Device {
  if (isEmulated(config)) return openEmulated(config, deps)
  switch (config.kind) {
    case 'cta2045':
      return openCta2045(config, deps.now)
    case 'mqtt':
      return openMqtt(config, deps.now)
    case 'sunspec':
      return openSunspec(config, deps.now)
    default:
      return config satisfies never
  }
}

/** Whether the device is simulated in this process, and so has the environment that it is given. */
export function isEmulated(config: DeviceConfig): config is EmulatedConfig {
  return emulated.some(({ shape }) => shape.kind.value === config.kind)
}

function openEmulated(config: EmulatedConfig, { now, environment }: DeviceDeps): EmulatedDevice {
  const { seed, utcOffsetSeconds, vNom: volts } = config
  switch (config.kind) {
    case 'pv': {
      const { cloudiness, ...options } = config
      const sky = environment ?? seededWeather({ seed, volts, utcOffsetSeconds, cloudiness })
      return createEmulatedPv({ ...options, now, environment: sky })
    }
    case 'battery': {
      const { idle, maxChargeW = config.maxW, ...options } = config
      const surroundings = environment ?? seededWeather({ seed, volts, utcOffsetSeconds })
      const wish = idle === 'hold' ? () => 0 : household({ seed, utcOffsetSeconds })
      return createEmulatedBattery({ ...options, maxChargeW, idle: wish, now, environment: surroundings })
    }
    case 'water-heater': {
      const surroundings = environment ?? seededWeather({ seed, volts, utcOffsetSeconds })
      return createEmulatedWaterHeater({ ...config, now, environment: surroundings })
    }
    default:
      return config satisfies never
  }
}
