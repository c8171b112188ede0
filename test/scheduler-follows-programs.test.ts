import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { ControllerView, MappedEvents, ScheduledDevice } from '@gridloom/contracts'
import { createClient, createLogger, issueServer, writeCredentials } from '@gridloom/kit'
import { Config, formatScl, start } from '@gridloom/scheduler'
import { expect, it } from 'vitest'
import { smallGrid, type SmallGrid } from './fixtures/small-grid.ts'

const limit = (opModMaxLimW: number) => ({ group: 'system', controls: { opModMaxLimW } })

it('runs a control as a schedule above the reserve, and the utility hears what really happened', async () => {
  await using scene = await scheduledGrid()
  const { grid, controller } = scene
  const { mRID } = await grid.control({ ...limit(40), delay: 20, duration: 40 })
  await grid.until(() => grid.statuses(mRID, 'battery').includes(2))
  expect((await controller()).output).toMatchObject({ value: 2000, source: `battery/MaxPow/${mRID}`, entry: 1 })
  await grid.until(() => grid.statuses(mRID, 'battery').length === 3)
  expect(grid.statuses(mRID, 'battery')).toEqual([1, 2, 3])
  await grid.until(async () => (await controller()).output.value === 4000)
  expect(await scene.fates()).toMatchObject([{ mRID, status: 'completed' }])
})

it('lets a stronger schedule of its operator stand above a control, and says so', async () => {
  await using scene = await scheduledGrid()
  const { grid, controller } = scene
  await scene.post('MaxPow/direct', { value: 4900, seconds: 6000, priority: 2000 })
  const { mRID } = await grid.control({ ...limit(40), duration: 40 })
  await grid.until(() => grid.statuses(mRID, 'battery').some((status) => status !== 1))
  expect(grid.statuses(mRID, 'battery')).not.toContain(2)
  expect((await controller()).output).toMatchObject({ value: 4900, priority: 2000 })
  await grid.until(async () => (await scene.fates()).some(({ status }) => status === 'superseded'))
})

it('goes on with a control that it knows while the DCM is away', async () => {
  await using scene = await scheduledGrid()
  const { grid, controller } = scene
  const { mRID, start: begin } = await grid.control({ ...limit(20), delay: 30, duration: 60 })
  await grid.until(async () => (await controller()).schedules.includes(`battery/MaxPow/${mRID}`))
  await grid.stopFleet()
  await grid.clock.sleepUntil(begin + 5)
  await grid.until(async () => (await controller()).output.value === 1000)
  await grid.clock.sleepUntil(begin + 65)
  await grid.until(async () => (await controller()).output.value === 4000)
})

it('holds the limits of CSIP-AUS of two controls at once, and the utility hears that they began', async () => {
  await using scene = await scheduledGrid()
  const { grid } = scene
  const limitsAre = (exportW: number | null, importW: number | null) =>
    grid.until(async () => isDeepStrictEqual((await scene.device()).limits, { exportW, importW }))
  const draws = (watts: number) => grid.until(async () => Math.abs((await scene.watts()) + watts) < 20)
  await scene.post('ActPow/direct', { value: -3000, seconds: 6000, priority: 50 })
  const both = { opModExpLimW: 3000, opModImpLimW: 900 }
  const wide = await grid.control({ group: 'system', controls: both, duration: 160 })
  const narrow = await grid.control({ ...limit(40), duration: 80 })
  await limitsAre(2000, 900)
  await draws(900)
  expect((await scene.controller()).schedules).toContain(`battery/MaxPow/${wide.mRID}`)
  await limitsAre(3000, 900)
  await limitsAre(null, null)
  await draws(3000)
  await grid.until(() => [wide, narrow].every(({ mRID }) => grid.statuses(mRID, 'battery').includes(3)))
  for (const { mRID } of [wide, narrow]) expect(grid.statuses(mRID, 'battery')).toEqual([1, 2, 3])
})

it('lets an operator draw more than a limit where his schedule is stronger, and says so', async () => {
  await using scene = await scheduledGrid()
  const { grid } = scene
  await scene.post('ActPow/direct', { value: -3000, seconds: 6000, priority: 2000 })
  const { mRID } = await grid.control({ group: 'system', controls: { opModImpLimW: 900 }, duration: 40 })
  await grid.until(() => grid.statuses(mRID, 'battery').some((status) => status !== 1))
  expect(grid.statuses(mRID, 'battery')).not.toContain(2)
  expect((await scene.device()).limits).toEqual({ exportW: null, importW: null })
})

async function scheduledGrid() {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'scheduled-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const grid: SmallGrid = stack.use(await smallGrid({ devices: { battery: { kind: 'battery' } } }))
  const [certs, member, scl] = ['certs', 'battery', 'plant.cid'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  writeCredentials(certs, issueServer(grid.pki, { name: 'scheduler' }))
  if (grid.devices['battery']) writeCredentials(member, grid.devices['battery'])
  const reserve = { MaxPow: { values: [4000], minutes: 60 } }
  writeFileSync(scl, formatScl({ ied: 'Edge', devices: [{ name: 'battery', reserve }], schedules: 2, entries: 4 }))

  const port = await freePort()
  const config = Config.parse({
    listen: { host: '127.0.0.1', port: 0 },
    certs,
    scl,
    store: `sqlite:${join(folder, 'scheduler.db')}`,
    devices: [{ name: 'battery', device: { kind: 'battery', gradient: 0 } }],
    operators: [grid.operator.lfdi],
    dcms: [{ device: 'battery', url: `https://127.0.0.1:${port}`, pollSeconds: 2 }],
  })
  const service = stack.use(await start(config, { clock: grid.clock, log: createLogger('scheduler', 'silent') }))
  const device = { kind: 'scheduled', url: service.url, certs, device: 'battery' } as const
  const listen = { host: '127.0.0.1', port }
  stack.use(await grid.startFleet({ listen, dcms: [{ certs: member, device }] }))
  const client = stack.use(createClient({ origin: service.url, certs: grid.operator, mediaType: 'application/json' }))
  const read = async (path: string): Promise<unknown> =>
    JSON.parse((await client.get(`/scheduling/devices/battery${path}`)).body.toString())
  const owned = stack.move()
  return {
    grid,
    device: async () => ScheduledDevice.parse(await read('')),
    watts: async () => ScheduledDevice.parse(await read('')).measured?.w ?? NaN,
    controller: async () => ControllerView.parse(await read('/MaxPow/controller')),
    fates: async () => MappedEvents.parse(await read('/ieee2030.5')).events,
    post: (path: string, body: object) => client.post(`/scheduling/devices/battery/${path}`, JSON.stringify(body)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
