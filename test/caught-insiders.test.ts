import type { AttackName } from '@gridloom/attack'
import { createClient } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { found, suspected, worstOf } from './support/suspicion.ts'
import { watchedGrid, type WatchedGrid } from './support/watched-grid.ts'

const pv = { kind: 'pv', utcOffsetSeconds: 43_200 - (Math.floor(Date.now() / 1000) % 86_400) } as const
const battery = { kind: 'battery' } as const
const honest = { pv, battery, heater: { kind: 'water-heater' } } as const

it(
  'blocks a device that writes for another, and finds whoever scans, repeats or hides',
  { timeout: 120_000 },
  async () => {
    const insiders = { impersonator: pv, replayer: pv, scanner: pv }
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
    await grid.until(async () => (await watched.subject('renamed'))?.serial)
    const [renewal = ''] = await raid('whitewasher', 'renamed')
    const stranger = renewal.split(' ').at(-1) ?? ''
    await found(watched, stranger, ['ID-6'])
    await suspected(watched, stranger)
    for (const name of Object.keys(insiders)) await suspected(watched, name)
    const strangers = [...(await watched.rules())].filter(([, fired]) => fired.has('ID-2'))
    expect(strangers.length).toBeGreaterThanOrEqual(2)
    expect(await worstOf(watched, [...Object.keys(honest), 'more', 'others'])).toBeLessThanOrEqual(1)
  },
)

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
