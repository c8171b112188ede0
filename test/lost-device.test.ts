import { LogEntry, pageOf, type FleetEvent } from '@gridloom/contracts'
import { serveSunspec, type SunspecSimulator } from '@gridloom/devices'
import type { DERStatus } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { smallGrid, type SmallGrid } from './fixtures/small-grid.ts'

const half = { group: 'system', controls: { opModMaxLimW: 50 }, duration: 36_000 }

it('says that a device is lost, and follows again when it is back', async () => {
  let now = () => Date.now() / 1000
  let simulator = await serve(now, 0)
  const { port } = simulator
  const pv = {
    kind: 'sunspec',
    host: '127.0.0.1',
    port,
    timeoutSeconds: 1,
    safeLimitW: 1000,
    revertSeconds: 120,
  } as const
  await using grid = await smallGrid({ devices: { pv } })
  now = grid.clock.now
  await grid.startFleet()
  await grid.control(half)
  await grid.until(async () => (await simulator.setpoint()).opModMaxLimW === 0.5)
  await grid.until(async () => (await connection(grid)) === '07')
  expect((await grid.detail('pv')).ders[0]?.capability).toMatchObject({ type: 4, rtgMaxW: { value: 5000 } })

  await simulator[Symbol.asyncDispose]()
  await grid.until(() => state(grid) === 'faulty')
  await grid.until(async () => (await connection(grid)) === '10')
  await grid.until(async () => (await ourLogEvents(grid)).length === 1)

  simulator = await serve(now, port)
  await grid.until(async () => (await simulator.setpoint()).opModMaxLimW === 0.5)
  await grid.until(() => state(grid) === 'following')
  await grid.until(async () => (await connection(grid)) === '07')
  await grid.until(async () => (await ourLogEvents(grid)).length === 2)
  expect(await ourLogEvents(grid)).toEqual([0, 1])
  await simulator[Symbol.asyncDispose]()
})

it('leaves a device that hears nothing more at its safe limit', async () => {
  let ahead = 0
  await using simulator = await serve(() => Date.now() / 1000 + ahead, 0)
  const { port } = simulator
  const pv = { kind: 'sunspec', host: '127.0.0.1', port, safeLimitW: 1000, revertSeconds: 10 } as const
  await using grid = await smallGrid({ devices: { pv } })
  await grid.startFleet()
  await grid.control(half)
  await grid.until(async () => (await simulator.setpoint()).opModMaxLimW === 0.5)
  await grid.stopFleet()
  ahead = 11
  expect(await simulator.setpoint()).toMatchObject({ opModMaxLimW: 0.2 })
})

function serve(now: () => number, port: number): Promise<SunspecSimulator> {
  const environment = () => ({ volts: 240, hertz: 60, irradiance: 0.8, temperature: 20 })
  return serveSunspec({ host: '127.0.0.1', port, now, environment })
}

function state(grid: SmallGrid): string | undefined {
  const told = grid.events.filter(
    (event): event is Extract<FleetEvent, { event: 'device' }> => event.event === 'device',
  )
  return told.at(-1)?.state
}

/** The bits of genConnectStatus that the server knows. */
async function connection(grid: SmallGrid): Promise<string | undefined> {
  const status = (await grid.detail('pv')).ders[0]?.status as DERStatus | undefined
  return status?.genConnectStatus?.value
}

/** The codes of the log events that are not the standard's, in their order. */
async function ourLogEvents(grid: SmallGrid): Promise<number[]> {
  const page = await grid.admin('GET', `/devices/${grid.devices['pv']?.lfdi}/log-events`)
  const { items } = pageOf(LogEntry).parse(page)
  return items.filter(({ profile }) => profile === 1).map(({ code }) => code)
}
