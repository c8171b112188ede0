import { rmSync } from 'node:fs'
import type { RegionDetail } from '@gridloom/contracts'
import { openDevice } from '@gridloom/devices'
import { expect, it } from 'vitest'
import { kill, ordersOf, regionScene, type Device } from './support/region-scene.ts'

const engine = (name: string): Device => ({
  name,
  device: { kind: 'generator', maxW: 60_000, startSeconds: 0, gradient: 0 },
})
const house = (name: string, seed = 1): Device => ({ name, device: { kind: 'building', seed, criticalShare: 0.5 } })
const houses = ['house-1', 'house-2', 'house-3'].map((name, index) => house(name, index + 1))

it('moves the houses of an engine that is killed to the other one, and never has a house on both', async () => {
  const scene = await regionScene()
  await scene.startTracker()
  const north = await scene.startHost('north', [engine('engine-north')])
  await scene.startHostHere('street', houses)
  const fed = await scene.until(isFed, holds)
  const roots = new Set(fed.leases.map(({ generator }) => generator))
  expect(roots.size).toBe(1)

  await scene.startHostHere('south', [engine('engine-south')])
  const both = await scene.until((region) => live(region, 'continuous').length === 2, holds)
  const south = both.peers.find(({ name }) => name === 'engine-south')?.id
  await kill(north)
  const after = await scene.until(
    (region) => isFed(region) && region.leases.every(({ generator }) => generator === south),
    holds,
  )
  expect(after.peers.find(({ name }) => name === 'engine-north')?.state).toBe('lost')
}, 120_000)

it('goes on with the same trees after its tracker was killed, in the next epoch; without its store it begins anew', async () => {
  const scene = await regionScene()
  const first = await scene.startTracker()
  await scene.startHostHere('north', [engine('engine-north')])
  await scene.startHostHere('street', houses)
  const before = await scene.until(isFed, holds)
  await kill(first)
  const second = await scene.startTracker()
  const after = await scene.until((region) => region.epoch === 2 && isFed(region), holds)
  expect(rootsOf(after)).toEqual(rootsOf(before))
  expect(after.moves).toBe(0)

  await kill(second)
  for (const end of ['', '-wal', '-shm']) rmSync(`${scene.folder}/tracker.db${end}`, { force: true })
  await scene.startTracker()
  await scene.until((region) => region.epoch === 1 && isFed(region), holds)
}, 120_000)

it('loses whom the network hides, and steers them again when it is mended', async () => {
  const scene = await regionScene()
  await scene.startTracker()
  await scene.startHostHere('north', [engine('engine-north')])
  await scene.startHostHere('street', houses)
  await scene.until(isFed, holds)
  scene.wire.cut()
  await scene.until((region) => region.peers.every(({ state }) => state === 'lost'), holds)
  scene.wire.mend()
  const after = await scene.until(
    (region) => isFed(region) && region.peers.every(({ state }) => state === 'live'),
    holds,
  )
  expect(after.epoch).toBe(1)
}, 120_000)

it('forgets a house that was killed, and drops its load only after a while', async () => {
  const scene = await regionScene({ keepDemandSeconds: 4 })
  await scene.startTracker()
  await scene.startHostHere('north', [engine('engine-north')])
  const street = await scene.startHost('street', houses)
  await scene.until(isFed, holds)
  await kill(street)
  const lost = await scene.until((region) => live(region, 'consumer').length === 0, holds)
  expect(lost.books.demandKw).toBeGreaterThan(0)
  await scene.until((region) => region.books.demandKw === 0, holds)
}, 120_000)

it('sheds houses by way of the generator that they hang on when its sun goes, and each says how much it gave up', async () => {
  const { scene, shine, houseOrders } = await roofAndStreet()
  await scene.startTracker()
  const street = await scene.startHostHere('street', houses)
  await scene.until(isFed, holds)
  shine(0.1)
  // said by the house itself
  await scene.until(({ peers }) => peers.some(({ note }) => note?.includes('shed')), holds)
  await expect.poll(() => houseOrders(street), { timeout: 60_000, interval: 200 }).not.toEqual([])
}, 120_000)

it('sheds the next one when a house leaves the call unanswered, and counts it when its host is back', async () => {
  const { scene, shine } = await roofAndStreet({ missedReports: 50, ackSeconds: 0.5 })
  await scene.startTracker()
  const least = await scene.startHost('lane', [{ ...house('least'), region: { class: 9 } }])
  await scene.startHostHere('street', [{ ...house('next'), region: { class: 8 } }], {})
  await scene.until(({ leases }) => leases.length === 2, holds)
  least.child.kill('SIGSTOP')
  shine(0)
  const noteOf = ({ peers }: RegionDetail, wanted: string) => peers.find(({ name }) => name === wanted)?.note ?? ''
  const dark = await scene.until((region) => noteOf(region, 'next').includes('shed'), holds)
  expect(noteOf(dark, 'least')).not.toContain('shed')
  least.child.kill('SIGCONT')
  shine(1)
  await scene.until(({ books, starving }) => books.shedKw === 0 && starving === 0, holds)
}, 120_000)

it('warns the houses of a generator that is cut off and has less than they draw, and they do with less', async () => {
  const { scene, shine, houseOrders } = await roofAndStreet()
  const tracker = await scene.startTracker()
  const street = await scene.startHostHere('street', houses)
  const { rounds } = await scene.until(isFed, holds)
  // the root learns of its tree with its next report
  await scene.until((region) => region.rounds > rounds + 3, holds)
  await kill(tracker)
  shine(0.02)
  const frugal = expect.arrayContaining([expect.objectContaining({ maxImportW: expect.any(Number) })])
  await expect.poll(() => houseOrders(street), { timeout: 60_000, interval: 200 }).toEqual(frugal)
}, 120_000)

/** A large roof under a sky in the hands of the test, and the orders that a region gives to houses. */
async function roofAndStreet(settings: object = {}) {
  let irradiance = 1
  const sky = () => ({ irradiance, temperature: 25, volts: 240, hertz: 60 })
  const scene = await regionScene(settings)
  const roof: Device = { name: 'roof', device: { kind: 'pv', maxW: 60_000, gradient: 0 } }
  await scene.startHostHere('north', [roof], {
    openDevice: (config, deps) => openDevice(config, { ...deps, environment: sky }),
  })
  const names = houses.map(({ name }) => name)
  const houseOrders = (origin: string) => ordersOf(scene, origin, names)
  return { scene, houseOrders, shine: (share: number) => void (irradiance = share) }
}

/** What has to be true in every round, whatever happens around it. */
function holds({ books, leases, peers }: RegionDetail): void {
  const { demandKw, servedKw, shedKw, deferredKw, starvingKw } = books
  expect(servedKw + shedKw + deferredKw + starvingKw).toBeCloseTo(demandKw, 5)
  expect(new Set(leases.map(({ consumer }) => consumer)).size).toBe(leases.length)
  for (const { id, kind } of peers) {
    const load = leases.filter(({ generator }) => generator === id).reduce((sum, { kw }) => sum + kw, 0)
    if (kind === 'continuous') expect(load).toBeLessThanOrEqual(0.9 * 60 + 1e-6)
  }
}

function isFed(region: RegionDetail): boolean {
  return (
    live(region, 'consumer').length === houses.length && region.leases.length === houses.length && region.starving === 0
  )
}

function live({ peers }: RegionDetail, kind: string): readonly string[] {
  return peers.filter((peer) => peer.kind === kind && peer.state === 'live').map(({ id }) => id)
}

function rootsOf({ leases }: RegionDetail): Record<string, string> {
  return Object.fromEntries(leases.map(({ consumer, generator }) => [consumer, generator]).toSorted())
}
