import { once } from 'node:events'
import type { TLSSocket } from 'node:tls'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createClient } from '../client/create-client.ts'
import { anyPort, connectTo, device, serve } from './testing.ts'

it('finishes the requests in flight before it stops', async () => {
  const { app, begun, finish } = slow()
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  const reply = client.get('/slow')
  await begun
  const stopped = app.close()
  finish('done')
  expect(await reply).toMatchObject({ status: 200, body: Buffer.from('done') })
  await stopped
})

it('sends a long answer whole before it closes the connection', async () => {
  const { app, begun, finish } = slow()
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  const reply = client.get('/slow')
  await begun
  const stopped = app.close()
  finish('x'.repeat(5_000_000))
  expect((await reply).body).toHaveLength(5_000_000)
  await stopped
})

it('refuses new requests with 503 while it finishes the others', async () => {
  const { app, begun, finish } = slow()
  const origin = await app.listen(anyPort)
  await using first = createClient({ origin, certs: device })
  await using second = createClient({ origin, certs: device })
  const reply = first.get('/slow')
  await begun
  const stopped = app.close()
  expect(await second.get('/slow')).toMatchObject({ status: 503, retryAfter: 5 })
  finish('done')
  await Promise.all([reply, stopped])
})

it('does not wait for idle connections, nor for requests that never end', async () => {
  const app = serve()
  const url = await app.listen(anyPort)
  const idle = await connectTo(url)
  const half = await connectTo(url)
  half.write('POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12')
  const closed = [idle, half].map(closeOf)
  await app.close()
  await Promise.all(closed)
})

it('waits no longer than it was told to', async () => {
  const { app, begun } = slow(0.05)
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  const reply = client.request({ method: 'POST', path: '/slow', body: '' })
  const refused = expect(reply).rejects.toMatchObject({ code: 'reset' })
  await begun
  await app.close()
  await refused
})

it('counts a request as ended when its client has gone away', async () => {
  const { app, begun } = slow()
  const socket = await connectTo(await app.listen(anyPort))
  socket.write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n')
  await begun
  socket.destroy()
  await once(socket, 'close')
  await wait(20)
  await app.close()
})

function closeOf(socket: TLSSocket): Promise<void> {
  socket.on('error', () => {}) // a reset is a close too
  return new Promise((resolve) => void socket.once('close', () => resolve()))
}

/** A server with one route that answers when it is told to. */
function slow(stopSeconds = 60) {
  const app = serve({ stopSeconds })
  const begun = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<string>()
  const route = async (): Promise<string> => {
    begun.resolve()
    return answer.promise
  }
  app.get('/slow', route)
  app.post('/slow', route)
  return { app, begun: begun.promise, finish: answer.resolve }
}
