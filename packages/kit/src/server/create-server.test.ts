import { SepError } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { createClient } from '../client/create-client.ts'
import type { App, ServerOptions } from './create-server.ts'
import { anyPort, connectTo, device, exchange, otherDevice, serve } from './testing.ts'

it('gives a route the bytes of a 2030.5 body, whatever parameters its media type has', async () => {
  await using app = echo()
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  const headers = { 'content-type': 'application/sep+xml; csipaus=1.3' }
  const reply = await client.request({ method: 'POST', path: '/echo', headers, body: '<Time/>' })
  expect(reply).toMatchObject({ status: 201, location: '/echo/1', body: Buffer.from('<Time/>') })
})

it('reads a body that comes in chunks', async () => {
  await using app = echo()
  const url = await app.listen(anyPort)
  const head = 'Transfer-Encoding: chunked\r\nContent-Type: application/sep+xml\r\nConnection: close'
  const answer = await exchange(
    url,
    `POST /echo HTTP/1.1\r\nHost: a\r\n${head}\r\n\r\n3\r\n<Ti\r\n4\r\nme/>\r\n0\r\n\r\n`,
  )
  expect(answer).toMatch(/^HTTP\/1\.1 201 .*\r\ncontent-length: 7\r\n.*<Time\/>$/is)
})

it.each([
  ['an unknown method', 'FOO / HTTP/1.1\r\nHost: a\r\n\r\n', 501],
  ['what is not HTTP', 'hello\r\n\r\n', 400],
  ['a missing Host', 'GET /echo HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['a missing Host at an unknown path', 'GET /nothing HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['a path that is no URL', 'GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
  ['headers without end', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
])('answers %s in the words of its face', async (_what, request, status) => {
  await using app = echo({ writeFailure: (failure) => ({ type: 'text/x', body: `<${failure.status}>` }) })
  const answer = await exchange(await app.listen(anyPort), request)
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect(answer).toMatch(new RegExp(`content-type: text/x\\r\\n.*<${status}>$`, 'is'))
})

it.each([
  ['GET', '/nothing', 404, 'missing', 'nothing is at "/nothing"', []],
  ['DELETE', '/echo', 405, 'method-not-allowed', '"DELETE" is not for "/echo"', []],
  ['GET', '/refused', 403, 'forbidden', 'not yours', [{ path: '/EndDevice/lFDI', message: 'not yours' }]],
  ['GET', '/broken', 500, 'internal', 'the server failed to answer', []],
] as const)('answers %s %s with %i', async (method, path, status, code, message, issues) => {
  await using app = echo()
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  const reply = await client.request({ method, path })
  expect(reply).toMatchObject({ status, type: 'application/json; charset=utf-8' })
  expect(JSON.parse(String(reply.body))).toEqual({ error: { code, message, issues } })
})

it('tells which methods a known path has', async () => {
  await using app = echo()
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  const reply = await client.put('/things/7?s=1', '<Time/>')
  expect(reply).toMatchObject({ status: 405, headers: { allow: 'DELETE, GET, HEAD' } })
})

it('answers HEAD where it answers GET', async () => {
  await using app = echo()
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  expect(await client.request({ method: 'HEAD', path: '/things/7' })).toMatchObject({ status: 200, body: Buffer.of() })
})

it.each([
  ['a body of another media type', { 'content-type': 'text/plain' }, 'x', 415],
  ['a body beyond the limit', { 'content-type': 'application/sep+xml' }, 'x'.repeat(2000), 413],
])('refuses %s', async (_what, headers, body, status) => {
  await using app = echo({ limits: { bodyBytes: 1000 } })
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  expect(await client.request({ method: 'POST', path: '/echo', headers, body })).toMatchObject({ status })
})

it('limits the rate of one client without touching another', async () => {
  await using app = echo({ limits: { perSecond: 0.01, burst: 2 } })
  const origin = await app.listen(anyPort)
  await using hasty = createClient({ origin, certs: device })
  await using calm = createClient({ origin, certs: otherDevice })
  const statuses = [await hasty.get('/things/1'), await hasty.get('/things/1'), await hasty.get('/things/1')]
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429])
  expect(statuses.at(-1)?.retryAfter).toBeGreaterThan(90)
  expect(await calm.get('/things/1')).toMatchObject({ status: 200 })
})

it('lets in only the certificates that a face allows', async () => {
  await using app = echo({ clients: { kind: 'certificate', allow: ({ lfdi }) => lfdi === device.lfdi } })
  const origin = await app.listen(anyPort)
  await using allowed = createClient({ origin, certs: device })
  await using other = createClient({ origin, certs: otherDevice })
  expect(await allowed.get('/things/1')).toMatchObject({ status: 200 })
  expect(await other.get('/things/1')).toMatchObject({ status: 403 })
})

it('takes a bearer token on a face that asks for no certificate', async () => {
  await using app = echo({ clients: { kind: 'token', token: 'open sesame' } })
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  const ask = (authorization: string) =>
    client.request({ method: 'GET', path: '/things/1', headers: { authorization } })
  expect(await ask('Bearer open sesame')).toMatchObject({ status: 200 })
  expect(await ask('Bearer guess')).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } })
  expect(await client.get('/things/1')).toMatchObject({ status: 401 })
})

it('keeps a connection that has been idle for longer than a request may take', async () => {
  await using app = echo()
  const socket = await connectTo(await app.listen(anyPort))
  const { keepAliveTimeout, timeout } = app.server
  expect({ keepAliveTimeout, timeout }).toEqual({ keepAliveTimeout: 3_600_000, timeout: 0 })
  socket.destroy()
})

it('is tested without a connection by inject, where nobody has an LFDI', async () => {
  await using app = echo()
  const { statusCode, body } = await app.inject({ url: '/things/7', headers: { host: 'a' } })
  expect({ statusCode, body }).toEqual({ statusCode: 200, body: '7' })
})

function echo(options: Partial<ServerOptions> = {}): App {
  const app = serve(options)
  app.post<{ Body: Buffer }>('/echo', (request, reply) =>
    reply.code(201).header('location', '/echo/1').send(request.body),
  )
  app.get<{ Params: { id: string } }>('/things/:id', ({ params: { id } }) => id)
  app.delete('/things/:id', (_request, reply) => reply.code(204).send())
  app.get('/refused', () => {
    throw new SepError('forbidden', 'not yours', { path: '/EndDevice/lFDI' })
  })
  app.get('/broken', () => {
    throw new Error('the password is 1234')
  })
  return app
}
