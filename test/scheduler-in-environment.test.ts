import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PlacedDevices, ScheduledDevice } from '@gridloom/contracts'
import * as environment from '@gridloom/environment'
import { createClient, createPki, issueAggregator, issueServer, simulatedClock, writeCredentials } from '@gridloom/kit'
import { Config, formatScl, start } from '@gridloom/scheduler'
import { expect, it } from 'vitest'

const lfdi = 'A1'.repeat(20)

it('lets the emulated devices of a scheduler stand in the feeder, and move its voltage', async () => {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'standing-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const at = (name: string): string => join(folder, name)
  const pki = createPki({ chainLength: 3 })
  const operator = issueAggregator(pki, { name: 'operator' })
  writeCredentials(at('certs'), issueServer(pki, { name: 'both' }))
  const clock = simulatedClock({ start: 1_800_000_000, startedAt: Date.now() / 1000, speed: 20 })
  const listen = { host: '127.0.0.1', port: 0 }
  const placement = { battery: '611.c' }
  const world = stack.use(
    await environment.start(
      environment.Config.parse({ certs: at('certs'), listen, feeder: 'ieee13', placement, logLevel: 'silent' }),
      { clock },
    ),
  )
  const reserve = { OnOff: { values: [true], minutes: 60 } }
  writeFileSync(at('plant.cid'), formatScl({ ied: 'Edge', devices: [{ name: 'battery', reserve }], schedules: 2 }))
  const device = { kind: 'battery', gradient: 0, maxW: 50_000, maxChargeW: 50_000, capacityWh: 500_000 } as const
  const service = stack.use(
    await start(
      Config.parse({
        listen,
        certs: at('certs'),
        scl: at('plant.cid'),
        store: `sqlite:${at('scheduler.db')}`,
        environment: { url: world.url },
        devices: [{ name: 'battery', lfdi, device }],
        operators: [operator.lfdi],
        logLevel: 'silent',
      }),
      { clock },
    ),
  )
  const mediaType = 'application/json'
  const grid = stack.use(createClient({ origin: world.url, certs: operator, mediaType }))
  const scheduler = stack.use(createClient({ origin: service.url, certs: operator, mediaType }))
  const place = async () =>
    PlacedDevices.parse(JSON.parse((await grid.get('/devices')).body.toString())).devices.find(
      (one) => one.lfdi === lfdi,
    )
  const shown = async () => {
    const { body } = await scheduler.get('/scheduling/devices/battery')
    return ScheduledDevice.parse(JSON.parse(body.toString()))
  }
  const measured = async () => (await shown()).measured
  expect((await shown()).ratings).toEqual({ maxW: 50_000, maxChargeW: 50_000, maxWh: 500_000 })
  await expect.poll(place).toMatchObject({ name: 'battery', place: '611.c' })
  await expect.poll(async () => (await measured())?.volts).not.toBe(240)
  const before = (await place())?.volts ?? 0
  const order = { value: -50_000, seconds: 3600, priority: 50 }
  await scheduler.post('/scheduling/devices/battery/ActPow/direct', JSON.stringify(order))
  await expect.poll(async () => (await place())?.watts).toBeCloseTo(-50_000, -3)
  await expect.poll(async () => (await place())?.volts).toBeLessThan(before)
  await expect.poll(async () => (await measured())?.volts).toBeLessThan(before)
})
