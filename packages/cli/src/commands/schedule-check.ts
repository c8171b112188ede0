import { readFileSync } from 'node:fs'
import { type PlantController, type PlantReading, readPlant } from '@gridloom/scheduler'
import { parse, single } from '../command.ts'
import { writeJson } from '../io.ts'
import { table } from '../table.ts'

export const checkUsage = `gridloom schedule check FILE.cid [--ied NAME] [--json]
    reads schedules and their controllers from an IEC 61850 SCL file, and prints what it found and what is wrong with it.
    Exit code 1 when the scheduler would not start with it`

/** What an SCL file describes, and what is wrong with it. */
export function check(argv: readonly string[]): number {
  const { values, positionals } = parse(argv, { ied: { type: 'string' }, json: { type: 'boolean' } })
  const reading = readPlant(readFileSync(single(positionals, 'FILE'), 'utf8'), { ied: values.ied })
  if (values.json) writeJson(reading, true)
  else process.stdout.write(`${render(reading)}\n`)
  return reading.findings.some(({ severity }) => severity === 'error') ? 1 : 0
}

function render({ plant, findings }: PlantReading): string {
  const found = findings.map(({ severity, path, message }) => `${severity}: ${path}: ${message}`)
  if (!plant) return found.join('\n')
  const rows = plant.devices.flatMap(({ name, controllers }) => controllers.map((one) => rowOf(name, one)))
  const heads = ['logical device', 'quantity', 'target', 'schedules', 'entries', 'starts', 'reserve']
  const address = plant.address === undefined ? '' : ` at ${plant.address}`
  return [`IED ${plant.ied}${address}`, table(heads, rows), ...found].join('\n')
}

function rowOf(device: string, { quantity, target, schedules }: PlantController): readonly (string | number)[] {
  const ordinary = schedules.filter(({ id }) => id !== 'reserve')
  const [first] = ordinary
  const reserve = schedules.find(({ id }) => id === 'reserve')?.initial
  const starts = [
    ...(first?.slot.startTimes ? [`${first.slot.startTimes} single`] : []),
    ...(ordinary.some(({ slot }) => (slot.calendars ?? 0) > 0) ? ['cyclic'] : []),
    ...(ordinary.some(({ isEventDriven }) => isEventDriven) ? ['event'] : []),
  ]
  const values = reserve?.values?.join(' ') ?? 'none'
  const entries = first?.slot.allocatedEntries ?? 0
  return [device, quantity, target, ordinary.length, entries, starts.join(', '), values]
}
