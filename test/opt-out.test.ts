import { createClient, type Actor } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { smallGrid, type SmallGrid } from './fixtures/small-grid.ts'

const order = { group: 'system', controls: { opModMaxLimW: 50 }, responseRequired: '07' }

it('leaves an event at the wish of its user as often as he likes, and says so each time', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } } })
  const fleet = await grid.startFleet()
  const { mRID } = await grid.control({ ...order, duration: 120 })
  await grid.until(() => grid.statuses(mRID, 'pv').includes(2))
  expect(await choose(grid, fleet, `${mRID}/opt-out`)).toBe(202)
  await grid.until(() => grid.statuses(mRID, 'pv').includes(4))
  await grid.until(() => setpointOf(grid)?.['opModMaxLimW'] === undefined)
  expect(await choose(grid, fleet, `${mRID}/opt-in`)).toBe(202)
  await grid.until(() => setpointOf(grid)?.['opModMaxLimW'] === 0.5)
  expect(await choose(grid, fleet, `${mRID}/opt-out`)).toBe(202)
  await grid.until(() => grid.statuses(mRID, 'pv').length === 6)
  expect(grid.statuses(mRID, 'pv')).toEqual([1, 2, 4, 5, 4, 8])
})

it('has no choice for an event that nobody knows, nor for who is no operator', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } } })
  const fleet = await grid.startFleet()
  expect(await choose(grid, fleet, 'AA/opt-out')).toBe(404)
  expect(await choose(grid, fleet, 'AA/opt-out', grid.devices['pv'])).toBe(403)
})

async function choose(grid: SmallGrid, { url }: Actor, path: string, certs = grid.operator): Promise<number> {
  await using client = createClient({ origin: url, certs, mediaType: 'application/json' })
  return (await client.request({ method: 'POST', path: `/events/${path}`, body: '{}' })).status
}

function setpointOf({ events }: SmallGrid) {
  return events.findLast((event) => event.event === 'device')?.setpoint
}
