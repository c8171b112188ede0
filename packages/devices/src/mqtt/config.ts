import { z } from 'zod'
import { Limits } from './limits.ts'
import { createMqttDevice, type MqttDevice } from './mqtt-device.ts'

/** A device that speaks MQTT through a broker. */
export const MqttConfig = z.strictObject({
  kind: z.literal('mqtt'),
  url: z
    .url({ protocol: /^mqtts?$/ })
    .describe('mqtts://HOST:PORT of the broker; mqtt:// only for one on this machine'),
  certs: z.string().optional().describe('folder with ca.pem, and key.pem and cert.pem where the broker asks for them'),
  username: z.string().optional(),
  password: z.string().optional(),
  protocolVersion: z.literal([4, 5]).default(5).describe('4 for a broker that knows only MQTT 3.1.1'),
  topic: z
    .string()
    .regex(/^[^#+]+[^#+/]$/, 'is no topic')
    .describe('below which all topics of this device are'),
  name: z.string().optional().describe('how people call it; the last part of the topic otherwise'),
  device: z
    .enum(['pv', 'storage', 'pv-storage', 'ev', 'evse', 'load'])
    .default('pv')
    .describe('until its nameplate says it'),
  maxW: z.number().positive().default(5000).describe('rating, until its nameplate says it'),
  vNom: z.number().positive().default(240).describe('nominal volts'),
  hertz: z.number().positive().default(60),
  holdsPower: z.boolean().default(false).describe('it takes a power to hold, opModTargetW, and not only limits'),
  staleSeconds: z.number().positive().default(60).describe('telemetry older than this is none'),
  setpointSeconds: z.number().positive().default(300).describe('how long a set point from MQTT holds'),
  safe: Limits.default({}).describe('limits before the first set point, and after the last'),
  discoveryPrefix: z.string().default('homeassistant').describe('empty: Home Assistant is told nothing'),
  retrySeconds: z.number().positive().default(1),
  mostRetrySeconds: z.number().positive().default(60),
})
export type MqttConfig = z.infer<typeof MqttConfig>

export function openMqtt({ device, ...config }: MqttConfig, now: () => number): MqttDevice {
  const { url, certs, username, password, protocolVersion, retrySeconds, mostRetrySeconds, ...options } = config
  const broker = { url, certs, username, password, protocolVersion, retrySeconds, mostRetrySeconds }
  return createMqttDevice({ ...options, kind: device, broker, now })
}
