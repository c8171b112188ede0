import { isAttackName, type AttackName } from '@gridloom/attack'
import { createClient } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { watchedGrid, type WatchedGrid } from './support/watched-grid.ts'

const pv = { kind: 'pv', utcOffsetSeconds: 43_200 - (Math.floor(Date.now() / 1000) % 86_400) } as const
const battery = { kind: 'battery' } as const
const honest = { pv, battery, heater: { kind: 'water-heater' } } as const

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

it(
  'blocks a device that writes for another, and finds whoever floods, scans, repeats or hides',
  { timeout: 120_000 },
  async () => {
    const insiders = { impersonator: pv, replayer: pv, flooder: pv, scanner: pv }
    await using watched = await watchedGrid({ ...honest, ...insiders, renamed: pv, more: pv, others: battery })
    const { grid } = watched
    const raid = (name: AttackName, device: keyof typeof insiders | 'renamed') =>
      watched.raid(name, grid.devices[device])
    await watched.startHonest([...Object.keys(honest), 'renamed', 'more', 'others'])

    await raid('impersonation', 'impersonator')
    await found(watched, 'impersonator', ['ID-4'])
    await grid.until(async () => (await watched.level('impersonator')) === 4)
    await grid.until(async () => (await answerTo(watched, 'impersonator')) !== 200)

    await raid('expired-certificate', 'replayer')
    await raid('replay', 'replayer')
    await found(watched, 'replayer', ['TM-3'])
    await raid('resource-scan', 'scanner')
    await found(watched, 'scanner', ['FM-6', 'FM-8'])
    // on a busy machine a flood may stay below the bound of a minute
    await grid.until(async () => {
      await Promise.all([1, 2, 3].map(() => raid('request-flood', 'flooder')))
      return (await watched.rules()).get('flooder')?.has('TM-5') === true
    })
    await grid.until(async () => (await grid.detail('renamed')).information)
    const [renewal = ''] = await raid('whitewasher', 'renamed')
    await found(watched, renewal.split(' ').at(-1) ?? '', ['ID-6'])
    for (const name of Object.keys(insiders)) await suspected(watched, name)
    const strangers = [...(await watched.rules())].filter(([, fired]) => fired.has('ID-2'))
    expect(strangers.length).toBeGreaterThanOrEqual(2)
    expect(await worstOf(watched, [...Object.keys(honest), 'more', 'others'])).toBeLessThanOrEqual(1)
  },
)

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

/** Resolves when all these rules have fired on an actor, its device or its link. */
async function found({ grid, rules }: WatchedGrid, name: string, wanted: readonly string[]): Promise<void> {
  await grid.until(async () => {
    const own = [...(await rules())].filter(([subject]) => subject.split(/[~/]/).includes(name))
    const fired = new Set(own.flatMap(([, each]) => [...each]))
    return wanted.every((rule) => fired.has(rule))
  })
}

async function suspected({ grid, level }: WatchedGrid, name: string): Promise<void> {
  await grid.until(async () => (await level(name)) >= 2)
}

async function worstOf({ level }: WatchedGrid, names: readonly string[]): Promise<number> {
  return Math.max(...(await Promise.all(names.map((name) => level(name)))))
}

/** What the server says to a device; nothing when it does not let it in. */
async function answerTo({ grid }: WatchedGrid, name: string): Promise<number | undefined> {
  const certs = grid.devices[name]
  if (!certs) throw new Error(`there is no ${name}`)
  await using client = createClient({ origin: grid.addresses().server, certs })
  return client.get('/dcap').then(
    ({ status }) => status,
    () => undefined,
  )
}
