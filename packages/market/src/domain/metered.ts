import { EiReportDelivery, EiRequestDelivery, type MarketReference } from '@gridloom/contracts'
import { accepted, type Outcome, refused } from './answer.ts'
import { wholeIntervals } from './instrument.ts'
import type { MarketAgent } from './market-agent.ts'

type Point = Readonly<{ partyId: string; quantities: Map<number, number> }>
export type MeteredSnapshot = readonly (readonly [
  point: string,
  partyId: string,
  quantities: readonly (readonly [dtStart: number, quantity: number])[],
])[]

export type Delivered = Outcome & Readonly<{ delivered?: readonly Readonly<{ streamUid: number; quantity: number }>[] }>

/** What flowed at the measurement points: each belongs to the party that it was first reported for. */
export function createMetered(
  market: MarketReference,
  { agent, from = [] }: Readonly<{ agent: MarketAgent; from?: MeteredSnapshot | undefined }>,
) {
  const points = new Map<string, Point>(
    from.map(([point, partyId, quantities]) => [point, { partyId, quantities: new Map(quantities) }]),
  )

  const byParty = new Map<string, Set<Point>>()
  for (const point of points.values()) pointsOf(point.partyId).add(point)

  function pointsOf(partyId: string): Set<Point> {
    const own = byParty.get(partyId) ?? new Set<Point>()
    byParty.set(partyId, own)
    return own
  }

  /** A later report of an interval takes the place of an earlier one. */
  function report(message: unknown): Outcome {
    const request = EiReportDelivery.safeParse(message)
    if (!request.success) return refused('MALFORMED')
    const { partyId, marketId, measurementPointId, delivered } = request.data
    if (!agent.isParty(partyId)) return refused('UNKNOWN_PARTY')
    return agent.once(request.data, message, () => {
      if (marketId !== market.marketId) return refused('UNKNOWN_MARKET')
      const point = points.get(measurementPointId) ?? { partyId, quantities: new Map<number, number>() }
      if (point.partyId !== partyId) return refused('NOT_AUTHORIZED')
      const { streamStart, intervalDuration, intervals } = delivered
      const isOnGrid = (streamStart - market.gridStart) % market.intervalSeconds === 0
      if (intervalDuration !== market.intervalSeconds || !isOnGrid) return refused('INTERVAL_OUT_OF_RANGE')
      for (const { streamUid, quantity } of intervals) {
        point.quantities.set(streamStart + streamUid * intervalDuration, quantity)
      }
      points.set(measurementPointId, point)
      pointsOf(partyId).add(point)
      return accepted()
    })
  }

  /** The metered intervals inside the bounding interval, counted from its first whole one. */
  function read(message: unknown, mayReadAll: boolean): Delivered {
    const asked = EiRequestDelivery.safeParse(message)
    if (!asked.success) return refused('MALFORMED')
    const { partyId, measurementPointId, boundingInterval } = asked.data
    if (!mayReadAll && !agent.isParty(partyId)) return refused('UNKNOWN_PARTY')
    const point = points.get(measurementPointId)
    if (!point) return refused('UNKNOWN_MEASUREMENT_POINT')
    if (!mayReadAll && point.partyId !== partyId) return refused('NOT_AUTHORIZED')
    if (boundingInterval.duration / market.intervalSeconds > 1_000_000) return refused('INTERVAL_OUT_OF_RANGE')
    const delivered = wholeIntervals(market, boundingInterval).flatMap((dtStart, streamUid) => {
      const quantity = point.quantities.get(dtStart)
      return quantity === undefined ? [] : [{ streamUid, quantity }]
    })
    return { ...accepted(), delivered }
  }

  /** What a party took at all its points together; undefined while nothing of the interval is reported. */
  function takenBy(partyId: string, dtStart: number): number | undefined {
    const own = [...(byParty.get(partyId) ?? [])].flatMap(({ quantities }) => quantities.get(dtStart) ?? [])
    return own.length === 0 ? undefined : own.reduce((sum, quantity) => sum + quantity, 0)
  }

  return {
    report,
    read,
    takenBy,
    snapshot: (): MeteredSnapshot =>
      [...points].map(([point, { partyId, quantities }]) => [point, partyId, [...quantities]] as const),
  }
}
