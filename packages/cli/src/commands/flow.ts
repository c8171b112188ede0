import { FlowReservation, FlowReservations } from '@gridloom/contracts'
import { z } from 'zod'
import { openAdmin } from '../admin.ts'
import { parse, required, single, UsageError, type Command } from '../command.ts'
import { writeJson } from '../io.ts'
import { table } from '../table.ts'
import { parseDuration, parseQuantity } from '../units.ts'

const usage = `gridloom flow request --device NAME --energy 5kWh --power 2.5kW --window 2h
gridloom flow list
gridloom flow withdraw MRID
    asks for a charge (energy above zero) or discharge (below) as the person behind the device would
    --grid FILE (.gridloom/grid.json), --json`

const common = { grid: { type: 'string' }, json: { type: 'boolean' } } as const
const verbs: Readonly<Record<string, (argv: readonly string[]) => Promise<number>>> = { request, list, withdraw }

export const flow: Command = {
  summary: 'reserve a flow of energy for a device of the running grid',
  usage,
  run: async ([verb = '', ...argv]) => {
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (!run) throw new UsageError(`flow does not know "${verb}"`)
    return run(argv)
  },
}

async function request(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, {
    ...common,
    device: { type: 'string' },
    energy: { type: 'string' },
    power: { type: 'string' },
    window: { type: 'string' },
  })
  const order = {
    device: required(values.device, 'device'),
    energyWh: parseQuantity(required(values.energy, 'energy'), ['Wh']).value,
    powerW: parseQuantity(required(values.power, 'power'), ['W']).value,
    windowSeconds: Math.round(parseDuration(required(values.window, 'window'))),
  }
  await using admin = openAdmin(values.grid, 'dcm', 'url')
  const made = await admin.post('/flow-reservations', order, FlowReservation)
  if (values.json) writeJson(made, true)
  else process.stdout.write(`${made.mRID} ${made.state} for ${made.device}\n`)
  return 0
}

async function list(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, common)
  await using admin = openAdmin(values.grid, 'dcm', 'url')
  const { reservations } = await admin.get('/flow-reservations', FlowReservations)
  if (values.json) for (const each of reservations) writeJson(each, true)
  else process.stdout.write(`${reservations.length > 0 ? render(reservations) : 'no reservations'}\n`)
  return 0
}

function render(reservations: readonly FlowReservation[]): string {
  return table(
    ['request', 'device', 'state', 'Wh', 'W', 'grants'],
    reservations.map(({ mRID, device, state, energyWh, powerW, grants }) => [
      mRID,
      device,
      state,
      energyWh,
      powerW,
      grants.map(grantText).join('; '),
    ]),
  )
}

function grantText(grant: FlowReservation['grants'][number]): string {
  const start = new Date(grant.start * 1000).toISOString().replace('.000', '')
  return `${grant.state} ${grant.energyWh} Wh at ${grant.powerW} W from ${start} for ${grant.durationSeconds} s`
}

async function withdraw(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, common)
  const mRID = single(positionals, 'MRID')
  await using admin = openAdmin(values.grid, 'dcm', 'url')
  await admin.delete(`/flow-reservations/${encodeURIComponent(mRID)}`, z.unknown())
  process.stderr.write(`${mRID} is being withdrawn\n`)
  return 0
}
