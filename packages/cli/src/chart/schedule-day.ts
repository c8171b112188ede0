import { createPanel, type Panel } from './panel.ts'
import { label, svgDocument, type Point } from './svg.ts'

/** How an output goes on from `from` to `to`, in seconds since 1970: from each change on it is its value, null for none. */
export type Course = Readonly<{
  title: string
  from: number
  to: number
  changes: readonly Readonly<{ at: number; value: number | boolean | null }>[]
}>

const [width, left, inner, panelHeight, gap] = [960, 80, 850, 120, 60]
const colour = '#1f6fb2'

/** A picture of courses, one under the other. */
export function drawScheduleDay(title: string, courses: readonly Course[]): string {
  const height = 90 + courses.length * (panelHeight + gap)
  return svgDocument(
    width,
    height,
    title,
    label(title, left, 34, { 'font-size': 19, 'font-weight': 'bold' }),
    ...courses.map((course, index) => drawCourse(course, 80 + index * (panelHeight + gap))),
  )
}

function drawCourse(course: Course, top: number): string {
  const { from, to } = course
  const [low, high] = rangeOf(course)
  const panel = createPanel({
    frame: { left, top, width: inner, height: panelHeight },
    title: course.title,
    x: { range: [from, to], ticks: ticksOf(from, to), write: hourText },
    y: {
      range: [low, high],
      ticks: isOnOff(course) ? [0, 1] : [low, 0, high].filter(isFirst),
      write: writerOf(course),
    },
  })
  return (
    panel.axes +
    stretchesOf(course)
      .map((points) => drawStretch(panel, points))
      .join('')
  )
}

function drawStretch(panel: Panel, points: readonly Point[]): string {
  const ground = points.map(([at]): Point => [at, 0])
  return panel.area(ground, points, colour) + panel.line(points, colour)
}

/** Steps as lines; where there is no value there is no line. */
function stretchesOf(course: Course): readonly (readonly Point[])[] {
  const stretches: Point[][] = []
  let open: Point[] | undefined
  for (const { from, to, value } of stepsOf(course)) {
    if (value === null) {
      open = undefined
      continue
    }
    if (!open) stretches.push((open = []))
    open.push([from, Number(value)], [to, Number(value)])
  }
  return stretches
}

const columns = 96
const rows = 8
const eighths = ' ▁▂▃▄▅▆▇█'

/** The same for a terminal: each column is the value at the beginning of its time. */
export function printScheduleDay(course: Course): string {
  const { from, to, title } = course
  const values = Array.from({ length: columns }, (_, column) =>
    valueAt(course, from + ((to - from) * column) / columns),
  )
  const body = isOnOff(course) ? [onOffLine(values)] : powerLines(values, rangeOf(course))
  return [title, ...body, axisLine(from, to)].join('\n')
}

type Value = Course['changes'][number]['value']

function onOffLine(values: readonly Value[]): string {
  return margin('on') + values.map((value) => (value === null ? ' ' : value === true ? '█' : '·')).join('')
}

function powerLines(values: readonly Value[], [low, high]: readonly [number, number]): readonly string[] {
  const step = (high - low) / rows
  return Array.from({ length: rows }, (_, row) => {
    const bottom = high - (row + 1) * step
    const cells = values.map((value) => (typeof value === 'number' ? cell(value, bottom, step) : ' '))
    const text = row === 0 ? `${high}` : row === rows - 1 ? `${low}` : ''
    return margin(text) + cells.join('')
  })
}

/** How much of a cell is between zero and the value. */
function cell(value: number, bottom: number, step: number): string {
  if (value >= 0) {
    const filled = bottom < -step / 2 ? 0 : Math.min(1, Math.max(0, (value - bottom) / step))
    return eighths[Math.round(filled * 8)] ?? ' '
  }
  // a terminal has no blocks that hang: a cell is full or empty
  return bottom + step / 2 < 0 && bottom + step / 2 > value ? '█' : ' '
}

function axisLine(from: number, to: number): string {
  const marks = ticksOf(from, to).filter((tick) => tick < to)
  let line = margin('')
  for (const mark of marks) {
    const column = margin('').length + Math.round(((mark - from) / (to - from)) * columns)
    line = `${line.padEnd(column)}${hourText(mark)}`
  }
  return line
}

function margin(text: string): string {
  return `${text.padStart(8)} `
}

function isOnOff({ changes }: Course): boolean {
  return changes.some(({ value }) => typeof value === 'boolean')
}

function rangeOf(course: Course): readonly [number, number] {
  if (isOnOff(course)) return [0, 1]
  const values = course.changes.flatMap(({ value }) => (typeof value === 'number' ? [value] : []))
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  return low === high ? [0, 1] : [low, high]
}

function writerOf(course: Course): (value: number) => string {
  return isOnOff(course) ? (value) => (value === 1 ? 'on' : 'off') : (value) => `${Math.round(value)} W`
}

function stepsOf({ changes, to }: Course) {
  return changes.map(({ at, value }, index) => ({ from: at, to: changes[index + 1]?.at ?? to, value }))
}

function valueAt({ changes }: Course, at: number): Value {
  return changes.findLast((change) => change.at <= at)?.value ?? null
}

function ticksOf(from: number, to: number): readonly number[] {
  const step =
    [60, 300, 900, 3600, 10_800, 43_200, 86_400].find((seconds) => (to - from) / seconds <= 9) ?? (to - from) / 8
  const first = Math.ceil(from / step) * step
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step)
}

function hourText(at: number): string {
  return new Date(at * 1000).toISOString().slice(11, 16)
}

function isFirst(value: number, index: number, all: readonly number[]): boolean {
  return all.indexOf(value) === index
}
