import { DeviceEvent, DeviceEvents } from '@gridloom/contracts'
import { openAdmin } from '../admin.ts'
import { parse, required, single, UsageError, type Command } from '../command.ts'
import { writeJson } from '../io.ts'
import { table } from '../table.ts'

const usage = `gridloom event list
gridloom event opt-out MRID --device NAME
gridloom event opt-in MRID --device NAME
    the events as the devices plan them, and the choice of the person behind a device
    --grid FILE (.gridloom/grid.json), --json`

const common = { grid: { type: 'string' }, json: { type: 'boolean' } } as const

export const event: Command = {
  summary: 'show the events of the devices; opt out of one, or in again',
  usage,
  run: async ([verb = '', ...argv]) => {
    if (verb === 'list') return list(argv)
    if (verb === 'opt-out' || verb === 'opt-in') return choose(verb, argv)
    throw new UsageError(`event does not know "${verb}"`)
  },
}

async function list(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, common)
  await using admin = openAdmin(values.grid, 'dcm', 'url')
  const { events } = await admin.get('/events', DeviceEvents)
  if (values.json) for (const each of events) writeJson(each, true)
  else process.stdout.write(`${events.length > 0 ? render(events) : 'no events'}\n`)
  return 0
}

function render(events: readonly DeviceEvent[]): string {
  return table(
    ['device', 'mRID', 'state', 'start', 'end', 'control'],
    events.map(({ device, mRID, state, start, end, controls }) => [
      device,
      mRID,
      state,
      new Date(start * 1000).toISOString(),
      new Date(end * 1000).toISOString(),
      JSON.stringify(controls),
    ]),
  )
}

async function choose(choice: 'opt-out' | 'opt-in', argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, { ...common, device: { type: 'string' } })
  const mRID = single(positionals, 'MRID')
  const order = { device: required(values.device, 'device') }
  await using admin = openAdmin(values.grid, 'dcm', 'url')
  const chosen = await admin.post(`/events/${encodeURIComponent(mRID)}/${choice}`, order, DeviceEvent)
  if (values.json) writeJson(chosen, true)
  else process.stdout.write(`${chosen.device}: ${choice} of ${chosen.mRID} taken\n`)
  return 0
}
