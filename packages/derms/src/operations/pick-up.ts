import { next as nextStep, beginBlackStart, type BlackStart } from '../domain/black-start/black-start.ts'
import { forecastOf } from '../domain/knowledge/history.ts'
import { nowW } from '../domain/knowledge/known.ts'
import type { Order, Running } from '../domain/services/running.ts'
import type { Context } from './context.ts'
import { freshMrid } from './orders.ts'

const nominalHz = 60

/** Opens all groups of a black start, and picks them up one after the other as generation allows. */
export function pickedUp(context: Context, running: Running, now: number): Running {
  const { request } = running.service
  if (request.kind !== 'black-start') return running
  const dark = running.blackStart ? running : begun(context, running, now)
  const { blackStart } = dark
  if (!blackStart || now < running.service.start) return dark
  const availableW = dark.signals.at(-1)?.value ?? request.availableW
  const { state, actions } = nextStep(blackStart, { availableW, hz: nominalHz }, now)
  let after: Running = { ...dark, blackStart: state }
  for (const action of actions) {
    if (action.kind === 'energise') after = energised(context, after, action.group, now)
    if (action.kind === 'shed') after = opened(context, after, action.group, now)
  }
  return after
}

function begun(context: Context, running: Running, now: number): Running {
  const { request } = running.service
  if (request.kind !== 'black-start') return running
  const { coldLoadFactor, coldLoadSeconds, stepSeconds, groups } = request
  const blackStart: BlackStart = beginBlackStart({
    groups: groups.map((id) => ({ id, loadW: usualLoadW(context, id, now) })),
    coldLoad: { factor: coldLoadFactor, seconds: coldLoadSeconds },
    stepSeconds,
    marginShare: 0.1,
    leastHz: nominalHz - 0.5,
    mostTrips: 3,
  })
  return groups.reduce<Running>((state, group) => opened(context, state, group, now), { ...running, blackStart })
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

function opened({ config }: Context, running: Running, group: string, now: number): Running {
  const { service, pending, groupControls } = running
  const start = Math.max(Math.floor(now), service.start)
  const mRID = freshMrid()
  const order: Order = {
    mRID,
    target: { group },
    controls: { opModEnergize: false },
    start,
    duration: Math.max(Math.ceil(service.end) - start, 1),
    primacy: config.primacy,
  }
  return {
    ...running,
    service: { ...service, pickedUp: (service.pickedUp ?? []).filter((one) => one.group !== group) },
    pending: [...pending, order],
    groupControls: { ...groupControls, [group]: mRID },
  }
}

function energised(context: Context, running: Running, group: string, now: number): Running {
  const { service, cancels, groupControls, blackStart } = running
  const { [group]: mRID, ...others } = groupControls
  const loadW = blackStart?.groups.find(({ id }) => id === group)?.loadW ?? 0
  context.log.info({ service: service.id, group, loadW: Math.round(loadW) }, 'group picked up')
  return {
    ...running,
    service: { ...service, pickedUp: [...(service.pickedUp ?? []), { group, at: now, loadW }] },
    groupControls: others,
    cancels: mRID === undefined ? cancels : [...cancels, { mRID, reason: 'picked up' }],
  }
}
