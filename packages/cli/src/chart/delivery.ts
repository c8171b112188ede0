import type { DeliveryInterval } from '@gridloom/contracts'

const height = 11
const mostColumns = 72
const labelWidth = '-100.00 kW'.length

/** Draws delivered against asked for a terminal, in kW: actual, baseline and the bounds of what was asked. */
export function drawDelivery(intervals: readonly DeliveryInterval[]): string {
  const shown = intervals.slice(-mostColumns)
  const values = shown.flatMap(({ lowW, highW, baselineW, actualW }) =>
    [lowW, highW, baselineW, actualW].filter((value) => value !== null),
  )
  const low = Math.min(...values, 0)
  const high = Math.max(...values, 0)
  const rowOf = (watts: number): number =>
    high === low ? 0 : Math.round(((high - watts) / (high - low)) * (height - 1))
  const width = shown.length > mostColumns / 3 ? 1 : 3
  const rows = Array.from({ length: height }, (_, row) => {
    const cells = shown.map((interval) => cellOf(interval, row, rowOf).repeat(width)).join('')
    return `${labelOf(row, { low, high })} ┤${cells}`
  })
  return [...rows, `${' '.repeat(labelWidth + 1)}█ actual  · baseline  ─ asked`].join('\n')
}

/** What was asked lies above what was there, and that above the baseline. */
function cellOf(
  { lowW, highW, baselineW, actualW }: DeliveryInterval,
  row: number,
  rowOf: (watts: number) => number,
): string {
  if (actualW !== null && rowOf(actualW) === row) return '█'
  if ((lowW !== null && rowOf(lowW) === row) || (highW !== null && rowOf(highW) === row)) return '─'
  return rowOf(baselineW) === row ? '·' : ' '
}

function labelOf(row: number, { low, high }: Readonly<{ low: number; high: number }>): string {
  const isMarked = row === 0 || row === height - 1 || row === (height - 1) / 2
  if (!isMarked) return ' '.repeat(labelWidth)
  const watts = high - ((high - low) * row) / (height - 1)
  return `${(watts / 1000).toFixed(2)} kW`.padStart(labelWidth)
}
