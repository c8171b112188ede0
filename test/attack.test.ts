import { attackNames, attacks, type AttackName, type Rig } from '@gridloom/attack'
import { Control, Device, pageOf } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { smallGrid, type SmallGrid } from './fixtures/small-grid.ts'
import { gridloom } from './support/gridloom.ts'

it('refuses whoever has no certificate of this grid, or one that has ended', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } } })
  const said = [...(await raid(grid, 'impersonation')), ...(await raid(grid, 'expired-certificate'))]
  const knocks = said.filter((text) => text.startsWith('a certificate'))
  expect(knocks.length).toBe(6)
  expect(knocks.every((text) => text.endsWith('was refused (tls)'))).toBe(true)
})

it('lets no device write what belongs to another, nor find what it was not shown', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' }, battery: { kind: 'battery' } } })
  const writes = (await raid(grid, 'impersonation')).filter((text) => text.startsWith('PUT'))
  expect(writes.map((text) => text.split(' ').at(-1))).toEqual(expect.arrayContaining(['403', '404']))
  expect(writes.some((text) => /20\d$/.test(text))).toBe(false)
  expect(await raid(grid, 'resource-scan')).toEqual(['48 paths were tried, 0 were answered'])
})

it('does not let a flood keep others from the server', async () => {
  const limits = { perSecond: 100, burst: 200 }
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' }, battery: { kind: 'battery' } }, gsp: { limits } })
  await grid.startFleet()
  const flood = raid(grid, 'request-flood', { device: grid.devices['battery'], perSecond: 500 })
  const { mRID } = await grid.control({
    device: grid.devices['pv']?.lfdi ?? '',
    controls: { opModMaxLimW: 50 },
    duration: 60,
  })
  await grid.until(() => grid.statuses(mRID, 'pv').includes(3))
  expect((await flood).join()).toContain('times 429')
})

it('publishes what an operator with bad intentions orders, for others to judge', async () => {
  await using grid = await smallGrid({ devices: { battery: { kind: 'battery' } } })
  await grid.startFleet()
  await grid.until(async () => (await grid.detail('battery')).ders[0]?.capability)
  expect(await raid(grid, 'over-nameplate')).toEqual([expect.stringContaining('{"opModTargetW":10000} was published')])
  expect((await raid(grid, 'oscillating-control')).length).toBe(10)
  const { all } = pageOf(Control).parse(await grid.admin('GET', '/controls'))
  expect(all).toBe(11)
})

it('knows a whitewashed device by its new certificate alone', async () => {
  await using grid = await smallGrid({ devices: { pv: { kind: 'pv' } } })
  await grid.startFleet()
  await grid.until(async () => (await grid.detail('pv')).information)
  const [renewal = ''] = await raid(grid, 'whitewasher')
  const lfdi = renewal.split(' ').at(-1)
  const { items } = pageOf(Device).parse(await grid.admin('GET', '/devices'))
  expect(items.map((device) => [device.lfdi, device.groups.length])).toContainEqual([lfdi, 0])
})

it('goes nowhere but to this machine', async () => {
  const files = ['--cert', 'cert.pem', '--key', 'key.pem', '--ca', 'ca.pem']
  const faraway = await gridloom('attack', 'replay', '--target', 'https://198.51.100.7:8443', ...files)
  expect([faraway.code, faraway.err]).toEqual([2, expect.stringContaining('no attack goes there')])
  const nearby = await gridloom('attack', 'replay', '--target', 'https://192.168.0.7:8443', ...files)
  expect([nearby.code, nearby.err]).toEqual([2, expect.stringContaining('unless you add --i-own-this-network')])
})

it('describes each attack with the rules that it should trigger', async () => {
  const { out } = await gridloom('attack', 'list', '--json')
  const listed = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(listed.map(({ name }) => name)).toEqual(attackNames)
  expect(listed.every(({ rules }) => rules.length > 0)).toBe(true)
})

async function raid(grid: SmallGrid, name: AttackName, changes: Partial<Rig> = {}): Promise<readonly string[]> {
  const said: string[] = []
  const { server, admin } = grid.addresses()
  const rig: Rig = {
    server: { origin: server },
    admin: { target: { origin: admin }, operator: grid.operator },
    device: Object.values(grid.devices)[0],
    pki: grid.pki,
    clock: grid.clock,
    perSecond: 500,
    say: (text) => said.push(text),
    ...changes,
  }
  const attack = attacks[name]
  if (attack.kind !== 'raid') throw new Error(`${name} is no raid`)
  await attack.run(rig, new AbortController().signal)
  return said
}
