import { existsSync } from 'node:fs'
import { Control, type FleetDevice, type GridLine } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { gridloom, startGrid } from './support/gridloom.ts'

it(
  'limits a fleet that acknowledges, follows and completes, and grants a battery its charge',
  { timeout: 150_000 },
  async () => {
    await using grid = await startGrid('--ders', '4')

    const made = await gridloom(...limitTo50(grid.file), '--start', '+12s', '--duration', '15s', '--json')
    const { mRID } = Control.parse(JSON.parse(made.out))
    await grid.until((lines) => answersTo(mRID, 2)(lines) === 4)
    const asked = await gridloom(
      ...'flow request --device battery-2 --energy 1kWh --power 2kW --window 1h'.split(' '),
      '--grid',
      grid.file,
    )
    expect(asked).toMatchObject({ code: 0, err: '' })
    await grid.until((lines) => answersTo(mRID, 3)(lines) === 4)

    expect(statusesOf(grid.lines, mRID)).toEqual(Array.from({ length: 4 }, () => [1, 2, 3]))
    const ruled = devicesIn(grid.lines).filter(({ control }) => control === mRID)
    expect(new Set(ruled.map(({ name }) => name))).toEqual(new Set(['pv-1', 'battery-2', 'pv-3', 'heater-4']))
    expect(ruled.filter(({ setpoint }) => setpoint['opModMaxLimW'] !== 0.5)).toEqual([])
    await grid.until((lines) => devicesIn(lines).some(({ name, watts }) => name === 'battery-2' && watts < -1990))

    const listed = await gridloom('control', 'list', '--json', '--grid', grid.file)
    expect(Control.parse(JSON.parse(listed.out))).toMatchObject({
      status: 'completed',
      summary: { counts: { completed: 4 } },
    })
    expect(await grid.interrupt()).toBe(0)
    expect(grid.lines.at(-1)).toMatchObject({ event: 'summary', devices: 4, controls: 2 })
    expect(existsSync(grid.file)).toBe(false)
  },
)

it('says what is wrong with an order, and changes nothing', { timeout: 60_000 }, async () => {
  await using grid = await startGrid('--ders', '1')
  const order = ['control', 'create', '--grid', grid.file, '--duration', '60s']
  const faults = [
    ['--program', 'system', '--mode', 'opModMaxLimW=50W'],
    ['--program', 'system', '--mode', 'opModMaxLim=50%'],
    ['--program', 'nowhere', '--mode', 'opModMaxLimW=50%'],
    ['--mode', 'opModMaxLimW=50%'],
  ]
  const outcomes = await Promise.all(faults.map((fault) => gridloom(...order, ...fault)))
  expect(outcomes.map(({ code, err }) => [code, err.split('\n')[0]])).toEqual([
    [2, '"50W" is not a number with a unit (%)'],
    [2, expect.stringContaining('--mode "opModMaxLim" is not a control')],
    [1, expect.stringContaining('nowhere')],
    [2, 'name one of --program, --group and --device'],
  ])
  expect(await gridloom('control', 'list', '--grid', grid.file)).toEqual({ code: 0, out: 'no controls\n', err: '' })
})

function limitTo50(file: string): readonly string[] {
  return ['control', 'create', '--grid', file, '--program', 'system', '--mode', 'opModMaxLimW=50%']
}

function answersTo(mRID: string, status: number) {
  return (lines: readonly GridLine[]) =>
    lines.filter((line) => line.event === 'control' && line.mRID === mRID && line.status === status).length
}

/** The responses of each device to one control, in order. */
function statusesOf(lines: readonly GridLine[], mRID: string): readonly (readonly number[])[] {
  const answers = lines.flatMap((line) => (line.event === 'control' && line.mRID === mRID ? [line] : []))
  return [...Map.groupBy(answers, ({ lfdi }) => lfdi).values()].map((own) => own.map(({ status }) => status))
}

function devicesIn(lines: readonly GridLine[]): readonly FleetDevice[] {
  return lines.filter((line) => line.event === 'device')
}
