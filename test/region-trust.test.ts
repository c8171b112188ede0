import { createHash } from 'node:crypto'
import { Observation, type RegionDetail } from '@gridloom/contracts'
import { createClient } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { regionScene, type Device, type Scene } from './support/region-scene.ts'

const engine = (name: string): Device => ({
  name,
  device: { kind: 'generator', maxW: 60_000, startSeconds: 0, gradient: 0 },
})
const house: Device = { name: 'house', device: { kind: 'building' } }

it('counts a generator for as much as the trust module trusts it, and hangs nobody on one that is distrusted', async () => {
  const scene = await regionScene()
  const dtm = await trustModule(scene, ['liar', 'honest'])
  await scene.startTracker({ dtm })
  await scene.startHostHere('north', [engine('liar')])
  await scene.startHostHere('street', [house])
  const before = await scene.until((region) => rootOf(region) === 'liar' && trustOf(region, 'liar') < 1)
  expect(trustOf(before, 'liar')).toBeGreaterThan(0)

  await scene.startHostHere('south', [engine('honest')])
  await slander(scene, dtm.url)
  const after = await scene.until((region) => rootOf(region) === 'honest')
  expect(trustOf(after, 'liar')).toBe(0)
  expect(trustOf(after, 'honest')).toBeGreaterThan(0)
}, 120_000)

/** A trust module that knows these devices and has the tracker for an operator. */
async function trustModule(scene: Scene, devices: readonly string[]) {
  const { certs, credentials } = scene.issued('dtm')
  const { url } = await scene.startActor('dtm', 'dtm', {
    listen: { host: '127.0.0.1', port: 0 },
    certs,
    store: `sqlite:${scene.folder}/dtm.db`,
    operators: [scene.trackerLfdi],
    registry: devices.map((name) => ({ lfdi: scene.deviceOf(name).credentials.lfdi, role: 'DCM' })),
    logLevel: 'error',
  })
  return { url, lfdi: credentials.lfdi, name: false, lookSeconds: 0.5 }
}

/** A device reports in the name of another one: nothing is held against it more. */
async function slander(scene: Scene, origin: string): Promise<void> {
  const [liar, honest] = ['liar', 'honest'].map((name) => scene.deviceOf(name).credentials)
  if (!liar || !honest) throw new Error('there are two devices')
  const observation = Observation.parse({
    v: 1,
    seq: 1,
    reporter: honest.lfdi,
    observedAt: Date.now() / 1000,
    leg: 'GSP-DCM',
    from: { role: 'DCM', id: honest.lfdi },
    to: { role: 'GSP', id: liar.lfdi },
    kind: 'request',
    method: 'GET',
    path: '/dcap',
    length: 0,
    sha256: createHash('sha256').digest('hex'),
  })
  const options = { origin, certs: liar, serverName: false, mediaType: 'application/json' } as const
  await using client = createClient(options)
  const { status, body } = await client.post('/dtm/observations', JSON.stringify([observation]))
  expect([status, JSON.parse(body.toString())]).toMatchObject([202, { accepted: 0 }])
}

/** Who feeds the house. */
function rootOf({ peers }: RegionDetail): string | undefined {
  const fedBy = peers.find(({ name }) => name === 'house')?.generator
  return peers.find(({ id }) => id === fedBy)?.name
}

function trustOf({ peers }: RegionDetail, wanted: string): number {
  return peers.find(({ name }) => name === wanted)?.trust ?? 1
}
