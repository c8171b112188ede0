import type { Order } from './control-facts.ts'
import type { Device, Held } from './device.ts'

/** What a device is to do, since when, and what it did before; watts positive towards the grid. */
export type Ruling = Readonly<{ watts: number; since: number; startWatts: number }>

export type InForce = Readonly<{ limit?: Ruling; importLimit?: Ruling; target?: Ruling; isOff: boolean }>

type Span = Readonly<{ from: number; to: number }>
type Field = keyof Order

const cancelled = 2
/** Opted out, refused or dropped: it does not follow, and has said so. */
const declined = new Set([4, 8, 9, 10, 13, 14, 252, 253, 254])

/** The orders that hold for the whole of a span of time; where one may just begin or end there is none to judge by. */
export function inForce(device: Device, ratedWatts: number, span: Span): InForce {
  if (!device.controls && !device.fallback) return { isOff: false }
  const setWatts = device.settings?.watts ?? ratedWatts
  const find = (field: Field, wattsOf: (value: number) => number) =>
    rulingOf(device, { field, wattsOf, ratedWatts, span })
  const plain = (value: number) => value
  const share = (value: number) => (value / 10_000) * setWatts
  const limit = tightest([find('maxHundredths', share), find('generateWatts', plain), ...exportLimits(device, find)])
  const importLimit = tightest([find('loadWatts', plain), find('importWatts', plain)])
  const asked = find('targetWatts', plain) ?? find('fixedHundredths', share)
  // nobody is asked for more than it is built for, or than a limit leaves
  const [most, least] = [
    Math.min(ratedWatts, limit?.watts ?? Infinity),
    -Math.min(ratedWatts, importLimit?.watts ?? Infinity),
  ]
  const target = asked && { ...asked, watts: Math.min(Math.max(asked.watts, least), most) }
  const isOff =
    rulingOrder(device, 'connect', span)?.connect === false || rulingOrder(device, 'energize', span)?.energize === false
  return { ...(limit && { limit }), ...(importLimit && { importLimit }), ...(target && { target }), isOff }
}

/** Whether the orders of a server may keep a device from delivering so much: an event in that time, or a limit by default. */
export function forbidsDelivery(
  device: Device,
  { watts, ratedWatts, span }: Readonly<{ watts: number; ratedWatts: number; span: Span }>,
): boolean {
  const events = Object.values(device.controls ?? {}).filter(isFollowed)
  if (events.some(({ fact }) => fact.start < span.to && span.from < latestEnd(fact))) return true
  const { limit, isOff } = inForce(device, ratedWatts, span)
  return isOff || (limit?.watts ?? Infinity) < watts
}

/** An export limit is one of the whole premises: it binds the device only where nothing else is metered. */
function exportLimits(
  { series = {} }: Device,
  find: (field: Field, wattsOf: (value: number) => number) => Ruling | undefined,
) {
  const isMetered = Object.values(series).some(({ isPremises, quantity }) => isPremises && quantity === 'watts')
  return isMetered ? [] : [find('exportWatts', (value) => value)]
}

function tightest(rulings: readonly (Ruling | undefined)[]): Ruling | undefined {
  return rulings.reduce((least, one) => (one && (!least || one.watts < least.watts) ? one : least), undefined)
}

type Wanted = Readonly<{ field: Field; wattsOf: (value: number) => number; ratedWatts: number; span: Span }>

function rulingOf(device: Device, { field, wattsOf, ratedWatts, span }: Wanted): Ruling | undefined {
  const ruling = ruler(device, field, span)
  if (!ruling) return undefined
  const value = ruling.order[field]
  if (typeof value !== 'number') return undefined
  return { watts: wattsOf(value), since: ruling.since, startWatts: ruling.startWatts ?? ratedWatts }
}

function rulingOrder(device: Device, field: Field, span: Span): Order | undefined {
  return ruler(device, field, span)?.order
}

type Ruler = Readonly<{ order: Order; since: number; startWatts?: number }>

function ruler({ controls = {}, fallback }: Device, field: Field, { from, to }: Span): Ruler | undefined {
  const setting = Object.values(controls).filter((held) => held.fact.order[field] !== undefined && isFollowed(held))
  const touching = setting.filter(({ fact }) => fact.start < to && from < latestEnd(fact))
  if (touching.length === 0)
    return byDefault(fallback, field, {
      from,
      ended: Math.max(0, ...setting.map(({ fact }) => latestEnd(fact)).filter((end) => end <= from)),
    })
  const covering = touching.filter((held) => beginOf(held) <= from && to <= earliestEnd(held.fact))
  // one may begin or end within the span: nobody can say what the device should have done
  if (covering.length < touching.length) return undefined
  const [winner] = covering.toSorted(
    (one, other) => one.primacy - other.primacy || other.fact.createdAt - one.fact.createdAt,
  )
  if (!winner) return undefined
  return {
    order: winner.fact.order,
    since: beginOf(winner),
    ...(winner.startWatts !== undefined && { startWatts: winner.startWatts }),
  }
}

function byDefault(
  fallback: Device['fallback'],
  field: Field,
  { from, ended }: Readonly<{ from: number; ended: number }>,
): Ruler | undefined {
  if (fallback?.order[field] === undefined) return undefined
  const since = Math.max(fallback.since, ended)
  return since <= from ? { order: fallback.order, since } : undefined
}

function isFollowed({ fact: { status }, statuses }: Held): boolean {
  return status < cancelled && !statuses.some((one) => declined.has(one))
}

/** A device begins at the latest when its random delay is over, and not before it has heard of the control. */
function beginOf({ at, fact: { start, randomizeStart } }: Held): number {
  return Math.max(start + Math.max(randomizeStart, 0), at)
}

function earliestEnd({ start, duration, randomizeStart, randomizeDuration }: Held['fact']): number {
  return start + duration + Math.min(randomizeStart, 0) + Math.min(randomizeDuration, 0)
}

function latestEnd({ start, duration, randomizeStart, randomizeDuration }: Held['fact']): number {
  return start + duration + Math.max(randomizeStart, 0) + Math.max(randomizeDuration, 0)
}
