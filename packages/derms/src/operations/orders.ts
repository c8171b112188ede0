import { randomBytes } from 'node:crypto'
import type { Award, ControlFields } from '@gridloom/contracts'
import { makeMrid } from '@gridloom/sep2030'
import { inForce, isOver, type Asked, type Order, type Running } from '../domain/services/running.ts'
import type { Wanted } from '../domain/services/wanted.ts'
import type { Told } from '../store/services.ts'
import type { Context } from './context.ts'

const freshMrid = (): string => makeMrid(0, randomBytes(12))

export type OrderSpan = Readonly<{ now: number; until: number; primacy: number; rampSeconds: number }>

/** An order to a group or program, from now or the start of the service to its end. */
export function orderToMany(
  { service: { start: begins, end } }: Running,
  { now, ...what }: Pick<Order, 'target' | 'controls' | 'primacy'> & Readonly<{ now: number }>,
): Order {
  const start = Math.max(Math.floor(now), begins)
  return { mRID: freshMrid(), ...what, start, duration: Math.max(Math.ceil(end) - start, 1) }
}

/** Gives devices their orders in the books; `settle` says them to the GSP. */
export function placed(running: Running, wanted: readonly Wanted[], span: OrderSpan): Running {
  const { service, pending, cancels, trail } = running
  const start = Math.max(Math.floor(span.now), service.start - span.rampSeconds)
  const made = new Map(wanted.map((one) => [one.lfdi, madeOf(one, start, span)]))
  // events supersede each other field by field: one of other fields would go on beside the new one
  const beside = inForce(service).filter(({ lfdi, control }) => {
    const fresh = made.get(lfdi)?.award
    return fresh !== undefined && fieldsIn(control).some((field) => !fieldsIn(fresh.control).includes(field))
  })
  const known = new Set(service.awards.map(({ lfdi }) => lfdi))
  const fresh = [...made.values()].filter(({ award }) => !known.has(award.lfdi))
  const awards = service.awards.map((one) => made.get(one.lfdi)?.award ?? one)
  return {
    ...running,
    service: { ...service, awards: [...awards, ...fresh.map(({ award }) => award)] },
    trail: trailed(
      trail,
      wanted.map(({ lfdi, W, steering }) => [lfdi, { at: start, W, steering }]),
    ),
    // what was not said yet needs not be said any more
    pending: [
      ...pending.filter(({ lfdi }) => lfdi === undefined || !made.has(lfdi)),
      ...[...made.values()].map(({ order }) => order),
    ],
    cancels: [...cancels, ...saidOf(running, beside).map((mRID) => ({ mRID, reason: 'replaced' }))],
  }
}

function fieldsIn(control: Award['control']): readonly string[] {
  return control.split(' ').map((words) => words.slice(0, words.indexOf('=')))
}

function madeOf(
  { lfdi, W, baseW, steering, controls }: Wanted,
  start: number,
  { now, until, primacy }: OrderSpan,
): Readonly<{ award: Award; order: Order }> {
  const mRID = freshMrid()
  const duration = Math.max(Math.ceil(until) - start, 1)
  return {
    award: { lfdi, W, baseW, mRID, steering, control: wordsOf(controls), since: now, status: 'ordered' },
    order: { mRID, lfdi, target: { device: lfdi }, controls, start, duration, primacy },
  }
}

/** Takes orders back: the devices are on their own again. */
export function released(
  running: Running,
  awards: readonly Award[],
  { now, reason }: Readonly<{ now: number; reason: string }>,
): Running {
  const gone = new Set(awards.map(({ lfdi }) => lfdi))
  const { service, trail } = running
  return {
    ...running,
    service: { ...service, awards: service.awards.filter(({ lfdi }) => !gone.has(lfdi)) },
    trail: trailed(
      trail,
      awards.map(({ lfdi, steering }) => [lfdi, { at: now, W: null, steering }]),
    ),
    ...withdrawn(running, awards, reason),
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
    trail: trailed(running.trail, [[award.lfdi, { at: now, W: null, steering: award.steering }]]),
    ...withdrawn(running, [award], 'replaced'),
  }
}

function withdrawn(running: Running, awards: readonly Award[], reason: string) {
  const gone = new Set(awards.map(({ lfdi }) => lfdi))
  return {
    pending: running.pending.filter(({ lfdi }) => lfdi === undefined || !gone.has(lfdi)),
    cancels: [...running.cancels, ...saidOf(running, awards).map((mRID) => ({ mRID, reason }))],
  }
}

/** Controls of these orders that the GSP may have heard of. */
function saidOf({ pending }: Running, awards: readonly Award[]): readonly string[] {
  const unsaid = new Set(pending.map(({ mRID }) => mRID))
  return awards.flatMap(({ mRID }) => (mRID === undefined || unsaid.has(mRID) ? [] : [mRID]))
}

function trailed(trail: Running['trail'], asked: readonly (readonly [string, Asked])[]): Running['trail'] {
  const more = asked.map(([lfdi, one]) => [lfdi, [...(trail[lfdi] ?? []), one]])
  return { ...trail, ...Object.fromEntries(more) }
}

/** Controls as an operator reads them. */
export function wordsOf(controls: ControlFields): string {
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
  await gsp.cancel(cancels)
  const current = isOver(service) ? [] : pending.filter(({ start, duration }) => start + duration > now + 1)
  const refused = await gsp.order(current)
  let next: Running = { ...running, pending: [], cancels: [] }
  const told: Told[] = []
  const awardOf = new Map(service.awards.map((award) => [award.mRID, award]))
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
    const award = awardOf.get(mRID)
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
