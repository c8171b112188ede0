import { connect } from 'node:net'
import { DeviceCapability, EndDevice, EndDeviceList, Error as ErrorDocument, decode, encode } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { Config } from '../config.ts'
import { endDeviceOf, registered } from '../testing/documents.ts'
import { rawRequest } from '../testing/raw-request.ts'
import { testServer } from '../testing/test-server.ts'

it('answers a known path and an unsupported method with 405 and what is allowed', async () => {
  const { client } = (await testServer()).device()
  const reply = await client.post('/tm', '')
  expect(reply.status).toBe(405)
  expect(reply.headers['allow']?.split(', ').toSorted()).toEqual(['GET', 'HEAD'])
  expect(await client.delete('/edev')).toMatchObject({ status: 405 })
})

it('answers an unknown path with 404 and an Error document', async () => {
  const { client } = (await testServer()).device()
  const reply = await client.get('/nowhere')
  expect(reply).toMatchObject({ status: 404, type: 'application/sep+xml' })
  expect(decode(ErrorDocument, reply.body)).toEqual({ reasonCode: 0 })
})

it('has HEAD on what has GET', async () => {
  const { client } = (await testServer()).device()
  const reply = await client.request({ method: 'HEAD', path: '/dcap' })
  expect(reply).toMatchObject({ status: 200 })
  expect(Number(reply.headers['content-length'])).toBeGreaterThan(100)
  expect(reply.body).toHaveLength(0)
})

it.each([
  [undefined, 200],
  ['application/sep+xml; level=+S1', 200],
  ['text/html, */*;q=0.1', 200],
  ['application/sep-exi, application/sep+xml', 200],
  ['application/sep-exi', 406],
  ['application/sep+xml;q=0', 406],
])('answers Accept %s with %i', async (accept, status) => {
  const { client } = (await testServer()).device()
  const headers: Record<string, string> = accept === undefined ? {} : { accept }
  expect(await client.request({ method: 'GET', path: '/dcap', headers })).toMatchObject({ status })
})

it('refuses a body of another type, one that is too large and one that is not well formed', async () => {
  const server = await testServer()
  const device = server.device()
  const { client } = device
  const post = (type: string, body: string) =>
    client.request({ method: 'POST', path: '/edev', headers: { 'content-type': type }, body })
  expect(await post('application/json', '{}')).toMatchObject({ status: 415 })
  expect(await post('application/sep+xml', ' '.repeat(300_000))).toMatchObject({ status: 413 })
  const malformed = await post('application/sep+xml', '<EndDevice')
  expect(malformed).toMatchObject({ status: 400 })
  expect(decode(ErrorDocument, malformed.body)).toEqual({ reasonCode: 0 })
  expect(await post('application/sep+xml', '')).toMatchObject({ status: 400 })
  expect(
    await post('application/sep+xml; csipaus=1.3', encode(EndDevice, endDeviceOf(device)).toString()),
  ).toMatchObject({
    status: 201,
  })
})

it('answers a post without any body, and a path that is none, with 400 and an Error document', async () => {
  const server = await testServer()
  const { credentials } = server.device()
  for (const start of ['POST /edev', 'GET /edev/%zz']) {
    const answer = await rawRequest(server.url, credentials, `${start} HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(answer).toContain('<reasonCode>')
  }
})

it('answers an unknown method with 501, one it has nowhere with 405 and a request without Host with 400', async () => {
  const server = await testServer()
  const { credentials } = server.device()
  expect(await rawRequest(server.url, credentials, 'FOO /dcap HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 501 /)
  expect(await rawRequest(server.url, credentials, 'PATCH /dcap HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(
    /^HTTP\/1.1 405 /,
  )
  expect(await rawRequest(server.url, credentials, 'GET /dcap HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /)
})

it('slows down a client that asks too often, with the time to wait', async () => {
  const { limits } = Config.parse({ certs: 'unused' })
  const server = await testServer({ config: { limits: { ...limits, perSecond: 0.1, burst: 1 } } })
  const { client } = server.device()
  expect(await client.get('/dcap')).toMatchObject({ status: 200 })
  const refused = await client.get('/dcap')
  expect(refused).toMatchObject({ status: 429, retryAfter: 10 })
  expect(decode(ErrorDocument, refused.body)).toEqual({ maxRetryDuration: 10, reasonCode: 4 })
})

it('gives strangers the entry, the time and empty lists, and nothing else', async () => {
  const server = await testServer()
  await registered(server.device())
  const stranger = server.device()
  const entry = await stranger.get(DeviceCapability, '/dcap')
  expect(entry).toMatchObject({ EndDeviceListLink: { all: 0 }, MirrorUsagePointListLink: { all: 0 } })
  expect(await stranger.get(EndDeviceList, '/edev')).toMatchObject({ all: 0, results: 0 })
  for (const path of ['/edev/1', '/edev/1/der', '/edev/99', '/upt', '/mup/1', '/edev/1/derp/1/derc']) {
    expect(await stranger.client.get(path)).toMatchObject({ status: 403 })
  }
})

it('ends a connection that does not speak TLS', async () => {
  const { url } = await testServer()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.end('GET /dcap HTTP/1.1\r\n\r\n')
  const answer = await new Promise<string>((resolve) => {
    let text = ''
    socket.on('data', (data) => (text += String(data)))
    socket.on('error', () => resolve(text))
    socket.on('close', () => resolve(text))
  })
  expect(answer).not.toContain('200')
})
