import type { Award } from '@gridloom/contracts'
import { isSilent, nowW, type Known } from '../domain/knowledge/known.ts'
import { candidatesOf, type Scene } from '../domain/services/candidates.ts'
import { changesOf } from '../domain/services/changes.ts'
import { verdictOf } from '../domain/services/following.ts'
import { wantedRegulation } from '../domain/services/regulation.ts'
import { inForce, type Running } from '../domain/services/running.ts'
import { settingsOf } from '../domain/services/settings.ts'
import { stepsOf, wantedEnvelope, wantedPower, type Want, type Wanted } from '../domain/services/wanted.ts'
import { marketOf, sceneOf, type Context } from './context.ts'
import { dropped, placed, released } from './orders.ts'

/** Looks at who follows, replaces who does not, and shares out anew what is asked: the closed loop of a running service. */
export async function steer(context: Context, running: Running, now: number): Promise<Running> {
  const seen = await verified(context, running, now)
  const scene = sceneOf(context, seen, now)
  const want = wantOf(context, scene)
  if (!want) return released(seen, inForce(seen.service), { now, reason: 'nothing is asked' })
  return ordered(context, scene, want)
}

/** Gives the orders that are wanted; the rest of what was told is taken back. */
function ordered(context: Context, { running, known, awards, now }: Scene, { orders, allocation }: Want): Running {
  const { config, fleet, publish } = context
  const { request, id } = running.service
  const isRegulation = request.kind === 'regulation'
  const { place, release } = changesOf(running.service.awards, orders, {
    deadbandW: config.deadbandW,
    stays: (award) => {
      const one = known.get(award.lfdi)
      // who falls silent under an order is judged by it, not let go
      return isIdle(award, one, config.tolerance) || (one !== undefined && isSilent(one, now, config.silentSeconds))
    },
    ...(isRegulation && { renewBefore: now - request.holdSeconds / 2 }),
    // a device must have heard the last order before it is worth another
    ...((request.kind === 'limit' || request.kind === 'envelope') && { relaxBefore: now - config.settleSeconds }),
  })
  if (place.length + release.length === 0) return running
  for (const { lfdi } of place) if (!awards.has(lfdi)) fleet.count(lfdi, { asked: 1 })
  const shortW = allocation?.shortW ?? 0
  publish({ event: 'dispatch', at: now, id, orders: place.length + release.length, shortW })
  const until = untilOf(running, now)
  return released(placed(running, place, { ...config, now, until }), release, {
    now,
    reason: 'not needed',
  })
}

function wantOf(context: Context, scene: Scene): Want | undefined {
  const { request } = scene.running.service
  const market = marketOf(context.config)
  switch (request.kind) {
    case 'envelope':
      return wantedEnvelope(scene, market)
    case 'regulation':
      return signalled(context, scene)
    case 'frequency-response':
    case 'voltage':
      return wantedSettings(scene)
    case 'black-start':
      return undefined
    default:
      return wantedPower(scene, market)
  }
}

/** Settings move no power by themselves: each is an order at the power that is there. */
function wantedSettings(scene: Scene): Want {
  const settings = settingsOf(scene)
  const orders = settings.kind === 'each' ? settings.controls : []
  const wanted = [...orders].map(([lfdi, controls]): readonly [string, Wanted] => {
    const known = scene.known.get(lfdi)
    const W = scene.awards.get(lfdi)?.W ?? (known && nowW(known)) ?? 0
    return [lfdi, { lfdi, W, baseW: W, steering: 'none', controls }]
  })
  return { orders: new Map(wanted) }
}

function signalled(context: Context, scene: Scene): Want | undefined {
  const { running, now } = scene
  const { service, signals } = running
  const { request } = service
  const [before, last] = [signals.at(-2), signals.at(-1)]
  if (request.kind !== 'regulation' || !last || now >= last.at + request.holdSeconds) return undefined
  const market = marketOf(context.config)
  const { regulationW, holdSeconds } = request
  const seconds = Math.min(before ? Math.max(last.at - before.at, 1) : holdSeconds, holdSeconds)
  const candidates = candidatesOf(scene, { ...stepsOf(running, now, market), count: 1 })
  const followed = wantedRegulation(
    candidates,
    { value: last.value, regulationW, holdSeconds, seconds },
    { market, before: context.followers.get(service.id) },
  )
  context.followers.set(service.id, followed.state)
  return { orders: followed.orders }
}

function untilOf({ service: { request, end, call } }: Running, now: number): number {
  if (request.kind === 'regulation') return Math.min(now + request.holdSeconds, end)
  return call && request.kind === 'reserve' ? Math.min(call.until, end) : end
}

/** Whether a device stays below its cap by itself. */
function isIdle({ steering, W }: Award, known: Known | undefined, tolerance: number): boolean {
  const present = known && nowW(known)
  if (!known || present === undefined) return false
  const allowed = tolerance * Math.max(known.der.maxW, -known.der.minW)
  if (steering === 'export-cap') return present < W - allowed
  return steering === 'import-cap' && present > W + allowed
}

/** What devices say and what their meters show goes into the books. */
async function verified(context: Context, running: Running, now: number): Promise<Running> {
  const { fleet, config } = context
  const all = fleet.known()
  let next = running
  const standing = new Map<string, Award['status']>()
  for (const award of inForce(running.service)) {
    const known = all.get(award.lfdi)
    if (!known) continue
    const verdict = verdictOf(
      {
        award,
        responses: known.responses
          .filter(({ subject }) => subject === award.mRID)
          .map(({ status }) => status)
          .toReversed(),
        recent: known.history.recent,
        from: running.service.start,
        ratedW: Math.max(known.der.maxW, -known.der.minW),
        now,
      },
      config,
    )
    if (verdict.kind === 'dropped') next = await replaced(context, next, { award, known, now, ...verdict })
    else if (verdict.kind !== award.status) standing.set(award.lfdi, verdict.kind)
  }
  for (const [lfdi, status] of standing) if (status === 'following') fleet.count(lfdi, { followed: 1 })
  const { service } = next
  const awards = service.awards.map((one) => ({ ...one, status: standing.get(one.lfdi) ?? one.status }))
  return { ...next, service: { ...service, awards } }
}

type Failing = Readonly<{ award: Award; known: Known; now: number; reason: string; isFault: boolean }>

async function replaced(
  context: Context,
  running: Running,
  { award, known, now, reason, isFault }: Failing,
): Promise<Running> {
  const { fleet, log, publish, accuse, store, config } = context
  const { lfdi, W, baseW } = award
  const { id } = running.service
  fleet.count(lfdi, { dropped: 1 })
  log.warn({ service: id, lfdi, reason }, 'device replaced')
  publish({ event: 'dropped', at: now, id, lfdi, reason })
  await store.save({
    told: [{ at: now, actor: 'derms', action: 'device replaced', service: id, detail: { lfdi, reason, isFault } }],
  })
  if (isFault) {
    const hours = Math.max(now - Math.max(award.since, running.service.start), 0) / 3600
    const given = isSilent(known, now, config.silentSeconds)
      ? 0
      : ((nowW(known) ?? baseW) - baseW) * Math.sign(W - baseW)
    await accuse({ lfdi, service: id, wattHours: given * hours, awardedWattHours: Math.abs(W - baseW) * hours })
  }
  return dropped(running, award, { now, reason })
}
