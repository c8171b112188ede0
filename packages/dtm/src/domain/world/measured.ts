import { z } from 'zod'
import type { Device } from './device.ts'
import type { Message } from './message.ts'
import type { Series } from './reading-facts.ts'

/** One measured value in SI units; watts and watt-hours positive towards the grid, charge from 0 to 1. */
export type Measured = Readonly<{
  /** The series or the device that it comes from. */
  source: string
  quantity: Series['quantity']
  value: number
  /** The span it speaks of: a moment, or the period of a mean. */
  from: number
  to: number
  isMean: boolean
  isCounter: boolean
  isMended: boolean
  isPremises: boolean
  sourceLimited?: boolean
}>

/** What a device answers to its DCM, as the DCM reports it (`device-reply`). */
const DeviceReply = z.object({
  watts: z.number().optional(),
  volts: z.number().optional(),
  hertz: z.number().optional(),
  soc: z.number().optional(),
  wattHours: z.number().optional(),
  connected: z.boolean().optional(),
  sourceLimited: z.boolean().optional(),
})

/** The measured values of a message: mirrored readings, or the reply of a device. */
export function measuredIn(message: Message, device: Device): readonly Measured[] {
  const { facts, observation } = message
  if (facts.meter) return mirrored(message, device)
  return observation.kind === 'device-reply' && observation.body !== undefined ? replied(message, observation.body) : []
}

function mirrored({ facts: { meter }, t }: Message, { series: known = {} }: Device): readonly Measured[] {
  if (!meter || meter.readings.length === 0) return []
  const told = new Map(meter.series.map(({ mRID, type }) => [mRID, type]))
  return meter.readings.flatMap(({ series, raw, start = t, duration = 0, isMended }) => {
    const type = told.get(series) ?? known[series]
    if (!type) return []
    const { quantity, multiplier, sign, isMean, isCounter, isPremises } = type
    const isDirected = quantity === 'watts' || quantity === 'wattHours'
    const scale = quantity === 'soc' ? 100 : 1
    // a division keeps decimals exact
    const amount = multiplier < 0 ? raw / 10 ** -multiplier : raw * 10 ** multiplier
    const value = ((isDirected && !isCounter ? sign : 1) * amount) / scale
    return [
      { source: series, quantity, value, from: start, to: start + duration, isMean, isCounter, isMended, isPremises },
    ]
  })
}

function replied({ from, t, observation }: Message, body: string): readonly Measured[] {
  const reply = DeviceReply.safeParse(jsonOf(body)).data
  if (!reply) return []
  const at = Math.min(t, observation.observedAt)
  const { sourceLimited } = reply
  return quantities.flatMap((quantity) => {
    const value = reply[quantity]
    if (value === undefined) return []
    return [
      {
        source: `${from.id} ${quantity}`,
        quantity,
        value,
        from: at,
        to: at,
        isMean: false,
        isCounter: quantity === 'wattHours',
        isMended: false,
        isPremises: false,
        ...(sourceLimited !== undefined && { sourceLimited }),
      },
    ]
  })
}

const quantities = ['watts', 'volts', 'hertz', 'soc', 'wattHours'] as const

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
