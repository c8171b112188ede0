import type { CommittedInterval, CommittedSchedule, MarketReference } from '@gridloom/contracts'
import { wattsOf } from './set-point.ts'
import { gateOf } from './wish.ts'

export type ScheduleInputs = Readonly<{
  reference: MarketReference
  partyId: string
  now: number
  span: Readonly<{ from: number; to: number }>
  positionOf: (dtStart: number) => number
  /** Wh, by start. */
  needOf: ReadonlyMap<number, number>
  /** Units of the market, by start. */
  deliveredOf: ReadonlyMap<number, number>
  /** mRIDs by start. */
  orders: ReadonlyMap<number, string>
}>

// A longer schedule is asked for in parts.
const longest = 2000

/** What is committed for the whole intervals of a span, and what came of it. */
export function committedSchedule(inputs: ScheduleInputs): CommittedSchedule {
  const { reference, partyId, span } = inputs
  const { gridStart, intervalSeconds, marketId } = reference
  const first = gridStart + Math.ceil((span.from - gridStart) / intervalSeconds) * intervalSeconds
  const count = Math.min(longest, Math.max(0, Math.floor((span.to - first) / intervalSeconds)))
  const intervals = Array.from({ length: count }, (_, index) => intervalOf(first + index * intervalSeconds, inputs))
  return { partyId, marketId, intervals }
}

function intervalOf(start: number, inputs: ScheduleInputs): CommittedInterval {
  const { reference, now, positionOf, needOf, deliveredOf, orders } = inputs
  const { intervalSeconds: durationSeconds, quantityScale } = reference
  const unit = 10 ** quantityScale
  const position = positionOf(start)
  const delivered = deliveredOf.get(start)
  const [needWh, order] = [needOf.get(start), orders.get(start)]
  const isFinal = now >= gateOf(reference, start)
  return {
    start,
    durationSeconds,
    state: now >= start + durationSeconds ? 'over' : isFinal ? 'final' : 'open',
    ...(needWh !== undefined && { needWh }),
    positionWh: position * unit,
    watts: wattsOf(position, reference),
    ...(delivered !== undefined && { deliveredWh: delivered * unit, imbalanceWh: (delivered - position) * unit }),
    ...(order !== undefined && { order }),
  }
}
