import { connect } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { createClient, type Client } from '../client/create-client.ts'
import { createLogger } from '../logger.ts'
import type { Credentials } from '../pki/credentials.ts'
import { createPki, issueDevice, issueServer } from '../pki/pki.ts'
import type { Handshake } from '../server/handshake.ts'
import { createServer } from '../server/create-server.ts'
import { systemClock } from '../time/clock.ts'
import { observeClient } from './observe-client.ts'
import { handshakeSighting, observeServer } from './observe-server.ts'
import { reportOf } from './report.ts'
import type { Sighting } from './sighting.ts'

it('reports both halves of an exchange alike at both ends', async () => {
  const { client, atServer, atClient } = await network()
  await client.get('/dcap?s=0')
  await client.put('/edev/1', '<EndDevice/>')
  await expect.poll(() => atServer.length).toBe(4)
  expect(atServer.map(essence)).toEqual(atClient.map(essence))
  expect(atServer.map(({ kind, method, path, status, resource }) => [kind, method, path, status, resource])).toEqual([
    ['request', 'GET', '/dcap?s=0', undefined, undefined],
    ['response', 'GET', '/dcap?s=0', 200, 'DeviceCapability'],
    ['request', 'PUT', '/edev/1', undefined, 'EndDevice'],
    ['response', 'PUT', '/edev/1', 204, undefined],
  ])
})

it('gives the correlation id of a client back', async () => {
  const { plain } = await network()
  const { headers } = await plain.request({ method: 'GET', path: '/dcap', headers: { 'x-correlation-id': 'abc' } })
  expect(headers['x-correlation-id']).toBe('abc')
})

it('reports the body of a request that was refused unread', async () => {
  const { client, atServer, atClient } = await network()
  await client.post('/nowhere', '<Response/>')
  await expect.poll(() => atServer.length).toBe(2)
  expect(atServer.map(essence)).toEqual(atClient.map(essence))
  expect(atServer[1]?.status).toBe(404)
})

it('tells a body that comes without a known type', async () => {
  const { client, atServer, atClient } = await network()
  await client.request({ method: 'POST', path: '/edev/1', body: 'x', headers: { 'content-type': 'text/odd' } })
  await expect.poll(() => atServer.length).toBe(2)
  expect(atServer.map(essence)).toEqual(atClient.map(essence))
})

it('knows who shakes hands, and with what', async () => {
  const { client, handshakes } = await network()
  await client.get('/dcap')
  expect(handshakes[0]).toMatchObject({
    kind: 'handshake',
    from: { role: 'DCM', id: device.lfdi },
    to: { role: 'GSP', id: server.lfdi },
    tls: { version: 'TLSv1.2', cipher: 'ECDHE-ECDSA-AES128-CCM8', chainOk: true, peerLfdi: device.lfdi },
  })
  expect(handshakes[0]?.tls?.notAfter).toBeGreaterThan(Date.now() / 1000)
})

it('knows whose certificate is refused, and why', async () => {
  const { as, handshakes } = await network()
  const expired = issueDevice(pki, { serial: 'old', notBefore: new Date(0), notAfter: new Date(1000) })
  await as(expired)
    .get('/dcap')
    .catch(() => undefined)
  await expect.poll(() => handshakes.length).toBeGreaterThan(0)
  expect(handshakes[0]).toMatchObject({
    from: { id: expired.lfdi },
    tls: { chainOk: false, error: 'CERT_HAS_EXPIRED' },
  })
})

it('names whoever shows no certificate by address', async () => {
  const { url, handshakes } = await network()
  const { hostname, port } = new URL(url)
  connect({ host: hostname, port: Number(port), ca: server.anchors.map(String), servername: 'localhost' }).on(
    'error',
    () => undefined,
  )
  await expect.poll(() => handshakes.length).toBeGreaterThan(0)
  expect(handshakes[0]).toMatchObject({ from: { role: 'UNKNOWN', id: 'addr/127.0.0.1' }, tls: { chainOk: false } })
})

it('reports a server whose certificate the client refuses, and no exchange', async () => {
  const { url } = await network()
  const seen: Sighting[] = []
  const stranger = issueDevice(createPki(), { serial: 'stranger' })
  const client = observed(url, stranger, seen)
  await expect(client.get('/dcap')).rejects.toThrow()
  expect(seen).toMatchObject([{ kind: 'handshake', from: { id: 'addr/127.0.0.1' }, tls: { chainOk: false } }])
})

const pki = createPki()
const server = issueServer(pki, { name: 'gsp' })
const device = issueDevice(pki, { serial: 'PV-1' })

async function network() {
  const atServer: Sighting[] = []
  const atClient: Sighting[] = []
  const handshakes: Sighting[] = []
  const self = { role: 'GSP', id: server.lfdi } as const
  const roleOf = () => 'DCM' as const
  const onHandshake = (one: Handshake) => void handshakes.push(handshakeSighting(one, { self, roleOf }))
  const app = createServer({ name: 'gsp', certs: server, log: createLogger('test', 'silent'), onHandshake })
  observeServer(app, { observer: (one) => void atServer.push(one), clock: systemClock, self, roleOf })
  app.get('/dcap', (_, reply) => reply.type('application/sep+xml').send(Buffer.from('<DeviceCapability/>')))
  app.put('/edev/:n', (_, reply) => reply.code(204).send())
  app.post('/edev/:n', (_, reply) => reply.code(201).send())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => void (await app.close()))
  const as = (certs: Credentials) => observed(url, certs, [])
  const plain = createClient({ origin: url, certs: device, serverName: 'localhost' })
  onTestFinished(() => plain[Symbol.asyncDispose]())
  return { url, as, plain, client: observed(url, device, atClient), atServer, atClient, handshakes }
}

function observed(origin: string, certs: Credentials, seen: Sighting[]): Client {
  const client = createClient({ origin, certs, serverName: 'localhost' })
  onTestFinished(() => client[Symbol.asyncDispose]())
  const self = { role: 'DCM', id: certs.lfdi } as const
  return observeClient(client, { observer: (one) => void seen.push(one), clock: systemClock, self })
}

/** What both witnesses have to agree on. */
function essence(sighting: Sighting) {
  const { corr, method, path, status, from, to, kind, leg } = sighting
  const { sha256 } = reportOf({ sighting, at: 0 }, 'digest')
  return { corr, method, path, status, from, to, kind, leg, sha256 }
}
