import { createServer as createTcpServer } from 'node:net'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { createPki, issueDevice, issueServer } from '../pki/pki.ts'
import { anyPort, device, serve, server } from '../server/testing.ts'
import { createClient } from './create-client.ts'

it('sends a body with its length and the media types of 2030.5', async () => {
  await using app = serve()
  app.put('/seen', ({ headers }) => headers)
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  const { body } = await client.put('/seen', '<Time/>')
  const seen: unknown = JSON.parse(String(body))
  expect(seen).toMatchObject({
    accept: 'application/sep+xml',
    'content-type': 'application/sep+xml',
    'content-length': '7',
  })
  expect(seen).not.toHaveProperty('transfer-encoding')
})

it('uses one connection, one request after the other', async () => {
  await using app = serve()
  const ports = new Set<number | undefined>()
  let open = 0
  app.get('/', async ({ socket }) => {
    ports.add(socket.remotePort)
    open += 1
    await new Promise(setImmediate)
    return String(open--)
  })
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  const replies = await Promise.all(Array.from({ length: 20 }, () => client.get('/')))
  expect(new Set(replies.map(({ body }) => String(body)))).toEqual(new Set(['1']))
  expect(ports.size).toBe(1)
})

it('tells a redirect and does not follow it', async () => {
  await using app = serve()
  app.get('/dcap', (_request, reply) => reply.redirect('https://elsewhere.example/dcap', 302))
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  expect(await client.get('/dcap')).toMatchObject({ status: 302, location: 'https://elsewhere.example/dcap' })
})

it('opens a new connection when the server has closed the old one', async () => {
  await using app = serve({ keepAliveSeconds: 0.001 })
  app.get('/', ({ socket }) => String(socket.remotePort))
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  const first = String((await client.get('/')).body)
  app.server.closeAllConnections()
  const second = String((await client.get('/')).body)
  expect(second).not.toBe(first)
})

it('says that nobody listens', async () => {
  await using app = serve()
  const origin = await app.listen(anyPort)
  await app.close()
  await using client = createClient({ origin, certs: device })
  await expect(client.get('/')).rejects.toMatchObject({ name: 'ClientError', code: 'refused' })
})

it('says that an answer did not come in time', async () => {
  await using app = serve({ stopSeconds: 0 })
  app.get('/', () => new Promise(() => {}))
  await using client = createClient({ origin: await app.listen(anyPort), certs: device, totalSeconds: 0.05 })
  await expect(client.get('/')).rejects.toMatchObject({ code: 'timeout' })
})

it('says that it was called off', async () => {
  await using app = serve({ stopSeconds: 0 })
  app.get('/', () => new Promise(() => {}))
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  await expect(client.get('/', AbortSignal.timeout(20))).rejects.toMatchObject({ code: 'aborted' })
})

it('reads no answer beyond its limit', async () => {
  await using app = serve()
  app.get('/', () => 'x'.repeat(10_000))
  await using client = createClient({ origin: await app.listen(anyPort), certs: device, bodyBytes: 1000 })
  await expect(client.get('/')).rejects.toMatchObject({ code: 'tooLarge' })
})

it('says that the other end does not speak TLS', async () => {
  const plain = createTcpServer((socket) => socket.end('hello')).listen(0)
  await once(plain, 'listening')
  const address = plain.address()
  const port = typeof address === 'object' ? address?.port : undefined
  await using client = createClient({ origin: `https://localhost:${port}`, certs: device })
  await expect(client.get('/')).rejects.toMatchObject({ code: 'tls' })
  plain.close()
})

const pki = createPki()
const elsewhere = issueServer(pki, { name: 'gsp', dns: ['gsp.example'] })
const client = issueDevice(pki, { serial: 'PV-1' })

it.each([
  ['refuses a server of another name', {}, 'tls'],
  ['finds the name that it was told to look for', { serverName: 'gsp.example' }, 200],
  ['looks for no name when it was told so', { serverName: false as const }, 200],
  ['takes the one server that was pinned', { serverName: false as const, serverLfdi: elsewhere.lfdi }, 200],
  ['refuses any server but the one that was pinned', { serverName: false as const, serverLfdi: server.lfdi }, 'tls'],
])('%s', async (_what, expected, outcome) => {
  await using app = serve({ certs: elsewhere })
  await using connection = createClient({ origin: await app.listen(anyPort), certs: client, ...expected })
  const reply = await connection.get('/healthz').catch((error: unknown) => error)
  expect(reply).toMatchObject(typeof outcome === 'number' ? { status: outcome } : { code: outcome })
})
