import { z } from 'zod'
import type { Device, Origin } from './device.ts'
import type { Message } from './message.ts'
import type { Series } from './reading-facts.ts'

/** One measured value in SI units; watts and watt-hours positive towards the grid, charge from 0 to 1. */
export type Measured = Readonly<{
  /** The series or the device that it comes from. */
  source: string
  origin: Origin
  quantity: Series['quantity']
  value: number
  /** The span it speaks of: a moment, or the period of a mean. */
  from: number
  to: number
  isMean: boolean
  counts?: 'given' | 'taken' | 'net'
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
  deliveredWh: z.number().optional(),
  receivedWh: z.number().optional(),
  countersReset: z.boolean().default(false),
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
    const { quantity, isMean, counts, isPremises } = type
    const value = valueOf(raw, type)
    const span = { source: series, origin: 'mirror', quantity, value, from: start, to: start + duration } as const
    return [{ ...span, isMean, isMended, isPremises, ...(counts && { counts }) }]
  })
}

function valueOf(raw: number, { quantity, multiplier, sign, counts }: Series): number {
  // a division keeps decimals exact
  const amount = multiplier < 0 ? raw / 10 ** -multiplier : raw * 10 ** multiplier
  if (quantity === 'soc') return amount / 100
  const isDirected = quantity === 'watts' || (quantity === 'wattHours' && counts === undefined)
  return isDirected ? sign * amount : amount
}

function replied({ from, t, observation }: Message, body: string): readonly Measured[] {
  const reply = DeviceReply.safeParse(jsonOf(body)).data
  if (!reply) return []
  const at = Math.min(t, observation.observedAt)
  const { sourceLimited, countersReset: isMended } = reply
  return entries.flatMap(([name, quantity, counts]) => {
    const value = reply[name]
    if (value === undefined) return []
    const source = `${from.id} ${name}`
    const span = { source, origin: 'reply', quantity, value, from: at, to: at } as const
    const plain = { ...span, isMean: false, isMended, isPremises: false }
    return [{ ...plain, ...(counts && { counts }), ...(sourceLimited !== undefined && { sourceLimited }) }]
  })
}

const entries = [
  ['watts', 'watts', undefined],
  ['volts', 'volts', undefined],
  ['hertz', 'hertz', undefined],
  ['soc', 'soc', undefined],
  ['wattHours', 'wattHours', 'net'],
  ['deliveredWh', 'wattHours', 'given'],
  ['receivedWh', 'wattHours', 'taken'],
] as const

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
