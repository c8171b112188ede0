import { existsSync, writeFileSync } from 'node:fs'
import { ScheduledDevices, ScheduleForecast } from '@gridloom/contracts'
import { evaluateSchedules } from '@gridloom/scheduler'
import { z } from 'zod'
import { openAdmin } from '../admin.ts'
import { type Course, drawScheduleDay, printScheduleDay } from '../chart/schedule-day.ts'
import { parse, UsageError } from '../command.ts'
import { readJson, writeJson } from '../io.ts'
import { parseDuration, parseMoment } from '../units.ts'
import { timeOf } from './schedule-grid.ts'

export const showUsage = `gridloom schedule show [DEVICE | FILE] [--quantity ActPow|MaxPow|OnOff] [--from TIME] [--for 24h] [--svg FILE] [--json]
    draws how outputs go on, by default for 24 hours from now: those of the running grid's scheduler, or those of a scenario
    in the format of a scheduling vector over its own window`

/** Draws a day in the terminal, and as SVG. */
export async function show(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, {
    grid: { type: 'string' },
    json: { type: 'boolean' },
    quantity: { type: 'string' },
    from: { type: 'string' },
    for: { type: 'string' },
    svg: { type: 'string' },
  })
  const [what, extra] = positionals
  if (extra !== undefined) throw new UsageError(`one DEVICE or FILE is enough, found also "${extra}"`)
  const isFile = what !== undefined && existsSync(what)
  const courses = isFile ? [scenarioCourse(what)] : await gridCourses(what, values)
  if (values.svg !== undefined) writeFileSync(values.svg, drawScheduleDay('Schedules', courses))
  if (values.json) writeJson(courses, true)
  else process.stdout.write(`${courses.map(printScheduleDay).join('\n\n')}\n`)
  return 0
}

const instant = z.iso.datetime().transform((text) => Date.parse(text) / 1000)
const Scenario = z.object({ given: z.object({ window: z.object({ from: instant, to: instant }) }) })
const Outcome = z.object({
  expect: z.object({
    forecast: z.array(z.object({ at: instant, value: z.union([z.number(), z.boolean(), z.null()]) })),
  }),
})

function scenarioCourse(file: string): Course {
  const json = readJson(file)
  const outcome = Outcome.safeParse(evaluateSchedules(json))
  if (!outcome.success) throw new Error(`${file} has no schedules over a window to draw`)
  const { window } = Scenario.parse(json).given
  return { title: file, ...window, changes: outcome.data.expect.forecast }
}

type Wanted = Readonly<Partial<Record<'grid' | 'quantity' | 'from' | 'for', string>>>

async function gridCourses(device: string | undefined, wanted: Wanted): Promise<readonly Course[]> {
  await using admin = openAdmin(wanted.grid, 'scheduler', 'url')
  const { devices } = await admin.get('/scheduling/devices', ScheduledDevices)
  const shown = devices.filter(({ name }) => device === undefined || name === device)
  if (shown.length === 0) throw new Error(`the scheduler has no device "${device}"`)
  const places = shown.flatMap(({ name, quantities }) =>
    quantities.filter((one) => wanted.quantity === undefined || one === wanted.quantity).map((one) => ({ name, one })),
  )
  const span = await spanOf(admin, wanted)
  const courses: Course[] = []
  for (const { name, one } of places) {
    const forecast = await admin.get(`/scheduling/devices/${name}/${one}/forecast${span}`, ScheduleForecast)
    courses.push({ title: `${name} ${one}`, from: forecast.from, to: forecast.to, changes: forecast.changes })
  }
  return courses
}

/** The query of a forecast: without one it is that of the next 24 hours. */
async function spanOf(admin: Parameters<typeof timeOf>[0], wanted: Wanted): Promise<string> {
  if (wanted.from === undefined && wanted.for === undefined) return ''
  const from = parseMoment(wanted.from ?? 'now', await timeOf(admin))
  return `?from=${from}&to=${from + Math.round(parseDuration(wanted.for ?? '24h'))}`
}
