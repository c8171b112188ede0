import { SepError } from './errors.ts'

/** A TimeType (or any other Int64) as a number to reckon with. */
export function seconds(time: number | bigint): number {
  const value = Number(time)
  if (!Number.isSafeInteger(value)) throw new SepError('invalid', `not a time to reckon with: "${time}"`)
  return value
}

type Interval = Readonly<{ start: number | bigint; duration: number }>

/** The second in which an interval is over: its end is exclusive. */
export function endOf({ start, duration }: Interval): number {
  return seconds(start) + duration
}

/** The offset to UTC in force at a time, after the fields of the Time resource. */
export function offsetAt(
  time: number,
  zone: Readonly<{
    tzOffset: number
    dstOffset: number
    dstStartTime: number | bigint
    dstEndTime: number | bigint
  }>,
): number {
  const summer = seconds(zone.dstStartTime) <= time && time < seconds(zone.dstEndTime)
  return zone.tzOffset + (summer ? zone.dstOffset : 0)
}
