import { isAttackName } from '@gridloom/attack'
import { expect, it } from 'vitest'
import { found, suspected, worstOf } from './support/suspicion.ts'
import { watchedGrid } from './support/watched-grid.ts'

const pv = { kind: 'pv', utcOffsetSeconds: 43_200 - (Math.floor(Date.now() / 1000) % 86_400) } as const
const honest = { pv, battery: { kind: 'battery' }, heater: { kind: 'water-heater' } } as const

it('finds DCMs that misbehave, each by its own rules, and nothing on the others', { timeout: 120_000 }, async () => {
  const rogues = {
    'lying-meter': ['PH-4'],
    'on-off': ['PH-4'],
    'frozen-meter': ['PH-12'],
    'silent-opt-out': ['PR-1', 'PH-6'],
    'false-reporter': ['PR-8'],
    'man-in-the-middle': ['PR-7'],
    'delayed-relay': ['PR-7', 'TM-1'],
  }
  const names = Object.keys(rogues).filter((name) => isAttackName(name))
  await using watched = await watchedGrid({ ...honest, ...Object.fromEntries(names.map((name) => [name, pv])) })
  await watched.startHonest(Object.keys(honest))
  for (const name of names) await watched.startRogue(name)
  await watched.grid.clock.sleep(60)
  const device = watched.grid.devices['silent-opt-out']?.lfdi ?? ''
  await watched.grid.control({ device, controls: { opModMaxLimW: 10 }, duration: 3600 })

  for (const [name, rules] of Object.entries(rogues)) await found(watched, name, rules)
  for (const name of names) await suspected(watched, name)
  const relays = [...(await watched.rules()).values()].filter((fired) => fired.has('ID-1'))
  expect(relays.length).toBeGreaterThan(0)
  expect(await worstOf(watched, Object.keys(honest))).toBeLessThanOrEqual(1)
})

// at the pace of the machine: a minute of twenty times the speed may be too short for a busy one to be flooded in
it('finds whoever floods the server', { timeout: 60_000 }, async () => {
  await using watched = await watchedGrid({ flooder: pv }, 1)
  await watched.raid('request-flood', watched.grid.devices['flooder'])
  await found(watched, 'flooder', ['TM-5'])
  await suspected(watched, 'flooder')
})

it('holds against the server what its operator should not have ordered', { timeout: 60_000 }, async () => {
  await using watched = await watchedGrid(honest)
  const { grid } = watched
  await watched.startHonest(Object.keys(honest))
  await grid.until(async () => (await grid.detail('battery')).ders[0]?.capability)
  await watched.raid('over-nameplate', grid.devices['battery'])
  await found(watched, 'gsp', ['PH-1'])
  await watched.raid('oscillating-control', grid.devices['battery'])
  await found(watched, 'gsp', ['PH-3'])
  await suspected(watched, 'gsp')
  expect(await worstOf(watched, Object.keys(honest))).toBeLessThanOrEqual(1)
})
