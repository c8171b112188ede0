import {
  CapacityProfile,
  type ControlFields,
  Curve,
  DefaultControl,
  DeviceSurvey,
  Group,
  pageOf,
  Program,
  type NewControlInput,
  type NewCurve,
} from '@gridloom/contracts'
import { z } from 'zod'
import type { Order } from '../domain/services/running.ts'
import { type Peer, PeerRefusal } from './peer.ts'

/** What the DERMS does through the GSP's admin API. */
export type Gsp = Readonly<{
  survey(after: number, signal: AbortSignal): Promise<readonly DeviceSurvey[]>
  groups(): Promise<readonly Group[]>
  /** Publishes orders, many in one write; what the GSP refused is told by mRID, what it has already is no matter. */
  order(orders: readonly Order[]): Promise<ReadonlyMap<string, string>>
  /** Ends controls, many in one write; those that are over or unknown are no matter. */
  cancel(cancels: readonly Readonly<{ mRID: string; reason: string }>[]): Promise<void>
  /** The program of a group that has this primacy, made when there is none. */
  programOf(group: string, primacy: number): Promise<string>
  addCurve(program: string, curve: NewCurve): Promise<string>
  /** Adds fields to the default control of a program. */
  addDefault(program: string, controls: ControlFields): Promise<void>
  /** Takes fields out of it again; the last takes it away. */
  dropDefault(program: string, fields: readonly string[]): Promise<void>
  /** Limits what flow reservations of a group may draw; false when it has a limit already, which then stays. */
  limitFlows(group: string, steps: CapacityProfile['steps']): Promise<boolean>
  liftFlows(group: string): Promise<void>
}>

const pageSize = 500
// of orders in one request: the GSP is busy with so many for a part of a second
const batchSize = 500
const description = 'DERMS'

export function createGsp(peer: Peer): Gsp {
  /** What is refused is left out, and the rest said again. */
  const publish = async (orders: readonly Order[]): Promise<ReadonlyMap<string, string>> => {
    const refused = new Map<string, string>()
    let left = orders
    while (left.length > 0) {
      const failed = await peer.post('/controls/batch', { controls: left.map(controlOf) }, z.unknown()).then(
        () => undefined,
        (error: unknown) => reasonsIn(error, left),
      )
      if (!failed) break
      for (const [order, reason] of failed) {
        // said before and heard: the answer was lost
        if (!reason.includes(order.mRID)) refused.set(order.mRID, reason)
      }
      left = left.filter((order) => !failed.has(order))
    }
    return refused
  }
  return {
    survey: (after, signal) =>
      everything(peer, `/fleet?after=${Math.max(Math.floor(after), 0)}&`, DeviceSurvey, signal),
    groups: () => everything(peer, '/groups?', Group),
    async order(orders) {
      const refused = new Map<string, string>()
      for (const batch of batchesOf(orders))
        for (const [mRID, reason] of await publish(batch)) refused.set(mRID, reason)
      return refused
    },
    async cancel(cancels) {
      for (const controls of batchesOf(cancels)) await peer.post('/controls/batch/cancel', { controls }, z.unknown())
    },
    async programOf(group, primacy) {
      const programs = await everything(peer, `/programs?group=${encodeURIComponent(group)}&`, Program)
      const known = programs.find((program) => program.primacy === primacy)
      return known?.id ?? (await peer.post('/programs', { description, group, primacy }, Program)).id
    },
    async addCurve(program, curve) {
      return (await peer.post(`/programs/${program}/curves`, curve, Curve)).mRID
    },
    async addDefault(program, controls) {
      const path = `/programs/${program}/default-control`
      const known = await peer.get(path, DefaultControl).catch(missing)
      await peer.put(path, { ...settingsIn(known), controls: { ...known?.controls, ...controls } }, DefaultControl)
    },
    async dropDefault(program, fields) {
      const path = `/programs/${program}/default-control`
      const known = await peer.get(path, DefaultControl).catch(missing)
      if (!known) return
      const left = Object.fromEntries(Object.entries(known.controls).filter(([field]) => !fields.includes(field)))
      if (Object.keys(left).length === 0) await peer.delete(path, z.null())
      else await peer.put(path, { ...settingsIn(known), controls: left }, DefaultControl)
    },
    async limitFlows(group, steps) {
      const path = `/groups/${group}/capacity`
      const own = await peer.get(path, CapacityProfile).catch(missing)
      if (own) return false
      await peer.put(path, { steps }, CapacityProfile)
      return true
    },
    async liftFlows(group) {
      await peer.delete(`/groups/${group}/capacity`, z.null()).catch(missing)
    },
  }
}

// received and the course of the event, and what its user chooses
const answered = { responseRequired: '07', description } as const

function controlOf({ target, primacy, lfdi: _lfdi, ...order }: Order): NewControlInput {
  return { ...order, ...target, ...('program' in target ? {} : { primacy }), ...answered }
}

/** Which orders of a batch were refused, and why; what is no refusal of single orders is thrown on. */
function reasonsIn(error: unknown, orders: readonly Order[]): ReadonlyMap<Order, string> {
  if (!(error instanceof PeerRefusal)) throw error
  const reasons = error.issues.flatMap(({ path, message }): readonly (readonly [Order, string])[] => {
    const order = orders[Number(/^controls\.(\d+)(\.|$)/.exec(path)?.[1])]
    return order ? [[order, message]] : []
  })
  if (reasons.length === 0) throw error
  return new Map(reasons)
}

function batchesOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / batchSize)
  return Array.from({ length: count }, (_, index) => items.slice(index * batchSize, (index + 1) * batchSize))
}

/** All of a default control but its identity and its controls. */
function settingsIn(known: DefaultControl | undefined): object {
  const { mRID: _mRID, version: _version, controls: _controls, ...settings } = known ?? {}
  return { description, ...settings }
}

function missing(error: unknown): undefined {
  if (!(error instanceof PeerRefusal) || error.status !== 404) throw error
}

async function everything<T>(
  peer: Peer,
  path: string,
  item: z.ZodType<T>,
  signal?: AbortSignal,
): Promise<readonly T[]> {
  const found: T[] = []
  for (;;) {
    const { all, items } = await peer.get(`${path}start=${found.length}&limit=${pageSize}`, pageOf(item), signal)
    found.push(...items)
    if (items.length === 0 || found.length >= all) return found
  }
}
