import { Delivery, KnownFleet, pageOf, Service, Settlement, type ServiceRequestInput } from '@gridloom/contracts'
import { openAdmin } from '../admin.ts'
import { parse, required, single, UsageError, type Command } from '../command.ts'
import { writeJson } from '../io.ts'
import { renderKnownFleet } from '../known-fleet-view.ts'
import { readText } from '../read-text.ts'
import { requestKinds, requestOf } from '../service-request.ts'
import { describeService, renderService, renderServices } from '../service-view.ts'
import { renderSettlement } from '../settlement-view.ts'
import { parseDuration, parseQuantity } from '../units.ts'

const usage = `gridloom service request --kind KIND --where PLACE --for 15m [--from now|+10s|TIME] [--name TEXT] [--price 0.2]
                         [--fairness price|equal|rotation] [--delivered 95%] …
    limit               --import 3kW and/or --export 2kW [--other -1kW]
    target              --target -2kW [--other -1kW]
    profile             --target 2kW,1kW,-1kW --step 5m
    envelope            --import 3kW and/or --export 2kW: a bound of its own for each device
    reserve             --reserve 5kW [--down] [--call-for 5m] [--response 60s] [--hold-price 0.02] (per kW and hour)
    regulation          --regulation 2kW [--hold 60s]
    frequency-response  [--over 500W] [--under 500W] (per Hz) [--dead-band 0.036Hz]
    voltage             --var 1kvar, or --band 97%,103% [--strength 100%]
    black-start         --groups feeder-1,feeder-2 --available 5kW [--cold-load 2] [--cold-load-for 15m] [--step 30s]
    --standing of an envelope, a frequency-response or a band: as default control of the group, also while DERMS and server are away
    PLACE is a group (a feeder, a transformer), a connection point, or the name or LFDI of a device of the running grid
gridloom service list [--status STATUS]
gridloom service show ID                   what was asked, who does what, and delivered against asked, drawn
gridloom service call ID [--watts 3kW] [--for 2m]
gridloom service signal ID --signal 0.5 | --available 8kW
gridloom service cancel ID
gridloom service settlement ID [--csv]
gridloom service fleet                     what is known of each device
    --grid FILE (.gridloom/grid.json), --json`

const common = { grid: { type: 'string' }, json: { type: 'boolean' } } as const
const verbs: Readonly<Record<string, (argv: readonly string[]) => Promise<number>>> = {
  request,
  list,
  show,
  call,
  signal,
  cancel,
  settlement,
  fleet,
}

export const service: Command = {
  summary: 'ask the running grid for services: limits, targets, reserves, regulation, voltage, black start',
  usage,
  run: async ([verb = '', ...argv]) => {
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (!run) throw new UsageError(`service does not know "${verb}"`)
    return run(argv)
  },
}

const open = (grid?: string) => openAdmin(grid, 'derms', 'url')

async function request(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, { ...common, ...requestKinds })
  const order: ServiceRequestInput = requestOf(values)
  await using derms = open(values.grid)
  const made = await derms.post('/services', order, Service)
  if (values.json) writeJson(made, true)
  else process.stdout.write(`${describeService(made)}\n${made.warning ? `  warning: ${made.warning}\n` : ''}`)
  return made.status === 'refused' ? 1 : 0
}

async function list(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, { ...common, status: { type: 'string' } })
  const query = new URLSearchParams({ limit: '1000', ...(values.status && { status: values.status }) })
  await using derms = open(values.grid)
  const { items } = await derms.get(`/services?${query}`, pageOf(Service))
  if (values.json) for (const item of items) writeJson(item, true)
  else process.stdout.write(`${items.length > 0 ? renderServices(items) : 'no services'}\n`)
  return 0
}

async function show(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, common)
  const path = pathOf(positionals)
  await using derms = open(values.grid)
  const shown = await derms.get(path, Service)
  const delivery = await derms.get(`${path}/delivery`, Delivery)
  if (values.json) writeJson({ ...shown, delivery }, true)
  else process.stdout.write(`${renderService(shown, delivery)}\n`)
  return 0
}

async function call(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, { ...common, watts: { type: 'string' }, for: { type: 'string' } })
  return act(positionals, values, 'call', {
    ...(values.watts && { watts: parseQuantity(values.watts, ['W']).value }),
    ...(values.for && { seconds: Math.round(parseDuration(values.for)) }),
  })
}

async function signal(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, { ...common, signal: { type: 'string' }, available: { type: 'string' } })
  if (values.available) {
    return act(positionals, values, 'signal', { availableW: parseQuantity(values.available, ['W']).value })
  }
  const level = Number(required(values.signal, 'signal'))
  if (!(Math.abs(level) <= 1)) throw new UsageError(`--signal "${values.signal}" is not between -1 and 1`)
  return act(positionals, values, 'signal', { signal: level })
}

async function cancel(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, common)
  return act(positionals, values, 'cancel', {})
}

type Values = Readonly<{ grid?: string | undefined; json?: boolean | undefined }>

async function act(
  positionals: readonly string[],
  { grid, json }: Values,
  verb: string,
  body: object,
): Promise<number> {
  await using derms = open(grid)
  const after = await derms.post(`${pathOf(positionals)}/${verb}`, body, Service)
  if (json) writeJson(after, true)
  else process.stdout.write(`${describeService(after)}\n`)
  return 0
}

async function settlement(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, { ...common, csv: { type: 'boolean' } })
  const path = `${pathOf(positionals)}/settlement`
  if (values.csv) {
    process.stdout.write(await readText(`${path}.csv`, 'derms', values.grid))
    return 0
  }
  await using derms = open(values.grid)
  const statement = await derms.get(path, Settlement)
  if (values.json) writeJson(statement, true)
  else process.stdout.write(`${renderSettlement(statement)}\n`)
  return 0
}

async function fleet(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, common)
  await using derms = open(values.grid)
  const known = await derms.get('/fleet', KnownFleet)
  if (values.json) writeJson(known, true)
  else
    process.stdout.write(
      `${known.ders.length > 0 ? renderKnownFleet(known.ders) : 'no device has told what it can do'}\n`,
    )
  return 0
}

function pathOf(positionals: readonly string[]): string {
  return `/services/${encodeURIComponent(single(positionals, 'ID'))}`
}
