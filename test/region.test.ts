import type { RegionDetail } from '@gridloom/contracts'
import { openDevice } from '@gridloom/devices'
import { expect, it } from 'vitest'
import { kill, ordersOf, regionScene, type Device } from './support/region-scene.ts'

const engine = (name: string): Device => ({
  name,
  device: { kind: 'generator', maxW: 60_000, startSeconds: 0, gradient: 0 },
})
const houses = ['house-1', 'house-2', 'house-3'].map((name, index): Device => {
  return { name, device: { kind: 'building', seed: index + 1, criticalShare: 0.5 } }
})

it('moves the houses of an engine that is killed to the other one, and never has a house on both', async () => {
  const scene = await regionScene()
  await scene.startTracker()
  const north = await scene.startHost('north', [engine('engine-north')])
  await scene.startHost('street', houses)
  const fed = await scene.until(isFed, holds)
  const roots = new Set(fed.leases.map(({ generator }) => generator))
  expect(roots.size).toBe(1)

  await scene.startHost('south', [engine('engine-south')])
  const both = await scene.until((region) => live(region, 'continuous').length === 2, holds)
  const south = both.peers.find(({ name }) => name === 'engine-south')?.id
  await kill(north)
  const after = await scene.until(
    (region) => isFed(region) && region.leases.every(({ generator }) => generator === south),
    holds,
  )
  expect(after.peers.find(({ name }) => name === 'engine-north')?.state).toBe('lost')
}, 120_000)

it('goes on with the same trees after its tracker was killed, in the next epoch', async () => {
  const scene = await regionScene()
  const first = await scene.startTracker()
  await scene.startHost('north', [engine('engine-north')])
  await scene.startHost('street', houses)
  const before = await scene.until(isFed, holds)
  await kill(first)
  await scene.startTracker()
  const after = await scene.until((region) => region.epoch === 2 && isFed(region), holds)
  expect(rootsOf(after)).toEqual(rootsOf(before))
  expect(after.moves).toBe(0)
}, 120_000)

it('loses whom the network hides, and steers them again when it is mended', async () => {
  const scene = await regionScene()
  await scene.startTracker()
  await scene.startHost('north', [engine('engine-north')])
  await scene.startHost('street', houses)
  await scene.until(isFed, holds)
  scene.wire.cut()
  await scene.until((region) => region.peers.every(({ state }) => state === 'lost'), holds)
  scene.wire.mend()
  const after = await scene.until(isFed, holds)
  expect(after.epoch).toBe(1)
  expect(after.peers.every(({ state }) => state === 'live')).toBe(true)
}, 120_000)

it('forgets a house that was killed, and drops its load only after a while', async () => {
  const scene = await regionScene({ keepDemandSeconds: 4 })
  await scene.startTracker()
  await scene.startHost('north', [engine('engine-north')])
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
  const street = await scene.startHost('street', houses)
  await scene.until(isFed, holds)
  shine(0.1)
  // said by the house itself
  await scene.until(({ peers }) => peers.some(({ note }) => note?.includes('shed')), holds)
  await expect.poll(() => houseOrders(street.url), { timeout: 60_000, interval: 200 }).not.toEqual([])
}, 120_000)

it('warns the houses of a generator that is cut off and has less than they draw, and they do with less', async () => {
  const { scene, shine, houseOrders } = await roofAndStreet()
  const tracker = await scene.startTracker()
  const street = await scene.startHost('street', houses)
  const { rounds } = await scene.until(isFed, holds)
  // the root learns of its tree with its next report
  await scene.until((region) => region.rounds > rounds + 3, holds)
  await kill(tracker)
  shine(0.02)
  const frugal = expect.arrayContaining([expect.objectContaining({ maxImportW: expect.any(Number) })])
  await expect.poll(() => houseOrders(street.url), { timeout: 60_000, interval: 200 }).toEqual(frugal)
}, 120_000)

/** A large roof under a sky in the hands of the test, and the orders that a region gives to houses. */
async function roofAndStreet() {
  let irradiance = 1
  const sky = () => ({ irradiance, temperature: 25, volts: 240, hertz: 60 })
  const scene = await regionScene()
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
