import { Curve, type FleetDevice } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { smallGrid, type SmallGrid } from './fixtures/small-grid.ts'

const minute = { timeout: 60_000 }

it('lets a sag of the voltage change what a volt-var inverter does', minute, async () => {
  await using grid = await smallGrid({
    devices: { supporting: { kind: 'pv' }, indifferent: { kind: 'pv' }, battery: { kind: 'battery' } },
    environment: {
      placement: { supporting: '675.b', indifferent: '675.b', battery: '646.b' },
      happens: often('kind: voltage, seconds: 60, rampSeconds: 4, pu: 0.9'),
    },
  })
  await supportVoltage(grid, grid.devices['supporting']?.lfdi)
  await grid.startFleet()

  const before = await grid.until(() => latest(grid, 'supporting', ({ watts, vars }) => watts > 4000 && vars < -100))
  expect(before.volts).toBeGreaterThan(245)
  expect(before.setpoint).toHaveProperty('opModVoltVar')
  const during = await grid.until(() => latest(grid, 'supporting', ({ volts, vars }) => volts < 228 && vars > 500))
  const beside = await grid.until(() => latest(grid, 'indifferent', ({ volts }) => volts < 228))
  expect(beside.vars).toBe(0)
  expect(during.watts).toBeGreaterThan(4000)
  await grid.until(() => latest(grid, 'battery', ({ volts }) => volts < 228))
  await grid.until(() => latest(grid, 'supporting', ({ volts, vars }) => volts > 245 && vars < -100))
})

it('feels what the devices do to the feeder', minute, async () => {
  await using grid = await smallGrid({
    devices: { big: { kind: 'battery', maxW: 400_000, soc: 1 }, neighbour: { kind: 'pv' } },
    environment: { placement: { big: '675.a', neighbour: '675.a' }, tapSeconds: 0 },
  })
  await grid.startFleet()
  const before = await grid.until(() => latest(grid, 'neighbour', ({ volts, watts }) => volts !== 240 && watts > 1000))
  await grid.control({ device: grid.devices['big']?.lfdi, controls: { opModFixedW: 100 }, duration: 3600 })
  const after = await grid.until(() => latest(grid, 'neighbour', ({ volts }) => volts > before.volts + 3))
  expect(after.volts).toBeLessThan(275)
})

it('cuts the links that an event names, and heals them', minute, async () => {
  await using grid = await smallGrid({
    devices: { remote: { kind: 'pv' }, mute: { kind: 'pv' }, lucky: { kind: 'pv' } },
    environment: {
      feeder: 'none',
      happens:
        '- { at: 150, kind: communication, seconds: 100, link: server, devices: [remote] }\n' +
        '- { at: 150, kind: communication, seconds: 100, link: device, devices: [mute] }\n',
    },
  })
  await grid.startFleet()
  await grid.until(() => statesOf(grid, 'remote').includes('offline'))
  await grid.until(() => statesOf(grid, 'mute').includes('faulty'))
  for (const name of ['remote', 'mute', 'lucky'])
    await grid.until(() => latest(grid, name, ({ state }) => state === 'idle'))
  expect(statesOf(grid, 'lucky')).not.toContain('offline')
  expect(statesOf(grid, 'lucky')).not.toContain('faulty')
})

it(
  'keeps the last surroundings while the environment is away, then nominal ones, and finds it again',
  minute,
  async () => {
    await using grid = await smallGrid({
      devices: { pv: { kind: 'pv' } },
      environment: { feeder: 'none', happens: '- { kind: voltage, at: 0, pu: 0.95 }' },
    })
    await grid.startFleet()
    await grid.until(() => latest(grid, 'pv', ({ volts }) => volts === 228))
    await grid.stopEnvironment()
    const stoppedAt = grid.clock.now()
    const nominal = await grid.until(() => latest(grid, 'pv', ({ volts }) => volts === 240))
    expect(nominal.at).toBeGreaterThan(stoppedAt + 8)
    await grid.startEnvironment()
    await grid.until(() => latest(grid, 'pv', ({ volts }) => volts === 228))
  },
)

/** An event that comes back every two minutes, for a test that is not in time for the first. */
function often(event: string): string {
  return Array.from({ length: 20 }, (_, time) => `- { at: ${60 + 120 * time}, ${event} }\n`).join('')
}

/** Gives one device a program of its own, with a volt-var curve. */
async function supportVoltage(grid: SmallGrid, lfdi: string | undefined): Promise<void> {
  await grid.admin('POST', '/groups', { name: 'support', level: 'feeder' })
  await grid.admin('POST', '/programs', { description: 'support', group: 'support', primacy: 50 })
  await grid.admin('PUT', `/devices/${lfdi}/groups`, { groups: ['system', 'support'] })
  const points = [
    { x: 92, y: 44 },
    { x: 98, y: 0 },
    { x: 102, y: 0 },
    { x: 108, y: -44 },
  ]
  const curve = { curveType: 'opModVoltVar', points, openLoopTms: 1 }
  const { mRID } = Curve.parse(await grid.admin('POST', '/programs/support/curves', curve))
  await grid.control({ program: 'support', controls: { opModVoltVar: mRID }, duration: 3600 })
}

/** The last word of a device, when it fits. */
function statesOf({ events }: SmallGrid, name: string): readonly FleetDevice['state'][] {
  return events.flatMap((event) => (event.event === 'device' && event.name === name ? [event.state] : []))
}

function latest(grid: SmallGrid, name: string, fits: (device: FleetDevice) => boolean): FleetDevice | undefined {
  const last = grid.events.findLast((event): event is FleetDevice => event.event === 'device' && event.name === name)
  return last && fits(last) ? last : undefined
}
