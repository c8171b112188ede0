import type { Category } from '../parameters.ts'
import { isSuccess, type Message } from '../world/message.ts'
import type { World } from '../world/world.ts'

/** What a clean message is worth, and which categories it puts to the test (§2). */
export type Worth = Readonly<{ g: number; tests: readonly Category[] }>

const usual: readonly Category[] = ['identity', 'format', 'timing', 'protocol']
const physical: readonly Category[] = [...usual, 'physics']

const poll: Worth = { g: 0.25, tests: usual }
const statement: Worth = { g: 1, tests: usual }
const measurable: Worth = { g: 1, tests: physical }
const handshake: Worth = { g: 0.1, tests: ['identity'] }
export const inTime: Worth = { g: 0.1, tests: ['availability'] }
export const verified: Worth = { g: 4, tests: usual }
/** Nothing is learned of the sender from an error that it answers with. */
const nothing: Worth = { g: 0, tests: [] }

/** The worth of a message before the world has learned from it: a control that is served again is but an answer. */
export function worthOf(message: Message, world: World): Worth {
  const { observation, facts } = message
  switch (observation.kind) {
    case 'handshake':
      return observation.tls?.error === undefined ? handshake : nothing
    case 'heartbeat':
      return inTime
    case 'device-command':
      return measurable
    case 'device-reply':
      return hasPower(observation.body) ? measurable : statement
    case 'notification':
      return bringsOrders(message, world) ? measurable : statement
    case 'response':
      if (!isSuccess(observation.status)) return nothing
      return bringsOrders(message, world) ? measurable : poll
    case 'request':
      if (observation.method === 'GET' || observation.method === 'HEAD') return poll
      return facts.meter || facts.status || isMeasurable(observation.resource) ? measurable : statement
    default:
      return observation.kind satisfies never
  }
}

const measurableRoots = new Set([
  'MirrorMeterReading',
  'MirrorMeterReadingList',
  'DERStatus',
  'DERAvailability',
  'FlowReservationRequest',
  'Bid',
  'Award',
])

function isMeasurable(root: string | undefined): boolean {
  return root !== undefined && measurableRoots.has(root)
}

function hasPower(body: string | undefined): boolean {
  return body !== undefined && body.includes('"watts"')
}

/** It carries a control, a default or a curve that this receiver did not have. */
function bringsOrders({ facts, dcm }: Message, { devices }: World): boolean {
  const device = dcm === undefined ? undefined : devices.get(dcm)
  if (facts.controls?.some(({ mRID, digest }) => device?.controls?.[mRID]?.fact.digest !== digest)) return true
  if (facts.curves && facts.curves.length > 0) return true
  return facts.default !== undefined && JSON.stringify(device?.fallback?.order) !== JSON.stringify(facts.default)
}
