import {
  CapacityProfile,
  Control,
  Curve,
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
  /** Publishes orders; what the GSP refused is told by mRID, what it has already is not asked again. */
  order(orders: readonly Order[]): Promise<ReadonlyMap<string, string>>
  /** Ends a control; one that is over or unknown is no matter. */
  cancel(mRID: string, reason: string): Promise<void>
  /** The program of a group that has this primacy, made when there is none. */
  programOf(group: string, primacy: number): Promise<string>
  addCurve(program: string, curve: NewCurve): Promise<string>
  /** Limits what flow reservations of a group may draw; false when it has a limit already, which then stays. */
  limitFlows(group: string, steps: CapacityProfile['steps']): Promise<boolean>
  liftFlows(group: string): Promise<void>
}>

const pageSize = 500
const description = 'DERMS'

export function createGsp(peer: Peer): Gsp {
  const publish = async ({ target, primacy, lfdi: _lfdi, ...order }: Order): Promise<string | undefined> => {
    const body: NewControlInput = { ...order, ...target, ...('program' in target ? {} : { primacy }), ...answered }
    try {
      await peer.post('/controls', body, Control)
      return undefined
    } catch (error) {
      if (!(error instanceof PeerRefusal)) throw error
      // said before and heard: the answer was lost
      return error.status === 409 && error.message.includes(order.mRID) ? undefined : error.message
    }
  }
  return {
    survey: (after, signal) =>
      everything(peer, `/fleet?after=${Math.max(Math.floor(after), 0)}&`, DeviceSurvey, signal),
    groups: () => everything(peer, '/groups?', Group),
    async order(orders) {
      const refused = new Map<string, string>()
      for (const order of orders) {
        const reason = await publish(order)
        if (reason !== undefined) refused.set(order.mRID, reason)
      }
      return refused
    },
    async cancel(mRID, reason) {
      try {
        await peer.post(`/controls/${mRID}/cancel`, { reason }, Control)
      } catch (error) {
        if (!(error instanceof PeerRefusal) || ![404, 409].includes(error.status)) throw error
      }
    },
    async programOf(group, primacy) {
      const programs = await everything(peer, `/programs?group=${encodeURIComponent(group)}&`, Program)
      const known = programs.find((program) => program.primacy === primacy)
      return known?.id ?? (await peer.post('/programs', { description, group, primacy }, Program)).id
    },
    async addCurve(program, curve) {
      return (await peer.post(`/programs/${program}/curves`, curve, Curve)).mRID
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
