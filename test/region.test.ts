import type { RegionDetail } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { kill, regionScene, type Device } from './support/region-scene.ts'

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
