import { SepError } from '@gridloom/sep2030'
import { cellError, numberIn, type CsvRow } from '../csv.ts'

const day = 86_400

type Point = Readonly<{ at: number; values: readonly (number | undefined)[]; row: CsvRow }>

/** Values that go from point to point through the day, and from its last point to the first of the next. */
export function curveOfDay(
  points: readonly Point[],
  columns: readonly string[],
  file: string,
): (seconds: number) => readonly number[] {
  if (points.length === 0) throw new SepError('invalid', `${file} has no rows`)
  const times = points.map(({ at }) => at)
  for (const [index, { at, row }] of points.entries()) {
    if (index > 0 && at <= (times[index - 1] ?? 0)) throw cellError(row, 'time', 'is not after the row above')
  }
  const curves = columns.map((column, index) => points.map(({ values, row }) => present(values[index], row, column)))
  return (seconds) => {
    const second = ((seconds % day) + day) % day
    const after = times.findIndex((time) => time > second)
    const right = after < 0 ? 0 : after
    const left = (right + times.length - 1) % times.length
    const [from, to] = [times[left] ?? 0, times[right] ?? 0]
    const span = (to - from + day) % day || day
    const share = ((second - from + day) % day) / span
    return curves.map((curve) => (curve[left] ?? 0) + share * ((curve[right] ?? 0) - (curve[left] ?? 0)))
  }
}

/** Seconds of the day from `HH:MM`, `HH:MM:SS` or a number of seconds. */
export function timeOfDay(row: CsvRow): number {
  const cell = row.cells.get('time')
  if (cell === undefined) throw cellError(row, 'time', 'is blank')
  const [, hours, minutes, seconds = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(cell) ?? []
  const time = hours === undefined ? (numberIn(row, 'time', { least: 0 }) ?? 0) : clock(hours, minutes ?? '0', seconds)
  if (time >= day || Number(minutes ?? 0) > 59 || Number(seconds) > 59)
    throw cellError(row, 'time', 'is no time of day')
  return time
}

function clock(hours: string, minutes: string, seconds: string): number {
  return 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds)
}

function present(value: number | undefined, row: CsvRow, column: string): number {
  if (value === undefined) throw cellError(row, column, 'is blank')
  return value
}
