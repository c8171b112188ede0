import type { Award, DeliveryInterval } from '@gridloom/contracts'
import type { History } from '../knowledge/history.ts'
import { meanOver } from '../settlement/readings.ts'
import { baselineAt } from './baseline.ts'
import { bandAt, isDelivered, type Band } from './band.ts'
import { askedAt, type Asked, type Running } from './running.ts'

/** What one DER did in an interval, and what was asked of it. W, export positive. */
export type Share = Readonly<{ lfdi: string; actualW: number; baselineW: number; askedW: number | null }>

export type Closed = Readonly<{ interval: DeliveryInterval; shares: readonly Share[] }>

export type Histories = ReadonlyMap<string, History>

/** Measures one interval of a service: each device against its baseline, the point against what was asked of it. */
export function closeInterval(running: Running, histories: Histories, start: number, end: number): Closed {
  const { service, members, baselines, trail, intervalSeconds } = running
  const middle = (start + end) / 2
  const shares = members.flatMap((lfdi): readonly Share[] => {
    const history = histories.get(lfdi)
    const actualW = history && meanOver(history.recent, start, end)
    if (actualW === undefined) return []
    const baseline = baselines[lfdi]
    const baselineW = (baseline && baselineAt(baseline, middle, intervalSeconds)) ?? actualW
    return [{ lfdi, actualW, baselineW, askedW: meanAsked(trail[lfdi], { start, end, baselineW }) }]
  })
  const otherW = 'otherW' in service.request ? service.request.otherW : 0
  const baselineW = shares.reduce((sum, share) => sum + share.baselineW, otherW)
  const actualW = shares.length === 0 ? null : shares.reduce((sum, share) => sum + share.actualW, otherW)
  const band = meanBand(running, { start, end, baselineW })
  const interval = {
    start,
    end,
    lowW: band?.lowW ?? null,
    highW: band?.highW ?? null,
    baselineW,
    actualW,
    metered: shares.length,
    delivered:
      actualW === null || !band ? null : isDelivered(band, { W: actualW, baselineW, share: service.request.delivered }),
  }
  return { interval, shares }
}

type Span = Readonly<{ start: number; end: number; baselineW: number }>

/** What was asked on average while it was asked; a band that held for less than half of the interval is none. */
function meanBand(running: Running, { start, end, baselineW }: Span): Band | undefined {
  const moments = Array.from({ length: samples }, (_, index) => start + ((index + 0.5) / samples) * (end - start))
  const bands = moments.map((time) => bandAt(running, time, baselineW)).filter((band) => band !== undefined)
  if (bands.length * 2 < samples) return undefined
  const lowW = mean(bands.map((band) => band.lowW))
  const highW = mean(bands.map((band) => band.highW))
  return { ...(lowW !== undefined && { lowW }), ...(highW !== undefined && { highW }) }
}

const samples = 10

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** Mean over the interval of what a DER was asked for, its baseline where it was asked for nothing; null: never asked. */
function meanAsked(trail: readonly Asked[] | undefined, { start, end, baselineW }: Span): number | null {
  if (!trail || trail.length === 0) return null
  const moments = Array.from({ length: samples }, (_, index) => start + ((index + 0.5) / samples) * (end - start))
  const asked = moments.map((time) => askedAt(trail, time))
  if (asked.every((one) => !one || one.W === null)) return null
  const values = asked.map((one) => (!one || one.W === null ? baselineW : effective(one.W, one.steering, baselineW)))
  return values.reduce((sum, value) => sum + value, 0) / samples
}

/** A cap asks for nothing of a device that stays below it by itself. */
function effective(W: number, steering: Award['steering'], baselineW: number): number {
  if (steering === 'export-cap') return Math.min(W, baselineW)
  if (steering === 'import-cap') return Math.max(W, baselineW)
  return steering === 'none' ? baselineW : W
}
