import {
  beginBlackStart,
  next as nextStep,
  waitingFor,
  type BlackStart,
  type BlackStartAction,
  type Island,
} from '../domain/black-start/black-start.ts'
import { forecastOf } from '../domain/knowledge/history.ts'
import { isSilent, nowW, type Known } from '../domain/knowledge/known.ts'
import type { Running } from '../domain/services/running.ts'
import type { Told } from '../store/services.ts'
import type { Context } from './context.ts'
import { orderToMany } from './orders.ts'

/** Opens all groups of a black start, and picks them up one after the other as generation and frequency allow. */
export async function pickedUp(context: Context, running: Running, now: number): Promise<Running> {
  const { request } = running.service
  if (request.kind !== 'black-start') return running
  const dark = running.blackStart ? running : begun(context, running, now)
  const { blackStart } = dark
  if (!blackStart || now < running.service.start) return dark
  const island = islandOf(context, dark, blackStart, now)
  const { state, actions } = nextStep(blackStart, island, now)
  let after: Running = { ...dark, blackStart: state }
  for (const action of actions) after = done(context, after, action, now)
  const told = actions.map((action): Told => {
    const { kind, ...detail } = action
    return {
      at: now,
      actor: 'derms',
      action: kind,
      service: running.service.id,
      detail: { ...detail, hertz: island.hz },
    }
  })
  if (told.length > 0) await context.store.save({ told })
  return shown(after, state, island)
}

function begun(context: Context, running: Running, now: number): Running {
  const { request } = running.service
  if (request.kind !== 'black-start') return running
  const { config } = context
  const { coldLoadFactor, coldLoadSeconds, stepSeconds, groups } = request
  const blackStart: BlackStart = beginBlackStart({
    groups: groups.map((id) => ({ id, loadW: usualLoadW(context, id, now) })),
    coldLoad: { factor: coldLoadFactor, seconds: coldLoadSeconds },
    stepSeconds,
    aliveSeconds: Math.max(stepSeconds, config.silentSeconds),
    marginShare: 0.1,
    leastHz: config.nominalHz - leastOffHz,
    shedHz: config.nominalHz - shedOffHz,
    mostTrips: 3,
  })
  return groups.reduce<Running>((state, group) => opened(context, state, group, now), { ...running, blackStart })
}

// below nominal: from here on nothing more is picked up, and from there on something is shed
const leastOffHz = 0.5
const shedOffHz = 1

/** The island as meters and the feeder model show it; without any frequency it is taken for nominal. */
function islandOf({ fleet, config }: Context, running: Running, { groups }: BlackStart, now: number): Island {
  const { request } = running.service
  const availableW = running.signals.at(-1)?.value ?? ('availableW' in request ? request.availableW : 0)
  const all = fleet.known()
  const knownIn = (group: string): readonly Known[] =>
    (fleet.membersAt(group) ?? []).flatMap((lfdi) => all.get(lfdi) ?? [])
  const hertz = running.members.flatMap((lfdi) => all.get(lfdi)?.hertz ?? [])
  const live = groups.filter(({ status }) => status === 'live')
  const metered = live.flatMap(({ id, since }) => knownIn(id).filter((known) => reportedSince(known, since)))
  return {
    availableW,
    loadW: metered.reduce((sum, known) => sum + Math.max(-(nowW(known) ?? 0), 0), 0),
    hz: hertz.length > 0 ? Math.min(...hertz) : config.nominalHz,
    alive: live
      .filter(({ id, since }) => {
        const there = knownIn(id)
        const well = there.filter((known) => {
          const isHeard = reportedSince(known, since) && !isSilent(known, now, config.silentSeconds)
          return isHeard && !known.der.isOff && !known.der.isFaulty
        })
        // a group without devices cannot say
        return well.length * 2 >= there.length
      })
      .map(({ id }) => id),
  }
}

function reportedSince({ history }: Known, time: number): boolean {
  const newest = history.recent.at(-1)
  return newest !== undefined && newest.start >= time
}

/** What the devices of a group usually draw together. */
function usualLoadW({ fleet, config }: Context, group: string, now: number): number {
  const known = fleet.known()
  const draws = (fleet.membersAt(group) ?? []).map((lfdi) => {
    const one = known.get(lfdi)
    if (!one) return 0
    return Math.max(-Math.min(forecastOf(one.history, config.baselineSeconds)(now), nowW(one) ?? 0), 0)
  })
  return draws.reduce((sum, watts) => sum + watts, 0)
}

function done(context: Context, running: Running, action: BlackStartAction, now: number): Running {
  const { log } = context
  const service = running.service.id
  switch (action.kind) {
    case 'energise':
      log.info({ service, group: action.group }, 'group picked up')
      return energised(running, action.group, now)
    case 'shed':
    case 'give-up':
      log.warn({ service, group: action.group, isLast: action.kind === 'give-up' }, 'group shed')
      return opened(context, running, action.group, now)
    case 'done':
      log.info({ service }, 'black start done')
      return running
    default:
      return action satisfies never
  }
}

function opened({ config }: Context, running: Running, group: string, now: number): Running {
  const { service, pending, groupControls } = running
  const controls = { opModEnergize: false }
  const order = orderToMany(running, { target: { group }, controls, primacy: config.primacy, now })
  return {
    ...running,
    service: { ...service, pickedUp: (service.pickedUp ?? []).filter((one) => one.group !== group) },
    pending: [...pending, order],
    groupControls: { ...groupControls, [group]: order.mRID },
  }
}

function energised(running: Running, group: string, now: number): Running {
  const { service, pending, cancels, groupControls, blackStart } = running
  const { [group]: mRID, ...others } = groupControls
  const loadW = blackStart?.groups.find(({ id }) => id === group)?.loadW ?? 0
  return {
    ...running,
    service: { ...service, pickedUp: [...(service.pickedUp ?? []), { group, at: now, loadW }] },
    groupControls: others,
    // an order to open that the server has not heard yet must not come after
    pending: pending.filter((order) => order.mRID !== mRID),
    cancels: mRID === undefined ? cancels : [...cancels, { mRID, reason: 'picked up' }],
  }
}

/** How far it is, for whoever looks. */
function shown(running: Running, state: BlackStart, island: Island): Running {
  const { waitsFor: _before, hertz: _hertz, ...service } = running.service
  const waitsFor = waitingFor(state, island)
  const groups = state.groups.map(({ id, status, since, trips }) => ({ group: id, status, since, trips }))
  return {
    ...running,
    service: {
      ...service,
      groups,
      ...(Number.isFinite(island.hz) && { hertz: island.hz }),
      ...(waitsFor !== undefined && { waitsFor }),
    },
  }
}
