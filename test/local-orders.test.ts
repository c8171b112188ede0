import { KeptOrder, MeteredEnergy, type FleetDevice } from '@gridloom/contracts'
import { createClient, type Actor } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { smallGrid, type SmallGrid } from './fixtures/small-grid.ts'

// what a market or a region asks of a device, between the utility's word and the device's own idea
const devices = { battery: { kind: 'battery', maxW: 5000, gradient: 0 } } as const
const mRID = 'ABCDEF0123456789ABCDEF0123456789'

it('follows an order, bounded by what the utility allows, and keeps it over a restart', async () => {
  await using grid = await smallGrid({ devices })
  const fleet = await grid.startFleet()
  const start = grid.clock.now() + 5
  const order = { mRID, source: 'region', start, durationSeconds: 600, targetW: 3000 }
  await using face = controlPort(grid, fleet)
  expect(await face('POST', '/devices/battery/orders', order)).toMatchObject({ status: 201 })
  expect(await face('POST', '/devices/battery/orders', order)).toMatchObject({ status: 201 })
  expect(await face('POST', '/devices/battery/orders', { ...order, targetW: 1 })).toMatchObject({ status: 409 })
  const first = await grid.until(() => told(grid, ({ watts }) => watts === 3000))
  expect(first).toMatchObject({ state: 'following', source: 'region', order: mRID, setpoint: { opModTargetW: 3000 } })

  await grid.control({ group: 'system', controls: { opModMaxLimW: 20 }, duration: 500 })
  await grid.until(() => told(grid, ({ watts, control }) => watts === 1000 && control !== undefined))
  await grid.stopFleet()
  const before = grid.events.length
  const again = await grid.startFleet()
  await grid.until(() => told(grid, ({ watts, source }) => watts === 1000 && source === 'region', before))

  await using other = controlPort(grid, again)
  const withdrawn = await other('DELETE', `/devices/battery/orders/${mRID}`)
  expect(KeptOrder.parse(withdrawn.reply).state).toBe('withdrawn')
  await grid.until(() => told(grid, ({ watts, source }) => watts === 0 && source === undefined, before))
})

it('tells what a device drew within a time', async () => {
  await using grid = await smallGrid({ devices })
  const fleet = await grid.startFleet()
  await using face = controlPort(grid, fleet)
  const start = Math.ceil((grid.clock.now() + 5) / 60) * 60
  await face('POST', '/devices/battery/orders', { mRID, source: 'market', start, durationSeconds: 60, targetW: -3000 })
  const energy = await grid.until(async () => {
    const { reply } = await face('GET', `/devices/battery/energy?start=${start}&end=${start + 60}`)
    const metered = MeteredEnergy.parse(reply)
    return metered.coveredSeconds === 60 && metered
  })
  expect(energy.deliveredWh).toBe(0)
  expect(energy.netWh).toBeLessThan(-45)
  expect(energy.netWh).toBeGreaterThan(-52)
  expect(await face('GET', `/devices/battery/energy?start=${start}&end=${start}`)).toMatchObject({ status: 400 })
})

function told(grid: SmallGrid, holds: (device: FleetDevice) => boolean, since = 0): FleetDevice | undefined {
  return grid.events.slice(since).find((event): event is FleetDevice => event.event === 'device' && holds(event))
}

function controlPort(grid: SmallGrid, fleet: Actor) {
  const client = createClient({ origin: fleet.url, certs: grid.operator, mediaType: 'application/json' })
  const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, message?: object) => {
    const sent = message && { body: JSON.stringify(message) }
    const { status, body } = await client.request({ method, path, ...sent })
    return { status, reply: JSON.parse(body.toString()) as unknown }
  }
  return Object.assign(call, { [Symbol.asyncDispose]: () => client[Symbol.asyncDispose]() })
}
