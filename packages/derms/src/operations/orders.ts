import { randomBytes } from 'node:crypto'
import type { Award, ControlFields } from '@gridloom/contracts'
import { makeMrid } from '@gridloom/sep2030'
import { isOver, type Asked, type Order, type Running } from '../domain/services/running.ts'
import type { Wanted } from '../domain/services/wanted.ts'
import type { Told } from '../store/services.ts'
import type { Context } from './context.ts'

export const freshMrid = (): string => makeMrid(0, randomBytes(12))

export type OrderSpan = Readonly<{ now: number; until: number; primacy: number; rampSeconds: number }>

/** Gives devices their orders in the books; `settle` says them to the GSP. */
export function placed(running: Running, wanted: readonly Wanted[], span: OrderSpan): Running {
  let next = running
  for (const one of wanted) next = placeOne(next, one, span)
  return next
}

function placeOne(
  running: Running,
  { lfdi, W, baseW, steering, controls }: Wanted,
  { now, until, primacy, rampSeconds }: OrderSpan,
): Running {
  const { service, pending } = running
  const before = service.awards.find((award) => award.lfdi === lfdi)
  const mRID = freshMrid()
  const start = Math.max(Math.floor(now), service.start - rampSeconds)
  const award: Award = { lfdi, W, baseW, mRID, steering, control: wordsOf(controls), since: now, status: 'ordered' }
  const order: Order = {
    mRID,
    lfdi,
    target: { device: lfdi },
    controls,
    start,
    duration: Math.max(Math.ceil(until) - start, 1),
    primacy,
  }
  const awards = before ? service.awards.map((one) => (one === before ? award : one)) : [...service.awards, award]
  return {
    ...running,
    service: { ...service, awards },
    trail: trailed(running, lfdi, { at: start, W, steering }),
    // what was not said yet needs not be said any more
    pending: [...pending.filter((one) => one.lfdi !== lfdi), order],
  }
}

/** Takes orders back: the devices are on their own again. */
export function released(
  running: Running,
  awards: readonly Award[],
  { now, reason }: Readonly<{ now: number; reason: string }>,
): Running {
  const gone = new Set(awards.map(({ lfdi }) => lfdi))
  const next = awards.reduce(
    (state, { lfdi, steering }) => ({ ...state, trail: trailed(state, lfdi, { at: now, W: null, steering }) }),
    running,
  )
  const { service } = next
  return {
    ...next,
    service: { ...service, awards: service.awards.filter(({ lfdi }) => !gone.has(lfdi)) },
    ...withdrawn(next, awards, reason),
  }
}

/** Replaces a device: it keeps its place in the books, so that it is not asked again. */
export function dropped(
  running: Running,
  award: Award,
  { now, reason }: Readonly<{ now: number; reason: string }>,
): Running {
  const { service } = running
  const awards = service.awards.map((one) =>
    one.lfdi === award.lfdi ? { ...one, status: 'dropped' as const, reason } : one,
  )
  return {
    ...running,
    service: { ...service, awards },
    trail: trailed(running, award.lfdi, { at: now, W: null, steering: award.steering }),
    ...withdrawn(running, [award], 'replaced'),
  }
}

function withdrawn({ pending, cancels }: Running, awards: readonly Award[], reason: string) {
  const gone = new Set(awards.map(({ lfdi }) => lfdi))
  const unsaid = new Set(pending.map(({ mRID }) => mRID))
  const said = awards.flatMap(({ mRID }) => (mRID === undefined || unsaid.has(mRID) ? [] : [{ mRID, reason }]))
  return {
    pending: pending.filter(({ lfdi }) => lfdi === undefined || !gone.has(lfdi)),
    cancels: [...cancels, ...said],
  }
}

function trailed({ trail }: Running, lfdi: string, asked: Asked): Running['trail'] {
  return { ...trail, [lfdi]: [...(trail[lfdi] ?? []), asked] }
}

function wordsOf(controls: ControlFields): string {
  return Object.entries(controls)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' ')
}

/**
 * Says to the GSP what the books hold: they are on the disk before, so that after a crash the same is said again under
 * the same mRID. Rejects when the GSP is away; then it is said later.
 */
export async function settle({ store, gsp, log, config }: Context, running: Running, now: number): Promise<Running> {
  const { pending, cancels, service } = running
  if (pending.length === 0 && cancels.length === 0) return running
  for (const { mRID, reason } of cancels) await gsp.cancel(mRID, reason)
  const current = isOver(service) ? [] : pending.filter(({ start, duration }) => start + duration > now + 1)
  const refused = await gsp.order(current)
  let next: Running = { ...running, pending: [], cancels: [] }
  const told: Told[] = []
  for (const order of current) {
    const reason = refused.get(order.mRID)
    const { mRID, lfdi, controls } = order
    told.push({
      at: now,
      actor: 'derms',
      action: reason === undefined ? 'ordered' : 'order refused',
      service: service.id,
      detail: { mRID, lfdi, target: order.target, controls, ...(reason !== undefined && { reason }) },
    })
    const award = next.service.awards.find((one) => one.mRID === mRID)
    if (reason !== undefined) log.warn({ service: service.id, lfdi, reason }, 'order refused')
    if (reason !== undefined && award) {
      const after = dropped(next, award, { now, reason: `the server refused: ${reason}` })
      next = { ...after, cancels: [] }
    }
  }
  for (const { mRID, reason } of cancels)
    told.push({ at: now, actor: 'derms', action: 'withdrawn', service: service.id, detail: { mRID, reason } })
  await store.save({ running: next, told })
  if (current.length + cancels.length > 0) {
    log.debug(
      { service: service.id, orders: current.length, withdrawn: cancels.length, primacy: config.primacy },
      'orders sent',
    )
  }
  return next
}
