import { expect, it } from 'vitest'
import { z } from 'zod'
import { createClient } from '../client/create-client.ts'
import type { App } from '../server/create-server.ts'
import { anyPort, device, serve } from '../server/testing.ts'
import { describeApi, serveApi } from './json-face.ts'

const Order = z.strictObject({ watts: z.number(), name: z.string().min(1) })

it('checks what comes in, and names each place that does not fit', async () => {
  await using app = face()
  const post = poster(await app.listen(anyPort))
  expect(await post(JSON.stringify({ watts: 5, name: 'x' }))).toEqual([200, { watts: 5 }])
  const issues = [{ path: 'watts' }, { path: 'name' }]
  const refused = await post(JSON.stringify({ watts: 'much', name: '' }))
  expect(refused).toMatchObject([400, { error: { code: 'invalid', issues } }])
})

it('takes an empty body for none, and refuses all that is not JSON', async () => {
  await using app = face()
  const post = poster(await app.listen(anyPort))
  expect(await post('', '/nothing')).toEqual([200, { body: 'none' }])
  expect(await post('{"watts":')).toMatchObject([400, { error: { issues: [] } }])
  expect((await post('<Time/>', '/orders', 'application/sep+xml'))[0]).toBe(415)
})

it('describes itself, to programs and to people', async () => {
  await using app = face()
  await using client = createClient({ origin: await app.listen(anyPort), certs: device })
  const document = JSON.parse(String((await client.get('/openapi.json')).body))
  expect(document.paths['/orders'].post.requestBody.content['application/json'].schema.required).toEqual([
    'watts',
    'name',
  ])
  expect(document.paths['/orders'].post.responses).toHaveProperty('4XX')
  const { type, body } = await client.get('/docs')
  expect(type).toContain('text/html')
  expect(String(body)).toContain('<code>/orders</code> Order')
})

function face(): App {
  const app = serve()
  describeApi(app, { title: 'Orders', description: 'Takes orders.' })
  serveApi(app, (routes) => {
    const schema = { summary: 'Order', body: Order, response: { 200: z.object({ watts: z.number() }) } }
    routes.post('/orders', { schema }, ({ body }) => body)
    routes.post('/nothing', { schema: { summary: 'Nothing' } }, ({ body }) => ({
      body: body === undefined ? 'none' : 'some',
    }))
  })
  return app
}

function poster(origin: string) {
  return async (body: string, path = '/orders', type = 'application/json'): Promise<[number, unknown]> => {
    await using client = createClient({ origin, certs: device })
    const reply = await client.request({ method: 'POST', path, body, headers: { 'content-type': type } })
    return [reply.status, JSON.parse(String(reply.body))]
  }
}
