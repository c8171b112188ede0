import type { Service, ServiceCall, ServiceRequest, ServiceSignal, ServiceStatus } from '@gridloom/contracts'
import { SepError } from '@gridloom/sep2030'
import type { Closed } from '../domain/services/delivery.ts'
import { feasibilityOf } from '../domain/services/feasibility.ts'
import { inForce, isOver, moved, type Running } from '../domain/services/running.ts'
import { isStanding } from '../domain/services/standing.ts'
import { baselinesOf, newRunning, sampleSecondsOf } from './begin.ts'
import { closedUpTo, givenBy } from './close.ts'
import { marketOf, sceneOf, type Context } from './context.ts'
import { curved } from './curves.ts'
import { liftedFlows, limitedFlows } from './flows.ts'
import { released, settle } from './orders.ts'
import { pickedUp } from './pick-up.ts'
import { stood, unstood } from './standing.ts'
import { steer } from './steer.ts'

/** Where services are asked for and led through their lives; everything is done in turns, one after the other. */
export type Desk = Readonly<{
  request(request: ServiceRequest, operator: string): Promise<Service>
  cancel(id: string, operator: string): Promise<Service>
  call(id: string, call: ServiceCall, operator: string): Promise<Service>
  signal(id: string, signal: ServiceSignal, operator: string): Promise<Service>
  /** Takes every running service one step on. */
  tick(): Promise<void>
}>

export type DeskOptions = Readonly<{ context: Context; services: Map<string, Running> }>

export function createDesk({ context, services }: DeskOptions): Desk {
  const { clock, store, log, publish, fleet, config } = context
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }

  /** On the disk first, then in the books. */
  const keep = async (running: Running, closed: readonly Closed[] = []): Promise<Running> => {
    await store.save({ running, closed })
    services.set(running.service.id, running)
    return running
  }
  const told = (actor: string, action: string, service: string, detail?: unknown): Promise<void> =>
    store.save({ told: [{ at: clock.exact(), actor, action, service, ...(detail !== undefined && { detail }) }] })

  const into = async (running: Running, status: ServiceStatus, reason?: string): Promise<Running> => {
    const at = clock.exact()
    const next = await keep({ ...running, service: moved(running.service, status, at, reason) })
    const { id } = next.service
    await told('derms', status, id, reason)
    log.info({ service: id, status, ...(reason !== undefined && { reason }) }, 'service moved on')
    publish({ event: 'service', at, id, status, ...(reason !== undefined && { reason }) })
    return next
  }
  const found = (id: string): Running => {
    const running = services.get(id)
    if (!running) throw new SepError('missing', `no service "${id}"`)
    return running
  }
  const live = (id: string): Running => {
    const running = found(id)
    if (isOver(running.service)) throw new SepError('conflict', `service "${id}" is ${running.service.status}`)
    return running
  }

  /** A group has one default control of ours, and each kind of service its own fields of it. */
  const requireRoom = ({ kind, where }: ServiceRequest): void => {
    const group = fleet.groupAt(where)
    if (!group) {
      throw new SepError('invalid', `a default control is of a group, and "${where}" is none`, { path: 'where' })
    }
    const other = [...services.values()].find(({ service: { request, ...service } }) => {
      const isSame = request.kind === kind && fleet.groupAt(request.where)?.id === group.id
      return isSame && isStanding(request) && !isOver(service)
    })
    if (other) throw new SepError('conflict', `"${other.service.id}" stands there already`)
  }

  /** Says what is in the books, and keeps them when the GSP is away: it is said at the next turn. */
  const said = async (running: Running): Promise<Running> => {
    await keep(running)
    try {
      const now = clock.exact()
      const set = isOver(running.service)
        ? await unstood(context, await liftedFlows(context, running))
        : await limitedFlows(context, running, now)
      return await keep(await settle(context, set, now))
    } catch (err) {
      log.warn({ err, service: running.service.id }, 'orders not sent, again at the next turn')
      return running
    }
  }

  const begin = async (running: Running): Promise<Running> => {
    const { start, end } = running.service
    const now = clock.exact()
    const span = {
      start: Math.floor(Math.min(now, start)),
      end,
      intervalSeconds: running.intervalSeconds,
      beforeSeconds: config.baselineSeconds,
    }
    const sampleSeconds = sampleSecondsOf(context, running)
    return keep({ ...running, sampleSeconds, baselines: baselinesOf(context, running, span) })
  }

  const advance = async (running: Running): Promise<Running> => {
    const now = clock.exact()
    const { start, end, status, request } = running.service
    if (status === 'scheduled' && now < start - config.leadSeconds) return running
    let next = Object.keys(running.baselines).length === 0 ? await begin(running) : running
    if (next.service.status === 'scheduled' && now >= start) next = await into(next, 'active')
    if (now < end) {
      const isCurve = request.kind === 'voltage' && request.band !== undefined
      if (request.kind === 'black-start') next = await pickedUp(context, next, now)
      else if (isStanding(request)) next = await stood(context, next)
      else if (isCurve) next = await curved(context, next)
      else next = await steer(context, next, now)
    }
    next = await said(next)
    const [counted, closed] = closedUpTo(context, next, now)
    if (closed.length > 0) next = await keep(counted, closed)
    if (now >= end && next.closedUntil >= end) next = await finish(next)
    return next
  }

  /** What fails in one service is tried again at the next turn, and holds up no other. */
  const advancing = async (running: Running): Promise<Running> => {
    try {
      return await advance(running)
    } catch (err) {
      log.warn({ err, service: running.service.id }, 'service not led on, again at the next turn')
      return services.get(running.service.id) ?? running
    }
  }

  const finish = async (running: Running): Promise<Running> => {
    const { id } = running.service
    for (const [lfdi, usedWh] of givenBy(store.intervals(id))) fleet.count(lfdi, { usedWh })
    await fleet.save()
    context.followers.delete(id)
    return said(await into(running, 'settled'))
  }

  return {
    request: (request, operator) =>
      inTurn(async () => {
        const now = clock.exact()
        const members = fleet.membersAt(request.where)
        if (!members) {
          const places = fleet.groups().flatMap(({ name, level }) => (level === 'service-point' ? [] : [name]))
          const message = `no group, connection point or device "${request.where}"; there are the groups ${places.join(', ')}`
          throw new SepError('invalid', message, { path: 'where' })
        }
        if (isStanding(request)) requireRoom(request)
        const strange = request.kind === 'black-start' && request.groups.find((group) => !fleet.membersAt(group))
        if (strange) throw new SepError('invalid', `no group "${strange}"`, { path: 'groups' })
        const running = newRunning(request, { operator, now, members, config })
        const { id, end } = running.service
        if (end <= now) throw new SepError('invalid', 'the service would be over already', { path: 'start' })
        await keep(running)
        await told(operator, 'requested', id, request)
        const tried = feasibilityOf(sceneOf(context, running, now), marketOf(config))
        if (tried.kind === 'refused') {
          const refused = { ...running, service: { ...running.service, best: tried.best } }
          return (await into(refused, 'refused', tried.reason)).service
        }
        const priced = { ...running, held: tried.held, service: { ...running.service, cost: tried.cost } }
        const scheduled = await into(await into(priced, 'feasible'), 'scheduled')
        return (await advancing(scheduled)).service
      }),
    cancel: (id, operator) =>
      inTurn(async () => {
        const running = live(id)
        const now = clock.exact()
        await told(operator, 'cancelled', id)
        const freed = released(running, inForce(running.service), { now, reason: 'service cancelled' })
        const cancels = Object.values(running.groupControls).map((mRID) => ({ mRID, reason: 'service cancelled' }))
        const ended = { ...freed, groupControls: {}, cancels: [...freed.cancels, ...cancels] }
        return (await said(await into(ended, 'cancelled'))).service
      }),
    call: (id, { watts, seconds }, operator) =>
      inTurn(async () => {
        const running = live(id)
        const { service } = running
        const { request } = service
        if (request.kind !== 'reserve')
          throw new SepError('conflict', `service "${id}" is no reserve: "${request.kind}"`)
        const now = clock.exact()
        if (now < service.start) throw new SepError('conflict', `service "${id}" has not begun`)
        if (watts !== undefined && watts > request.reserveW) {
          throw new SepError('invalid', `${watts} W of a reserve of ${request.reserveW} W`, { path: 'watts' })
        }
        if (seconds !== undefined && seconds > request.callSeconds) {
          throw new SepError('invalid', `a call lasts ${request.callSeconds} s at most`, { path: 'seconds' })
        }
        const until = Math.min(now + (seconds ?? request.callSeconds), service.end)
        const call = { at: now, until, watts: watts ?? request.reserveW }
        const span = {
          start: Math.floor(now),
          end: until,
          intervalSeconds: running.intervalSeconds,
          beforeSeconds: config.baselineSeconds,
        }
        const called = { ...running, service: { ...service, call }, baselines: baselinesOf(context, running, span) }
        await told(operator, 'called', id, call)
        return (await advancing(await keep(called))).service
      }),
    signal: (id, signal, operator) =>
      inTurn(async () => {
        const running = live(id)
        const { service } = running
        const isWanted =
          'signal' in signal ? service.request.kind === 'regulation' : service.request.kind === 'black-start'
        if (!isWanted) throw new SepError('conflict', `service "${id}" takes no such signal: "${service.request.kind}"`)
        const at = clock.exact()
        const value = 'signal' in signal ? signal.signal : signal.availableW
        const signals = [...running.signals, { at, value }].slice(-mostSignals)
        await told(operator, 'signalled', id, value)
        const next = { ...running, signals, service: { ...service, signal: { value, at } } }
        return (await advancing(await keep(next))).service
      }),
    tick: () =>
      inTurn(async () => {
        for (const running of services.values()) {
          const { cancels, flows, standing } = running
          const isQuiet = isOver(running.service) && cancels.length === 0 && !flows && !standing
          if (isQuiet) continue
          if (isOver(running.service)) await said(running)
          else await advancing(running)
        }
      }),
  }
}

// of a signal each four seconds: an hour; older ones are in the intervals that were closed
const mostSignals = 900
