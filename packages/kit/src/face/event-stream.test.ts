import { expect, it } from 'vitest'
import type { App } from '../server/create-server.ts'
import { anyPort, connectTo, serve } from '../server/testing.ts'
import { follow, openEventStream } from './event-stream.ts'
import { createFeed, type Feed } from './feed.ts'

it('tells a listener what happens, and one that comes back what it missed', async () => {
  const feed = createFeed<string>()
  await using app = streaming(feed)
  const url = await app.listen(anyPort)
  const first = await listen(url)
  feed.publish('one')
  await expect.poll(() => first.data()).toEqual(['one'])
  const [, id = ''] = /id: (\d+)/.exec(first.text()) ?? []
  first.leave()
  feed.publish('two')
  const second = await listen(url, id)
  feed.publish('three')
  await expect.poll(() => second.data()).toEqual(['two', 'three'])
  feed[Symbol.dispose]()
  await expect.poll(() => second.text()).toMatch(/\r\n0\r\n\r\n$/) // the answer is complete
})

it('cuts off a listener that does not read', { timeout: 30_000 }, async () => {
  const feed = createFeed<string>(1)
  await using app = streaming(feed)
  const { pause } = await listen(await app.listen(anyPort))
  pause()
  // the sockets between hold some megabytes
  for (let told = 0; told < 64; told += 1) feed.publish('x'.repeat(1_000_000))
  await expect.poll(() => connectionsOf(app)).toBe(0)
})

function streaming(feed: Feed<string>): App {
  const app = serve({ stopSeconds: 0 })
  app.get('/events', (request, reply) => {
    follow(openEventStream(request, reply, 'test'), feed, (event) => ({ event: 'said', data: event }))
  })
  return app
}

function connectionsOf(app: App): Promise<number> {
  return new Promise((resolve, reject) => {
    app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })
}

async function listen(url: string, lastEventId = '') {
  const socket = await connectTo(url)
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  socket.on('error', () => undefined)
  const heard = lastEventId && `Last-Event-ID: ${lastEventId}\r\n`
  socket.write(`GET /events HTTP/1.1\r\nHost: a\r\n${heard}\r\n`)
  await expect.poll(() => text).toContain(': gridloom test')
  return {
    text: () => text,
    data: () => [...text.matchAll(/data: "(.*)"/g)].map(([, data]) => data),
    pause: () => socket.pause(),
    leave: () => socket.destroy(),
  }
}
