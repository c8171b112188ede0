import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger, createPki, issueAggregator, issueServer, writeCredentials } from '@gridloom/kit'
import { Config, formatScl, start } from '@gridloom/scheduler'
import { expect, it, onTestFinished } from 'vitest'
import { gridloom } from './support/gridloom.ts'

const example = join(import.meta.dirname, '../packages/scheduler/examples/battery-and-charger.cid')
const vectors = join(import.meta.dirname, 'vectors/scheduling')

it('sets, enables, lists, draws and disables a schedule of a running service', async () => {
  const { grid, folder } = await runningService()
  const schedule = (...argv: string[]) => gridloom('schedule', ...argv, '--grid', grid)
  const set = ['battery', 'MaxPow', '1', '--priority', '25', '--interval', '15m', '--values', '3kW,2kW']
  expect(await schedule('set', ...set, '--start', '+2h', '--enable')).toMatchObject({
    code: 0,
    out: 'battery/MaxPow_FSCH01 is ready\n',
  })
  expect(await schedule('set', ...set, '--start', '+2h')).toMatchObject({
    code: 1,
    err: expect.stringContaining('disable it first'),
  })
  expect(await schedule('direct', 'battery', 'OnOff', 'off', '--for', '10m', '--priority', '50')).toMatchObject({
    code: 0,
  })
  const listed = (await schedule('list', '--json')).out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(listed).toContainEqual(
    expect.objectContaining({ quantity: 'MaxPow', id: '1', state: 3, values: [3000, 2000] }),
  )
  expect((await schedule('list', 'battery')).out).toMatch(/\* +battery +OnOff +2 +50 +running/)

  const svg = join(folder, 'day.svg')
  const shown = await schedule('show', 'battery', '--quantity', 'MaxPow', '--svg', svg)
  expect(shown.out).toContain('battery MaxPow')
  expect(shown.out).toMatch(/4000 █/)
  expect(readFileSync(svg, 'utf8')).toMatch(/^<svg.*battery MaxPow/s)
  expect(await schedule('disable', 'battery', 'MaxPow', '1')).toMatchObject({
    out: expect.stringContaining('not ready'),
  })
  const every = ['day:06:15', 'week:1:07:00', 'year:12:24:18:30'].flatMap((time) => ['--every', time])
  expect(JSON.parse((await schedule('set', ...set, ...every, '--enable', '--json')).out)).toMatchObject({
    calendars: [
      { occPer: 'Day', hr: 6, mn: 15 },
      { occPer: 'Week', weekDay: 1, hr: 7, mn: 0 },
      { occPer: 'Year', month: 12, day: 24, hr: 18, mn: 30 },
    ],
  })
  const draw = ['battery', 'ActPow', '-2kW', '--for', '10m', '--priority', '50', '--json']
  expect(JSON.parse((await schedule('direct', ...draw)).out)).toMatchObject({ values: [-2000], state: 4 })
})

it('says what is wrong with what it is told', async () => {
  const { grid } = await runningService()
  const schedule = (...argv: string[]) => gridloom('schedule', ...argv, '--grid', grid)
  const set = ['--priority', '25', '--interval', '15m', '--values', 'on']
  expect(await schedule('set', 'battery', 'MaxPow', '1', ...set)).toMatchObject({ code: 2 })
  const starts = ['--priority', '25', '--interval', '15m', '--values', '1kW', '--every', 'day:6']
  expect(await schedule('set', 'battery', 'MaxPow', '1', ...starts)).toMatchObject({ code: 2 })
  expect(await schedule('enable', 'battery', 'Volts', '1')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Volts'),
  })
  expect(await schedule('enable', 'other', 'MaxPow', '1')).toMatchObject({
    code: 1,
    err: expect.stringContaining('"other"'),
  })
  expect(await schedule('show', 'other')).toMatchObject({ code: 1, err: expect.stringContaining('"other"') })
})

it('prints what it found in an SCL file, and what is wrong with it', async () => {
  const good = await gridloom('schedule', 'check', example)
  expect(good).toMatchObject({ code: 0 })
  expect(good.out).toMatch(/charger +MaxPow +charger\/MaxPow_GGIO1\.AnOut1 +10 +100 +16 single, cyclic, event +5000/)
  const folder = mkdtempSync(join(tmpdir(), 'scl-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const broken = join(folder, 'broken.cid')
  writeFileSync(broken, readFileSync(example, 'utf8').replace('battery/MaxPow_FSCH02<', 'battery/MaxPow_FSCH77<'))
  const bad = await gridloom('schedule', 'check', broken, '--json')
  expect(bad.code).toBe(1)
  expect(JSON.parse(bad.out).findings).toMatchObject([
    { severity: 'error', path: 'battery/MaxPow_FSCC1.Schd02' },
    { severity: 'warning', path: 'charger/ActPow_FSCC1' }, // of the example itself
    { severity: 'warning', path: 'battery/MaxPow_FSCH02' },
  ])
})

it('draws a scenario over its own window, and computes SunSpec writes', async () => {
  const drawn = await gridloom('schedule', 'show', join(vectors, 's05-periodic-hour-day-week.json'))
  expect(drawn.out).toMatch(/06:00 .*07:00/)
  const none = await gridloom('schedule', 'show', join(vectors, 's09-lifecycle.json'))
  expect(none).toMatchObject({ code: 1, err: expect.stringContaining('to draw') })
  const file = join(vectors, 's12-sunspec-writes.json')
  const { cases } = JSON.parse((await gridloom('schedule', 'eval', file, '--json')).out)
  expect(JSON.parse(readFileSync(file, 'utf8')).cases).toMatchObject(cases)
})

it('checks a configuration before it is run', async () => {
  const { config } = await runningService()
  expect(await gridloom('scheduler', '--config', config, '--check')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^LFDI [0-9A-F]{40}\n$/),
  })
})

/** A scheduler in this process, and a grid.json that leads to it. */
async function runningService() {
  const folder = mkdtempSync(join(tmpdir(), 'schedule-'))
  const pki = createPki({ chainLength: 3 })
  const operator = issueAggregator(pki, { name: 'operator' })
  const at = (name: string): string => join(folder, name)
  writeCredentials(at('scheduler'), issueServer(pki, { name: 'scheduler' }))
  writeCredentials(at('operator'), operator)
  const reserve = { MaxPow: { values: [4000], minutes: 60 } }
  writeFileSync(
    at('plant.cid'),
    formatScl({ ied: 'Edge', devices: [{ name: 'battery', reserve }], schedules: 2, entries: 4 }),
  )
  const input = {
    listen: { host: '127.0.0.1', port: 0 },
    certs: at('scheduler'),
    scl: at('plant.cid'),
    store: `sqlite:${at('scheduler.db')}`,
    devices: [{ name: 'battery' }],
    operators: [operator.lfdi],
  }
  const actor = await start(Config.parse(input), { log: createLogger('scheduler', 'silent') })
  onTestFinished(async () => {
    await actor[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })
  const own = { cert: join(at('operator'), 'cert.pem'), key: join(at('operator'), 'key.pem') }
  const certs = { ca: join(at('operator'), 'ca.pem'), operator: own, devices: [] }
  const actors = [{ actor: 'scheduler', url: actor.url }]
  writeFileSync(at('grid.json'), JSON.stringify({ event: 'ready', actors, certs, data: folder }))
  writeFileSync(at('scheduler.yaml'), JSON.stringify(input))
  return { grid: at('grid.json'), config: at('scheduler.yaml'), folder }
}
