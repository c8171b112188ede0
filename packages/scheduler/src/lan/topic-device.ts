import { type Device, DeviceError } from '@gridloom/devices'
import type { ScheduleOutput } from '@gridloom/contracts'
import { z } from 'zod'
import type { Link } from '../wan/mqtt/link.ts'

export type TopicDeviceOptions = Readonly<{
  name: string
  site: string
  link: Link
  outputs: () => readonly ScheduleOutput[]
  maxW: number
  maxChargeW: number
  staleSeconds: number
  now: () => number
}>

const Measured = z.object({ w: z.number(), connected: z.boolean(), at: z.number().optional() })
const modes = ['opModConnect', 'opModMaxLimW', 'opModTargetW'] as const

/** A device that follows its outputs over MQTT by itself, and says what it measures on `…/measured` (scheduling.md §7). */
export function createTopicDevice(options: TopicDeviceOptions): Device {
  const { name, site, link, maxW, maxChargeW, staleSeconds, now } = options
  const ratings = { maxW, maxChargeRateW: maxChargeW }
  let measured: Readonly<{ w: number; connected: boolean; at: number }> | undefined
  link.subscribe(`grid/${site}/${name}/measured`, (_topic, payload) => {
    const heard = Measured.safeParse(jsonOf(payload))
    if (heard.success) measured = { ...heard.data, at: now() }
  })
  return {
    capability: { kind: 'storage', modes, ratings },
    settings: { ...ratings, modesEnabled: modes, gradient: 0, updatedAt: Math.floor(now()) },
    async apply() {
      for (const output of options.outputs()) {
        const isOut = await link.publish(`grid/${site}/${name}/${output.quantity}/output`, output, { retain: true })
        if (!isOut) throw new DeviceError('unreachable', 'the broker does not take the output')
      }
      return { kind: 'accepted' }
    },
    async status() {
      if (!link.connected()) throw new DeviceError('unreachable', 'the broker is not connected')
      if (!measured || now() - measured.at > staleSeconds) {
        throw new DeviceError('unreachable', `nothing measured for ${staleSeconds} s`)
      }
      const { w, connected, at } = measured
      return {
        at,
        watts: w,
        vars: 0,
        volts: 0,
        hertz: 0,
        connected,
        available: true,
        operating: connected,
        inverter: connected ? 'tracking' : 'standby',
        mode: 'operational',
        alarms: [],
        deliveredWh: 0,
        receivedWh: 0,
      }
    },
    async [Symbol.asyncDispose]() {},
  }
}

function jsonOf(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}
