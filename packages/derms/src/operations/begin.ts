import { randomBytes } from 'node:crypto'
import type { ServiceRequest } from '@gridloom/contracts'
import type { Config } from '../config.ts'
import { presentBaseline, serviceBaseline } from '../domain/services/baseline.ts'
import type { Running } from '../domain/services/running.ts'
import type { Context } from './context.ts'

type Made = Readonly<{
  operator: string
  now: number
  members: readonly string[]
  config: Pick<Config, 'intervalSeconds' | 'leadSeconds' | 'pollSeconds'>
}>

/** A service as it was asked for, before anything is decided. */
export function newRunning(request: ServiceRequest, { operator, now, members, config }: Made): Running {
  const { intervalSeconds, leadSeconds, pollSeconds } = config
  const start = request.start === 'now' ? Math.ceil(now) + request.delay : request.start
  const countsFrom = Math.ceil(now + leadSeconds + pollSeconds)
  const warning = `begins sooner than orders are followed, which takes ${leadSeconds + pollSeconds} s: what is missing before is not counted`
  return {
    service: {
      id: randomBytes(6).toString('hex'),
      request,
      operator,
      created: now,
      start,
      end: start + request.duration,
      status: 'requested',
      history: [{ status: 'requested', at: now }],
      devices: members.length,
      cost: 0,
      ...(isOrdered(request) && start < countsFrom && { countsFrom, warning }),
      awards: [],
    },
    members,
    baselines: {},
    intervalSeconds: Math.min(intervalSeconds, request.duration),
    trail: {},
    signals: [],
    held: {},
    closedUntil: start,
    pending: [],
    cancels: [],
    groupControls: {},
  }
}

/** Whether devices have to be somewhere else when the service begins. */
function isOrdered({ kind }: ServiceRequest): boolean {
  return kind === 'limit' || kind === 'target' || kind === 'profile' || kind === 'envelope'
}

type Span = Readonly<{ start: number; end: number; intervalSeconds: number; beforeSeconds: number }>

/** What the devices at its point would have done, and do where another service has moved them. */
export function baselinesOf({ fleet, elsewhere, config }: Context, running: Running, span: Span): Running['baselines'] {
  const known = fleet.known()
  const others = elsewhere(running)
  const entries = running.members.flatMap((lfdi) => {
    const one = known.get(lfdi)
    if (!one) return []
    if (others(lfdi).isMoved) {
      return [[lfdi, presentBaseline(one.history, { ...span, beforeSeconds: 2 * config.pollSeconds })]]
    }
    const ratedW = Math.max(one.der.maxW, -one.der.minW)
    return [[lfdi, serviceBaseline(one.history, { ...span, ratedW })]]
  })
  return Object.fromEntries(entries)
}

/** How often meters report, rounded so that samples fill an interval. */
export function sampleSecondsOf({ fleet }: Context, { members, intervalSeconds }: Running): number {
  const histories = fleet.histories()
  const paces = members.flatMap((lfdi) => histories.get(lfdi)?.recent.at(-1)?.seconds ?? []).toSorted((a, b) => a - b)
  const pace = paces[Math.floor(paces.length / 2)] ?? intervalSeconds
  return intervalSeconds / Math.max(Math.round(intervalSeconds / pace), 1)
}
