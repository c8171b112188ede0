import { z } from 'zod'
import { Cta2045Config, openCta2045 } from './cta2045/adapter/config.ts'
import type { Device } from './device.ts'
import { type EmulatedConfig, emulatedConfigs, openEmulated } from './emulated/config.ts'
import type { EmulatedDevice } from './emulated/emulate.ts'
import type { Environment } from './emulated/environment.ts'
import { MqttConfig, openMqtt } from './mqtt/config.ts'
import { openScheduled, ScheduledConfig } from './scheduled/config.ts'
import { openSunspec, SunspecConfig } from './sunspec/config.ts'

/** The devices that a configuration can name. */
export const DeviceConfig = z.discriminatedUnion('kind', [
  ...emulatedConfigs,
  Cta2045Config,
  MqttConfig,
  ScheduledConfig,
  SunspecConfig,
])
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
    case 'scheduled':
      return openScheduled(config, deps.now)
    case 'sunspec':
      return openSunspec(config, deps.now)
    default:
      return config satisfies never
  }
}

/** Whether the device is simulated in this process, and so has the environment that it is given. */
export function isEmulated(config: DeviceConfig): config is EmulatedConfig {
  return emulatedConfigs.some(({ shape }) => shape.kind.value === config.kind)
}
