import { Gauge } from 'prom-client'
import { expect, it } from 'vitest'
import { createClient } from '../client/create-client.ts'
import { createPki, issueDevice } from '../pki/pki.ts'
import { openOps } from './open-ops.ts'
import { anyPort, device, exchange, serve } from './testing.ts'

const loopback = { host: '127.0.0.1', port: 0 }

it('says over plain HTTP that an actor is well, and that it is stopping', async () => {
  const app = serve()
  await app.listen(anyPort)
  await using ops = await openOps({ listen: loopback, apps: [app] })
  expect(await ask(`${ops.url}/healthz`)).toEqual({ status: 200, text: '{"status":"ok"}' })
  await app.close()
  expect(await ask(`${ops.url}/healthz`)).toEqual({ status: 503, text: '{"status":"stopping"}' })
})

it('shows the requests of a server, its own gauges and the process', async () => {
  await using app = serve()
  new Gauge({ name: 'gridloom_devices', help: 'devices', registers: [app.metrics] }).set(7)
  app.get('/things/:id', () => 'thing')
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  await client.get('/things/1')
  await client.get('/things/2')
  await client.get('/nothing')
  await using ops = await openOps({ listen: loopback, apps: [app] })
  const { text } = await ask(`${ops.url}/metrics`)
  expect(text).toContain('count{server="gsp",method="GET",route="/things/:id",status="200"} 2')
  expect(text).toContain('count{server="gsp",method="GET",route="unknown",status="404"} 1')
  expect(text).toContain('gridloom_devices{server="gsp"} 7')
  expect(text).toContain('process_resident_memory_bytes')
})

it('counts what never became a request, by the stage that refused it', async () => {
  await using app = serve()
  const url = await app.listen(anyPort)
  await exchange(url, 'FOO / HTTP/1.1\r\n\r\n')
  await using stranger = createClient({
    origin: url,
    certs: { ...issueDevice(createPki(), { serial: 'x' }), anchors: device.anchors },
  })
  await expect(stranger.get('/')).rejects.toThrow('TLS')
  const text = await app.metrics.metrics()
  expect(text).toContain('gridloom_connections_refused_total{stage="protocol",server="gsp"} 1')
  expect(text).toMatch(/gridloom_connections_refused_total\{stage="handshake",server="gsp"\} [12]/) // the client tries twice
})

it('serves nothing else', async () => {
  await using ops = await openOps({ listen: loopback })
  expect(await ask(`${ops.url}/edev`)).toMatchObject({ status: 404 })
})

it('is also on the face itself, but for metrics where devices connect', async () => {
  await using app = serve({ exposeMetrics: false })
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  expect(await client.get('/healthz')).toMatchObject({ status: 200 })
  expect(await client.get('/metrics')).toMatchObject({ status: 404 })
})

async function ask(url: string) {
  const reply = await fetch(url)
  return { status: reply.status, text: await reply.text() }
}
