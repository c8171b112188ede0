import { createHash } from 'node:crypto'
import type { Member } from './member.ts'

/** What a device does at one moment: watts above zero go to the grid. */
export type Moment = Readonly<{ watts: number; vars: number; volts: number; hertz: number; soc?: number }>

/** What a device has to keep to, from a moment on. */
export type Order = Readonly<{ limitW?: number; targetW?: number }>

const day = 86_400
const batteryTurn = 5400
const batteryHours = 3

/** A device that follows its order as far as the sun, its store and its rating let it. */
export function momentOf(member: Member, at: number, order: Order = {}): Moment {
  const free = freeWatts(member, at)
  const watts = Math.round(followed(member, free, order))
  return {
    watts,
    vars: Math.round(0.05 * member.rtgMaxW * (noise(member.lfdi, at, 90) - 0.5)),
    volts: 240 + 2 * (noise(member.group, at, 300) - 0.5) + 0.6 * (noise(`${member.lfdi}V`, at, 20) - 0.5),
    hertz: 60 + 0.04 * (noise('area', at, 15) - 0.5),
    ...(member.kind === 'battery' && { soc: chargeOf(member, at) }),
  }
}

function followed({ kind, rtgMaxW }: Member, free: number, { limitW = Infinity, targetW }: Order): number {
  if (targetW === undefined || kind === 'load') return Math.min(free, limitW)
  const able =
    kind === 'battery' ? Math.min(Math.max(targetW, -rtgMaxW), rtgMaxW) : Math.min(free, Math.max(targetW, 0))
  return Math.min(able, limitW)
}

function freeWatts(member: Member, at: number): number {
  const { kind, rtgMaxW, lfdi } = member
  switch (kind) {
    case 'pv':
      return rtgMaxW * sun(at) * (0.75 + 0.25 * noise(lfdi, at, 120))
    case 'battery':
      return batterySign(member, at) * rtgMaxW * (0.3 + 0.04 * noise(lfdi, at, 60))
    case 'load':
      return -rtgMaxW * (0.1 + 0.4 * noise(lfdi, at, 240))
    default:
      return kind satisfies never
  }
}

/** Between six and six, highest at noon. */
function sun(at: number): number {
  return Math.max(0, Math.sin((Math.PI * ((at % day) - day / 4)) / (day / 2)))
}

function batterySign({ index }: Member, at: number): number {
  return (Math.floor(at / batteryTurn) + index) % 2 === 0 ? 1 : -1
}

/** Swings with the battery's turns around the half. */
function chargeOf(member: Member, at: number): number {
  const within = (at % batteryTurn) / batteryTurn
  const swing = (0.32 * batteryTurn) / (batteryHours * 3600)
  return 0.5 - batterySign(member, at) * swing * (within - 0.5)
}

const knots = new Map<string, number>()

/** A number in [0, 1) that changes smoothly: the same name, time and period always give the same. */
function noise(name: string, at: number, period: number): number {
  const place = at / period
  const share = place - Math.floor(place)
  const [before, after] = [knot(name, Math.floor(place)), knot(name, Math.floor(place) + 1)]
  return before + (after - before) * share * share * (3 - 2 * share)
}

function knot(name: string, number: number): number {
  const key = `${name}/${number}`
  const known = knots.get(key)
  if (known !== undefined) return known
  const value = createHash('sha1').update(key).digest().readUInt32LE(0) / 2 ** 32
  if (knots.size > 200_000) knots.clear()
  knots.set(key, value)
  return value
}
