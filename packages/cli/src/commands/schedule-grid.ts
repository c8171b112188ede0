import { Quantity, ScheduledDevices, type ScheduleValue, ScheduleView, type SetCal } from '@gridloom/contracts'
import type { Admin } from '@gridloom/devnet'
import { z } from 'zod'
import { openAdmin } from '../admin.ts'
import { parse, required, UsageError } from '../command.ts'
import { writeJson } from '../io.ts'
import { numberIn } from '../number-in.ts'
import { table } from '../table.ts'
import { parseDuration, parseMoment, parseQuantity } from '../units.ts'

export const gridUsage = `gridloom schedule list [DEVICE] [--quantity Q] [--all]
gridloom schedule set DEVICE QUANTITY SLOT --priority 25 --interval 15m --values 3kW,2kW|on,off
        [--start TIME]... [--every hour:30|day:06:15|week:1:07:00|month:31:07:00|year:12:24:07:00]... [--reuse] [--enable]
gridloom schedule enable|disable DEVICE QUANTITY SLOT
gridloom schedule direct DEVICE QUANTITY VALUE --for 15m --priority 50
    the schedules of the running grid's scheduler, as its operator; list leaves out empty ones without --all
    --grid FILE (.gridloom/grid.json), --json`

const common = { grid: { type: 'string' }, json: { type: 'boolean' } } as const

export const gridVerbs: Readonly<Record<string, (argv: readonly string[]) => Promise<number>>> = {
  list,
  set,
  enable: (argv) => request('enable', argv),
  disable: (argv) => request('disable', argv),
  direct,
}

async function list(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, { ...common, quantity: { type: 'string' }, all: { type: 'boolean' } })
  const [wanted] = positionals
  await using admin = openScheduler(values.grid)
  const { devices } = await admin.get('/scheduling/devices', ScheduledDevices)
  const found: ScheduleView[] = []
  for (const { name, quantities } of devices.filter((one) => wanted === undefined || one.name === wanted)) {
    for (const quantity of quantities.filter((one) => values.quantity === undefined || one === values.quantity)) {
      const path = `/scheduling/devices/${name}/${quantity}/schedules`
      found.push(...(await admin.get(path, z.object({ schedules: z.array(ScheduleView) }))).schedules)
    }
  }
  const shown = values.all ? found : found.filter(({ numEntr }) => numEntr > 0)
  if (values.json) for (const each of shown) writeJson(each, true)
  else process.stdout.write(`${shown.length > 0 ? render(shown) : 'no schedules'}\n`)
  return 0
}

const stateNames = ['', 'not ready', 'start time required', 'ready', 'running']

function render(schedules: readonly ScheduleView[]): string {
  return table(
    ['', 'device', 'quantity', 'id', 'prio', 'state', 'entry', 'value', 'next start'],
    schedules.map(({ active, device, quantity, id, prio, state, schdEntr, numEntr, value, nxtStrTm }) => [
      active ? '*' : '',
      device,
      quantity,
      id,
      prio,
      stateNames[state] ?? '',
      `${schdEntr}/${numEntr}`,
      value === null ? '' : String(value),
      nxtStrTm === null ? '' : new Date(nxtStrTm * 1000).toISOString().replace('.000', ''),
    ]),
  )
}

async function set(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, {
    ...common,
    priority: { type: 'string' },
    interval: { type: 'string' },
    values: { type: 'string' },
    start: { type: 'string', multiple: true },
    every: { type: 'string', multiple: true },
    reuse: { type: 'boolean' },
    enable: { type: 'boolean' },
  })
  const path = schedulePath(positionals)
  const entries = required(values.values, 'values').split(',')
  await using admin = openScheduler(values.grid)
  const now = await timeOf(admin)
  const parameters = {
    prio: numberIn('priority', required(values.priority, 'priority'), 11, 1_000_000),
    intervalS: Math.round(parseDuration(required(values.interval, 'interval'))),
    values: entries.map((text) => valueOf(quantityIn(positionals), text)),
    startTimes: (values.start ?? []).map((text) => parseMoment(text, now)),
    calendars: (values.every ?? []).map(calendarOf),
    reuse: values.reuse ?? false,
  }
  const written = await admin.put(path, parameters, ScheduleView)
  const made = values.enable ? await admin.post(`${path}/enable`, {}, ScheduleView) : written
  return tell(made, values.json)
}

async function request(verb: 'enable' | 'disable', argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, common)
  await using admin = openScheduler(values.grid)
  return tell(await admin.post(`${schedulePath(positionals)}/${verb}`, {}, ScheduleView), values.json)
}

async function direct(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, { ...common, for: { type: 'string' }, priority: { type: 'string' } })
  const [device = '', , value = ''] = positionals
  if (positionals.length !== 3) throw new UsageError('DEVICE QUANTITY VALUE, in this order')
  const quantity = quantityIn(positionals)
  const order = {
    value: valueOf(quantity, value),
    seconds: Math.round(parseDuration(required(values.for, 'for'))),
    priority: numberIn('priority', required(values.priority, 'priority'), 11, 1_000_000),
  }
  await using admin = openScheduler(values.grid)
  return tell(await admin.post(`/scheduling/devices/${device}/${quantity}/direct`, order, ScheduleView), values.json)
}

function openScheduler(grid: string | undefined): Admin {
  return openAdmin(grid, 'scheduler', 'url')
}

/** What time it is to the scheduler: a local grid may run faster than the clock on the wall. */
export async function timeOf(admin: Pick<Admin, 'get'>): Promise<number> {
  const { devices } = await admin.get('/scheduling/devices', ScheduledDevices)
  return devices[0]?.outputs[0]?.at ?? Date.now() / 1000
}

function tell(schedule: ScheduleView, isJson = false): number {
  if (isJson) writeJson(schedule, true)
  else process.stdout.write(`${schedule.ref} is ${stateNames[schedule.state]}\n`)
  return 0
}

function schedulePath(positionals: readonly string[]): string {
  const [device = '', , slot = ''] = positionals
  if (positionals.length !== 3) throw new UsageError('DEVICE QUANTITY SLOT, in this order')
  return `/scheduling/devices/${device}/${quantityIn(positionals)}/schedules/${slot}`
}

function quantityIn([, text]: readonly string[]): Quantity {
  const quantity = Quantity.safeParse(text)
  if (quantity.success) return quantity.data
  throw new UsageError(`"${text ?? ''}" is no quantity: ${Quantity.options.join(', ')}`)
}

function valueOf(quantity: Quantity, text: string): ScheduleValue {
  if (quantity !== 'OnOff') return parseQuantity(text, ['W']).value
  if (text === 'on' || text === 'off') return text === 'on'
  throw new UsageError(`"${text}" is neither on nor off`)
}

const periods = {
  hour: { setCal: { occPer: 'Hour' }, members: ['mn'] },
  day: { setCal: { occPer: 'Day' }, members: ['hr', 'mn'] },
  week: { setCal: { occPer: 'Week', occType: 'WeekDay' }, members: ['weekDay', 'hr', 'mn'] },
  month: { setCal: { occPer: 'Month', occType: 'DayOfMonth' }, members: ['day', 'hr', 'mn'] },
  year: { setCal: { occPer: 'Year', occType: 'DayOfMonth' }, members: ['month', 'day', 'hr', 'mn'] },
} as const

/** A cyclic start: hour:MM, day:HH:MM, week:D:HH:MM (1 for Monday), month:D:HH:MM or year:M:D:HH:MM. */
function calendarOf(text: string): Partial<SetCal> & Pick<SetCal, 'occPer'> {
  const [period = '', ...numbers] = text.split(':')
  const known = Object.entries(periods).find(([name]) => name === period)?.[1]
  const isWhole = known?.members.length === numbers.length && numbers.every((one) => /^\d{1,2}$/.test(one))
  if (!known || !isWhole) throw new UsageError(`"${text}" is no cyclic start (hour:30, day:06:15, week:1:07:00)`)
  return { ...known.setCal, ...Object.fromEntries(known.members.map((name, index) => [name, Number(numbers[index])])) }
}
