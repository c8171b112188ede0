import type { ScheduleOutput } from '@gridloom/contracts'
import { forecastOf, type History } from './history.ts'

/** Energy that a DER has sold or bought, as the mean power it comes to; W, export positive. */
export type Position = Readonly<{ start: number; seconds: number; W: number }>

/** What decides over a quantity of a DER that a scheduling service drives. */
export type RunningSchedule = Pick<ScheduleOutput, 'quantity' | 'value' | 'source' | 'priority'>

/** What a DER is bound to by others than the grid operator. */
export type Commitments = Readonly<{
  positions?: readonly Position[] | undefined
  schedules?: readonly RunningSchedule[] | undefined
  /** Set points to come, each until the next; null: none. */
  plan?: readonly Readonly<{ at: number; W: number | null }>[] | undefined
}>

/** What a DER is bound to do at a moment, by its schedules or the market; undefined where it is free. W */
export function committedW({ plan = [], positions = [] }: Commitments, time: number): number | undefined {
  const scheduled = plan.findLast(({ at }) => at <= time)?.W
  if (scheduled !== undefined && scheduled !== null) return scheduled
  return positions.find(({ start, seconds }) => start <= time && time < start + seconds)?.W
}

/** What a DER will do if nobody asks: its schedules, else what it sold or bought for later, else what it did of itself. */
export function expectedOf(
  known: Commitments & Readonly<{ history: History }>,
  presentSeconds: number,
): (time: number) => number {
  const { history, plan, positions = [] } = known
  const natural = forecastOf(history, presentSeconds)
  const newest = history.recent.at(-1)
  const metered = newest ? newest.start + newest.seconds : -Infinity
  // what runs now shows in its meter
  const later = positions.filter(({ start }) => start >= metered)
  return (time) => committedW({ plan, positions: later }, time) ?? natural(time)
}

/** A schedule that no control of this primacy can move: it holds the power, or has the device disconnected. */
export function strongerSchedule({ schedules = [] }: Commitments, primacy: number): RunningSchedule | undefined {
  return schedules.find(
    ({ quantity, value, priority }) =>
      (quantity === 'ActPow' || (quantity === 'OnOff' && value === false)) && (priority ?? 0) > priorityOf(primacy),
  )
}

/** The most that schedules let a DER deliver, or a load draw. */
export function scheduledLimitW({ schedules = [] }: Commitments): number {
  const limit = schedules.find(({ quantity }) => quantity === 'MaxPow')?.value
  return typeof limit === 'number' ? Math.max(limit, 0) : Infinity
}

/** The priority that a scheduling service gives to an IEEE 2030.5 event (scheduling.md §6). */
function priorityOf(primacy: number): number {
  return 1000 - primacy
}
