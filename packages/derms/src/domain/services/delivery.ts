import type { Award, DeliveryInterval } from '@gridloom/contracts'
import type { History } from '../knowledge/history.ts'
import { scoreOf } from '../regulation/score.ts'
import { meanOver } from '../settlement/readings.ts'
import { baselineAt } from './baseline.ts'
import { bandAt, isDelivered, type Band } from './band.ts'
import { askedAt, type Asked, type Running } from './running.ts'

/** Changes from the baseline that were asked and given, sampled at the pace of the meters. W */
export type Samples = Readonly<{ asked: readonly number[]; given: readonly number[] }>

/** What one DER did in an interval, and what was asked of it. W, export positive. */
export type Share = Readonly<{
  lfdi: string
  actualW: number
  baselineW: number
  askedW: number | null
  /** Of a regulation. */
  samples?: Samples
}>

/** What one DER was to hold for a call, and could have given. W */
export type Held = Readonly<{ lfdi: string; heldW: number; readyW: number }>

export type Closed = Readonly<{
  interval: DeliveryInterval
  shares: readonly Share[]
  /** Of a reserve. */
  held?: readonly Held[]
  /** Of a regulation, at the point. */
  samples?: Samples
}>

export type Histories = ReadonlyMap<string, History>

export type Metering = Readonly<{
  histories: Histories
  /** What a DER could still have added to what it did, in the direction of a reserve. */
  roomW: (lfdi: string, actualW: number) => number
}>

type Span = Readonly<{ start: number; end: number }>

/** Measures one interval of a service: each device against its baseline, the point against what was asked of it. */
export function closeInterval(running: Running, { histories, roomW }: Metering, span: Span): Closed {
  const { service, members, sampleSeconds } = running
  const { request } = service
  const shares = members.flatMap((lfdi) => shareOf(running, lfdi, { history: histories.get(lfdi), span }) ?? [])
  const otherW = 'otherW' in request ? request.otherW : 0
  const baselineW = shares.reduce((sum, share) => sum + share.baselineW, otherW)
  const actualW = shares.length === 0 ? null : shares.reduce((sum, share) => sum + share.actualW, otherW)
  const band = meanBand(running, { ...span, baselineW })
  const held = request.kind === 'reserve' ? heldIn(running, shares, roomW) : undefined
  const samples = request.kind === 'regulation' ? atPoint(running, shares, span) : undefined
  const score = samples && band && sampleSeconds && scoreOf(samples.asked, samples.given, sampleSeconds)
  const interval = {
    ...span,
    lowW: band?.lowW ?? null,
    highW: band?.highW ?? null,
    baselineW,
    actualW,
    metered: shares.length,
    ...(held && { heldW: total(held.map(({ heldW }) => heldW)), readyW: total(held.map(({ readyW }) => readyW)) }),
    ...(score && { score }),
  }
  const delivered = isEarly(running, span) ? null : wasDelivered(interval, band, request.delivered)
  return { interval: { ...interval, delivered }, shares, ...(held && { held }), ...(samples && { samples }) }
}

/** By the score where a signal was followed, by the band while one is asked, else by what was held ready; null: not known. */
function wasDelivered(
  { actualW, baselineW, score, heldW, readyW = 0 }: Omit<DeliveryInterval, 'delivered'>,
  band: Band | undefined,
  share: number,
): boolean | null {
  if (actualW === null) return null
  if (score) return score.score >= share
  if (band) return isDelivered(band, { W: actualW, baselineW, share })
  return heldW === undefined ? null : readyW >= share * heldW
}

type Meter = Readonly<{ history: History | undefined; span: Span }>

function shareOf(running: Running, lfdi: string, { history, span }: Meter): Share | undefined {
  const { baselines, trail, intervalSeconds, sampleSeconds, service } = running
  const { start, end } = span
  const actualW = history && meanOver(history.recent, start, end)
  if (!history || actualW === undefined) return undefined
  const baseline = baselines[lfdi]
  const baselineW = baseline && baselineAt(baseline, (start + end) / 2, intervalSeconds)
  // without a baseline nothing can be said of a change
  if (baselineW === undefined) return { lfdi, actualW, baselineW: actualW, askedW: null }
  const askedW = meanAsked(trail[lfdi], { ...span, baselineW })
  if (askedW !== null && isEarly(running, span)) {
    return { lfdi, actualW, baselineW, askedW: reached(actualW, baselineW, askedW) }
  }
  const share = { lfdi, actualW, baselineW, askedW }
  if (service.request.kind !== 'regulation' || !sampleSeconds) return share
  const spans = partsOf(span, sampleSeconds)
  const asked = spans.map((each) => (meanAsked(trail[lfdi], { ...each, baselineW }) ?? baselineW) - baselineW)
  // what is not metered was not given
  const given = spans.map((each) => (meanOver(history.recent, each.start, each.end) ?? baselineW) - baselineW)
  return { ...share, samples: { asked, given } }
}

/** Nobody could follow so soon: after a request at short notice, or before a call must be answered. */
function isEarly({ service: { request, countsFrom = 0, call } }: Running, { start, end }: Span): boolean {
  if (start < countsFrom) return true
  return call !== undefined && request.kind === 'reserve' && end > call.at && start < call.at + request.responseSeconds
}

/** Of what was asked no more than was done. */
function reached(actualW: number, baselineW: number, askedW: number): number {
  return Math.min(Math.max(actualW, Math.min(baselineW, askedW)), Math.max(baselineW, askedW))
}

/** What each that holds a part of a reserve could have given, or gave; who is not metered, nothing. */
function heldIn({ held, service }: Running, shares: readonly Share[], roomW: Metering['roomW']): readonly Held[] {
  const sign = 'direction' in service.request && service.request.direction === 'down' ? -1 : 1
  const metered = new Map(shares.map((share) => [share.lfdi, share]))
  return Object.entries(held).map(([lfdi, heldW]) => {
    const share = metered.get(lfdi)
    if (!share) return { lfdi, heldW, readyW: 0 }
    const { actualW, baselineW, askedW } = share
    const givenW = askedW === null ? 0 : Math.max(sign * (actualW - baselineW), 0)
    return { lfdi, heldW, readyW: Math.min(heldW, givenW + roomW(lfdi, actualW)) }
  })
}

/** The signal at the point, and what all together gave of it. */
function atPoint(running: Running, shares: readonly Share[], span: Span): Samples | undefined {
  const { sampleSeconds } = running
  if (!sampleSeconds) return undefined
  const spans = partsOf(span, sampleSeconds)
  return {
    asked: spans.map((each) => total(looksAt(each).map((time) => bandAt(running, time, 0)?.lowW ?? 0)) / looks),
    given: spans.map((_, index) => total(shares.map(({ samples }) => samples?.given[index] ?? 0))),
  }
}

function partsOf({ start, end }: Span, seconds: number): readonly Span[] {
  const count = Math.max(Math.round((end - start) / seconds), 1)
  const edge = (index: number): number => start + (index / count) * (end - start)
  return Array.from({ length: count }, (_, index) => ({ start: edge(index), end: edge(index + 1) }))
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

type Based = Span & Readonly<{ baselineW: number }>

/** What was asked on average while it was asked; a band that held for less than half of the interval is none. */
function meanBand(running: Running, { start, end, baselineW }: Based): Band | undefined {
  const bands = looksAt({ start, end })
    .map((time) => bandAt(running, time, baselineW))
    .filter((band) => band !== undefined)
  if (bands.length * 2 < looks) return undefined
  const lowW = mean(bands.map((band) => band.lowW))
  const highW = mean(bands.map((band) => band.highW))
  return { ...(lowW !== undefined && { lowW }), ...(highW !== undefined && { highW }) }
}

const looks = 10

function looksAt({ start, end }: Span): readonly number[] {
  return Array.from({ length: looks }, (_, index) => start + ((index + 0.5) / looks) * (end - start))
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : total(known) / known.length
}

/** Mean over the interval of what a DER was asked for, its baseline where it was asked for nothing; null: never asked. */
function meanAsked(trail: readonly Asked[] | undefined, { start, end, baselineW }: Based): number | null {
  if (!trail || trail.length === 0) return null
  const asked = looksAt({ start, end }).map((time) => askedAt(trail, time))
  if (asked.every((one) => !one || one.W === null)) return null
  const values = asked.map((one) => (!one || one.W === null ? baselineW : effective(one.W, one.steering, baselineW)))
  return total(values) / looks
}

/** A cap asks for nothing of a device that stays below it by itself. */
function effective(W: number, steering: Award['steering'], baselineW: number): number {
  if (steering === 'export-cap') return Math.min(W, baselineW)
  if (steering === 'import-cap') return Math.max(W, baselineW)
  return steering === 'none' ? baselineW : W
}
