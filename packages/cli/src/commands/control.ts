import { Control, pageOf, type NewControlInput } from '@gridloom/contracts'
import { openAdmin } from '../admin.ts'
import { parse, required, single, UsageError, type Command } from '../command.ts'
import { parseModes } from '../control-mode.ts'
import { writeJson } from '../io.ts'
import { table } from '../table.ts'
import { parseDuration, parseMoment } from '../units.ts'

const usage = `gridloom control create (--program NAME | --group NAME | --device LFDI) --mode NAME=VALUE... --duration 60s
                        [--start now|+10s|TIME] [--randomize-start 5s] [--randomize-duration 5s] [--description TEXT]
                        [--response-required 03]  bits: 1 receipt, 2 course of the event, 4 choices of the user
gridloom control list [--program NAME] [--status STATUS] [--responses]
gridloom control cancel MRID [--randomize] [--reason TEXT]
    values carry units: opModMaxLimW=50%, opModTargetW=-2kW, opModTargetVar=500var, opModConnect=false, rampTms=10s
    --grid FILE (.gridloom/grid.json), --json`

const common = { grid: { type: 'string' }, json: { type: 'boolean' } } as const
const verbs: Readonly<Record<string, (argv: readonly string[]) => Promise<number>>> = { create, list, cancel }

export const control: Command = {
  summary: 'create, list and cancel DER controls on the running grid',
  usage,
  run: async ([verb = '', ...argv]) => {
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (!run) throw new UsageError(`control does not know "${verb}"`)
    return run(argv)
  },
}

async function create(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, {
    ...common,
    program: { type: 'string' },
    group: { type: 'string' },
    device: { type: 'string' },
    mode: { type: 'string', multiple: true },
    start: { type: 'string', default: 'now' },
    duration: { type: 'string' },
    'randomize-start': { type: 'string' },
    'randomize-duration': { type: 'string' },
    description: { type: 'string' },
    'response-required': { type: 'string' },
  })
  const { program, group, device, description } = values
  if ([program, group, device].filter(Boolean).length !== 1)
    throw new UsageError('name one of --program, --group and --device')
  if (!values.mode) throw new UsageError('--mode is missing')
  const order: NewControlInput = {
    ...(program && { program }),
    ...(group && { group }),
    ...(device && { device }),
    ...(description && { description }),
    ...(values['response-required'] && { responseRequired: values['response-required'] }),
    controls: parseModes(values.mode),
    ...startOf(values.start),
    duration: Math.round(parseDuration(required(values.duration, 'duration'))),
    ...signed('randomizeStart', values['randomize-start']),
    ...signed('randomizeDuration', values['randomize-duration']),
  }
  await using admin = openAdmin(values.grid)
  const made = await admin.post('/controls', order, Control)
  if (values.json) writeJson(made, true)
  else
    process.stdout.write(`${made.mRID} ${made.status}, ${made.summary.devices} devices, starts ${moment(made.start)}\n`)
  return 0
}

/** A start relative to now counts on the server's clock, which need not be ours. */
function startOf(text: string): Pick<NewControlInput, 'start' | 'delay'> {
  if (text.startsWith('+')) return { start: 'now', delay: Math.round(parseDuration(text.slice(1))) }
  return { start: text === 'now' ? 'now' : parseMoment(text, Date.now() / 1000) }
}

function signed<Key extends string>(key: Key, text: string | undefined): Partial<Record<Key, number>> {
  if (text === undefined) return {}
  const seconds = text.startsWith('-') ? -parseDuration(text.slice(1)) : parseDuration(text)
  return { [key]: Math.round(seconds) } as Record<Key, number>
}

async function list(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, {
    ...common,
    program: { type: 'string' },
    status: { type: 'string' },
    responses: { type: 'boolean' },
  })
  const query = new URLSearchParams({ limit: '1000', responses: String(values.responses ?? false) })
  if (values.program) query.set('program', values.program)
  if (values.status) query.set('status', values.status)
  await using admin = openAdmin(values.grid)
  const { items } = await admin.get(`/controls?${query}`, pageOf(Control))
  if (values.json) for (const item of items) writeJson(item, true)
  else process.stdout.write(`${items.length > 0 ? render(items) : 'no controls'}\n`)
  return 0
}

function render(items: readonly Control[]): string {
  const rows = items.flatMap((item) => [
    [
      item.mRID,
      item.program.description ?? item.program.id,
      modesOf(item),
      item.status,
      moment(item.start),
      `${item.duration}s`,
      countsOf(item),
    ],
    ...(item.responses ?? []).map(({ lfdi, statuses }) => [
      `  ${lfdi.slice(0, 12)}…`,
      '',
      '',
      statuses.map(({ name }) => name).join(' → '),
      '',
      '',
      '',
    ]),
  ])
  return table(['mRID', 'program', 'control', 'status', 'start', 'for', 'responses'], rows)
}

function modesOf({ controls }: Control): string {
  return Object.entries(controls)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' ')
}

function countsOf({ summary: { devices, counts } }: Control): string {
  const parts = Object.entries(counts).map(([name, count]) => `${name} ${count}/${devices}`)
  return parts.length > 0 ? parts.join(', ') : `0/${devices}`
}

async function cancel(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, {
    ...common,
    randomize: { type: 'boolean' },
    reason: { type: 'string' },
  })
  const mRID = single(positionals, 'MRID')
  await using admin = openAdmin(values.grid)
  const order = { randomize: values.randomize ?? false, ...(values.reason && { reason: values.reason }) }
  const cancelled = await admin.post(`/controls/${encodeURIComponent(mRID)}/cancel`, order, Control)
  if (values.json) writeJson(cancelled, true)
  else process.stdout.write(`${cancelled.mRID} ${cancelled.status}\n`)
  return 0
}

function moment(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000', '')
}
