import type { Message } from '../codec/message.ts'

export type Commodity = Readonly<{ code: number; measured: boolean; rate: number | null; cumulative: number | null }>

/** What an appliance said of itself, and what this means: the capability record of one device. */
export type Appliance = Readonly<{
  info: Message | undefined
  state: number | undefined
  commodities: readonly Commodity[]
  hasOverride: boolean
  /** When state and commodities were last read, seconds since 1970. */
  at: number
  /** Wh drawn and given, never falling. */
  receivedWh: number
  deliveredWh: number
}>

export const unknownAppliance: Appliance = {
  info: undefined,
  state: undefined,
  commodities: [],
  hasOverride: false,
  at: 0,
  receivedWh: 0,
  deliveredWh: 0,
}

/** What is known after one more answer or report of the appliance, heard at `now`. */
export function learn(before: Appliance, message: Message, now: number): Appliance {
  switch (message.op) {
    case 'deviceInfoReply':
      return { ...before, info: message }
    case 'operationalState':
      return { ...before, state: Number(message['opcode2']), at: now }
    case 'customerOverride':
      return { ...before, hasOverride: message['override'] === true }
    case 'commodityReadReply':
      return readCommodities(before, message['records'] as readonly Commodity[], now)
    default:
      return before
  }
}

export function commodityOf({ commodities }: Appliance, code: number): Commodity | undefined {
  return commodities.find((one) => one.code === code)
}

/** The rating: what the appliance says, else what it was configured with. */
export function ratedWattsOf(appliance: Appliance, configured: number): number {
  return commodityOf(appliance, 8)?.rate ?? configured
}

function readCommodities(before: Appliance, commodities: readonly Commodity[], now: number): Appliance {
  const after = { ...before, commodities, at: now }
  const hours = before.at === 0 ? 0 : Math.max(0, now - before.at) / 3600
  return {
    ...after,
    receivedWh: metered(before.receivedWh, commodityOf(before, 0), commodityOf(after, 0), hours),
    deliveredWh: metered(before.deliveredWh, commodityOf(before, 1), commodityOf(after, 1), hours),
  }
}

// Some appliances never count: then the rate is integrated. A counter that began anew goes on from where it was.
function metered(total: number, before: Commodity | undefined, after: Commodity | undefined, hours: number): number {
  const count = after?.cumulative ?? 0
  if (count === 0) return total + (before?.rate ?? 0) * hours
  const counted = before?.cumulative ?? 0
  return total + (count >= counted ? count - counted : count)
}
