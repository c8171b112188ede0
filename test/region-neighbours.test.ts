import type { RegionDetail } from '@gridloom/contracts'
import { createClient } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { freePort, kill, regionScene, type Device, type Running, type Scene } from './support/region-scene.ts'

const engine = (name: string): Device => ({
  name,
  device: { kind: 'generator', maxW: 60_000, startSeconds: 0, gradient: 0 },
})
const house = (name: string): Device => ({ name, device: { kind: 'building' } })

it('has a house fed by the neighbour, also when its own tracker is killed; when the neighbour is, only after its lease', async () => {
  const scene = await regionScene({ bootstrap: { regions: 2 } })
  const { rich, startPoor } = await twoTrackers(scene, { house: 0, near: 0, far: 1 }, { areNeighbours: true })
  const poor = await startPoor()
  await scene.startHostHere('street', [house('house')])
  await scene.startHostHere('north', [engine('far')])
  let leasedUntil = 0
  const once = ({ leases, at }: RegionDetail): void => {
    expect(leases.length).toBeLessThanOrEqual(1)
    for (const { region, validUntil } of leases) {
      if (region === 1) leasedUntil = Math.max(leasedUntil, validUntil)
      else expect(at).toBeGreaterThanOrEqual(leasedUntil)
    }
  }
  const isLent = (region: RegionDetail): boolean => region.starving === 0 && region.leases[0]?.region === 1
  const lent = await scene.until(isLent, once)
  expect(lent).toMatchObject({ lent: 1, books: { demandKw: 0 } })
  await scene.until(({ guests, leases }) => guests === 1 && leases.length === 1, undefined, {
    url: rich.url,
    region: 1,
  })

  await kill(poor)
  await startPoor()
  await scene.until((region) => region.epoch === 2 && region.phase === 'steering' && isLent(region), once)

  await kill(rich)
  await scene.startHostHere('south', [engine('near')])
  await scene.until(({ leases, lent: away }) => away === 0 && leases[0]?.region === 0, once)
}, 120_000)

it('does not feel a bootstrap that hangs or dies, and lets others in when it is back', async () => {
  const scene = await regionScene({ missedReports: 10, bootstrap: undefined })
  const gate = scene.issued('gate')
  const port = await freePort()
  const bootstrap = { url: `https://127.0.0.1:${port}`, lfdi: gate.credentials.lfdi, name: false }
  const region = { bootstrap, recheckSeconds: 0.5 }
  const startGate = (): Promise<Running> =>
    scene.startActor('gate', 'tracker', {
      listen: { host: '127.0.0.1', port },
      certs: gate.certs,
      store: `sqlite:${scene.folder}/gate.db`,
      bootstrap: { regions: 1, trackers: [{ region: 0, url: scene.wire.url, lfdi: scene.trackerLfdi }] },
      logLevel: 'error',
    })
  const open = await startGate()
  await scene.startTracker({ bootstraps: [gate.credentials.lfdi] })
  await scene.startHostHere('north', [engine('engine')], {}, { region })
  await scene.startHostHere('street', [house('house')], {}, { region })
  const { rounds } = await scene.until(({ leases }) => leases.length === 1)
  const live = ({ peers }: RegionDetail): void => expect(peers.map(({ state }) => state)).toEqual(['live', 'live'])

  open.child.kill('SIGSTOP')
  await scene.startHostHere('south', [engine('late')], {}, { region })
  // longer than a peer may be silent, shorter than a host waits for the answer
  await scene.until((now) => now.rounds > rounds + 12, live)
  await kill(open)
  await scene.until((now) => now.rounds > rounds + 15, live)
  await startGate()
  await scene.until(({ peers }) => peers.length === 3 && peers.every(({ state }) => state === 'live'))
}, 120_000)

it('goes where its operator says, and with two trackers that claim it by epoch, then by hash', async () => {
  const scene = await regionScene({ bootstrap: { regions: 2 } })
  const { rich, startRich, startPoor } = await twoTrackers(scene, { moved: 0, claimed: 0 }, { areNeighbours: false })
  const poor = await startPoor()
  const url = await scene.startHostHere('street', [house('claimed')], {}, { region: { recheckSeconds: 1000 } })
  await scene.startHostHere('lane', [house('moved')], {}, { region: { recheckSeconds: 0.5 } })
  const { peers } = await scene.until((region) => namesOf(region).length === 2)
  await kill(poor)
  await startPoor({ moved: 1, claimed: 0 })
  await scene.until((region) => namesOf(region).includes('moved'), undefined, { url: rich.url, region: 1 })
  await scene.until((region) => region.epoch === 2 && String(namesOf(region)) === 'claimed')

  // epoch 1 against 2
  const claimed = peers.find(({ name }) => name === 'claimed')
  const peer = {
    id: claimed?.id,
    name: 'claimed',
    kind: 'consumer',
    capacityKw: 10,
    url,
    host: claimed?.host,
  }
  await register(scene, rich.url, peer)
  await scene.until(({ peers: [first, second] }) => first?.name === 'moved' && !second, undefined, {
    url: rich.url,
    region: 1,
  })
  await scene.until((region) => String(namesOf(region)) === 'claimed')
  // 2 against 2, and the name falls into region 0; then 3
  await kill(rich)
  const second = await startRich()
  await register(scene, second.url, peer)
  await scene.until(({ peers: [first, other] }) => first?.name === 'moved' && !other, undefined, {
    url: second.url,
    region: 1,
  })
  await scene.until((region) => String(namesOf(region)) === 'claimed')
  await kill(second)
  const third = await startRich()
  await register(scene, third.url, peer)
  await scene.until((region) => namesOf(region).length === 2, undefined, { url: third.url, region: 1 })
  await scene.until((region) => region.peers.length === 0)
}, 120_000)

/** A poor region 0 with the bootstrap, and region 1 at a tracker of its own. */
async function twoTrackers(
  scene: Scene,
  members: Readonly<Record<string, number>>,
  { areNeighbours }: Readonly<{ areNeighbours: boolean }>,
) {
  const own = scene.issued('rich')
  const port = await freePort()
  const far = { region: 1, url: `https://127.0.0.1:${port}`, lfdi: own.credentials.lfdi }
  const near = { region: 0, url: scene.wire.url, lfdi: scene.trackerLfdi }
  const startRich = (): Promise<Running> =>
    scene.startActor('rich', 'tracker', {
      listen: { host: '127.0.0.1', port },
      certs: own.certs,
      store: `sqlite:${scene.folder}/rich.db`,
      bootstraps: [scene.trackerLfdi, scene.operator.lfdi],
      regions: [{ region: 1, neighbours: areNeighbours ? [near] : [] }],
      periodSeconds: 0.4,
      dwellSeconds: 0,
      leaseSeconds: 6,
      logLevel: 'error',
    })
  return {
    rich: await startRich(),
    startRich,
    startPoor: (placed = members) =>
      scene.startTracker({
        bootstrap: { regions: 2, trackers: [far], members: placed },
        regions: [{ region: 0, neighbours: areNeighbours ? [far] : [] }],
      }),
  }
}

/** What the bootstrap of another process would say. */
async function register({ operator }: Scene, origin: string, peer: object): Promise<void> {
  await using client = createClient({ origin, certs: operator, serverName: false, mediaType: 'application/json' })
  const { status } = await client.post('/regions/1/register', JSON.stringify({ peers: [peer] }))
  expect(status).toBe(200)
}

/** Who is there and heard. */
function namesOf({ peers }: RegionDetail): readonly string[] {
  return peers.filter(({ state }) => state === 'live').map(({ name }) => name)
}
