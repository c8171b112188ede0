import { readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { expect, it, onTestFinished } from 'vitest'
import { market, monday, reserve, stranger, testScheduler, type TestScheduler } from './testing/test-scheduler.ts'

const limit = { prio: 25, intervalS: 600, values: [3000, 2000], startTimes: [monday + 600] }
const first = '/devices/battery/MaxPow/schedules/1'
const second = '/devices/battery/MaxPow/schedules/2'

it('runs a schedule from its start to its end, and falls back to the reserve', async () => {
  const service = await testScheduler()
  expect(await service.call('PUT', first, limit)).toMatchObject({ status: 200, body: { state: 1, validated: true } })
  expect(await service.call('POST', `${first}/validate`)).toMatchObject({ status: 200 })
  expect(await service.call('POST', `${first}/enable`)).toMatchObject({ body: { state: 3, nxtStrTm: monday + 600 } })
  expect(await service.call('GET', '/devices/battery/MaxPow/controller')).toMatchObject({
    body: { actSchdRef: 'battery/MaxPow_Res_FSCH01', output: { value: 4000, priority: 10 } },
  })
  await service.clock.advance(1300)
  expect(await service.call('GET', first)).toMatchObject({
    body: { state: 4, schdEntr: 2, value: 2000, quality: 'good', actStrTm: monday + 600, active: true },
  })
  await service.clock.advance(600)
  expect(await service.call('GET', first)).toMatchObject({ body: { state: 1, schdEntr: 0, value: null } })
  const { body } = await service.call('GET', '/devices/battery/MaxPow/controller')
  expect(body.output).toMatchObject({ value: 4000, source: 'battery/MaxPow_Res_FSCH01' })
})

it('foretells the changes to come', async () => {
  const service = await testScheduler()
  await service.call('PUT', first, limit)
  await service.call('POST', `${first}/enable`)
  const { body } = await service.call('GET', '/devices/battery/MaxPow/forecast?from=2027-03-01T00:00:00Z')
  expect(body.changes).toEqual([
    { at: monday, value: 4000 },
    { at: monday + 600, value: 3000 },
    { at: monday + 1200, value: 2000 },
    { at: monday + 1800, value: 4000 },
  ])
  expect(await service.call('GET', '/devices/battery/MaxPow/forecast?from=10&to=5')).toMatchObject({ status: 400 })
})

it('ends a forecast earlier that would take it too long, and says where', async () => {
  const service = await testScheduler()
  const values = Array.from({ length: 10 }, (_, entry) => entry)
  await service.call('PUT', first, { ...limit, intervalS: 1, values, calendars: [{ occPer: 'Hour', mn: 0 }] })
  await service.call('POST', `${first}/enable`)
  const { body } = await service.call(
    'GET',
    `/devices/battery/MaxPow/forecast?from=${monday}&to=${monday + 360 * 86_400}`,
  )
  expect(body.changes.length).toBeLessThanOrEqual(5000)
  expect(body.to).toBeGreaterThan(monday + 10 * 86_400)
  expect(body.to).toBeLessThan(monday + 360 * 86_400)
})

it('says why a schedule cannot be enabled', async () => {
  const service = await testScheduler()
  const refused = { status: 422, type: expect.stringContaining('application/problem+json') }
  expect(await service.call('POST', `${first}/enable`)).toMatchObject({ status: 403 })
  await service.call('PUT', first, { ...limit, values: [1, true] })
  expect(await service.call('POST', `${first}/enable`)).toMatchObject({ ...refused, body: { schdEnaErr: 5 } })
  await service.call('PUT', first, { ...limit, values: [1, null] })
  expect(await service.call('POST', `${first}/validate`)).toMatchObject({ ...refused, body: { schdEnaErr: 4 } })
  await service.call('PUT', first, { ...limit, startTimes: [] })
  expect(await service.call('POST', `${first}/enable`)).toMatchObject({ ...refused, body: { schdEnaErr: 6 } })
  expect(await service.call('GET', first)).toMatchObject({ body: { state: 1, schdEnaErr: 6, validated: false } })
})

it('locks what is ready or running, but for its start times', async () => {
  const service = await testScheduler()
  await service.call('PUT', first, limit)
  await service.call('POST', `${first}/enable`)
  expect(await service.call('PUT', first, limit)).toMatchObject({
    status: 409,
    body: { type: expect.stringMatching('locked') },
  })
  expect(await service.call('PATCH', first, { prio: 30 })).toMatchObject({ status: 409 })
  expect(await service.call('PATCH', first, { startTimes: [monday + 60] })).toMatchObject({
    body: { nxtStrTm: monday + 60 },
  })
  expect(await service.call('PATCH', first, { startTimes: [monday - 9000] })).toMatchObject({ status: 422 })
  expect(await service.call('PATCH', first, { prio: 30, reuse: true })).toMatchObject({ status: 400 })
  expect(await service.call('POST', `${first}/disable`)).toMatchObject({ body: { state: 1 } })
  expect(await service.call('PATCH', first, { prio: 30 })).toMatchObject({ status: 200, body: { prio: 30 } })
})

it('holds actors to their slots and their band, and everybody else to reading', async () => {
  const service = await testScheduler()
  expect(await service.call('PUT', second, limit, market)).toMatchObject({ status: 200 })
  expect(await service.call('PUT', first, limit, market)).toMatchObject({ status: 403 })
  expect(await service.call('PUT', second, { ...limit, prio: 31 }, market)).toMatchObject({ status: 403 })
  expect(await service.call('PUT', second, limit, stranger)).toMatchObject({ status: 403 })
  expect(await service.call('GET', second, undefined, stranger)).toMatchObject({ status: 200, body: { prio: 25 } })
  expect(await service.call('PUT', first, { ...limit, prio: 10 })).toMatchObject({ status: 403 })
  expect(await service.call('GET', '/audit', undefined, market)).toMatchObject({ status: 403 })
  const order = { value: 1, seconds: 60, priority: 25 }
  expect(await service.call('POST', '/devices/battery/MaxPow/direct', order, stranger)).toMatchObject({ status: 403 })
  const { body } = await service.call('GET', '/audit')
  expect(body.entries.map(({ actor, outcome }: Record<string, string>) => [actor, outcome])).toEqual([
    [stranger.lfdi, 'denied'],
    [expect.stringMatching('operator'), 'denied'],
    [stranger.lfdi, 'denied'],
    ['market', 'denied'],
    ['market', 'denied'],
    ['market', 'ok'],
  ])
})

it('lets an operator change the values of a reserve schedule, and nothing else of it', async () => {
  const service = await testScheduler()
  const path = '/devices/battery/MaxPow/schedules/reserve'
  expect(await service.call('POST', `${path}/disable`)).toMatchObject({ status: 403 })
  expect(await service.call('PATCH', path, { values: [3500] }, market)).toMatchObject({ status: 403 })
  expect(await service.call('PATCH', path, { values: [3500] })).toMatchObject({
    body: { state: 4, value: 3500, prio: 10 },
  })
  expect(await service.call('PATCH', path, { prio: 50 })).toMatchObject({ status: 403 })
  const whole = { values: [3500], intervalS: 3600, prio: 10 }
  expect(await service.call('PUT', path, { ...whole, intervalS: 60 })).toMatchObject({ status: 403 })
  expect(await service.call('PUT', path, whole)).toMatchObject({ status: 200, body: { value: 3500 } })
  await service.restart()
  expect(await service.call('GET', path)).toMatchObject({ body: { state: 4, value: 3500 } })
})

it('turns a direct command into a schedule in a free slot of the caller', async () => {
  const service = await testScheduler()
  const order = { value: 1500, seconds: 900, priority: 30 }
  const path = '/devices/battery/ActPow/direct'
  expect(await service.call('POST', path, order, market)).toMatchObject({ body: { id: '2', state: 4, value: 1500 } })
  expect(await service.call('POST', path, order, market)).toMatchObject({ status: 409 })
  expect(await service.call('POST', path, { ...order, value: true })).toMatchObject({
    status: 400,
    body: { path: 'value' },
  })
  expect(await service.call('POST', path, order, stranger)).toMatchObject({ status: 403 })
  await service.clock.advance(900)
  expect(await service.call('POST', path, { ...order, seconds: 0 }, market)).toMatchObject({ status: 400 })
  expect(await service.call('POST', path, order, market)).toMatchObject({ status: 200 })
})

it('tells what is not there, and what is not well formed', async () => {
  const service = await testScheduler()
  expect(await service.call('GET', '/devices/other')).toMatchObject({
    status: 404,
    body: { detail: expect.any(String) },
  })
  expect(await service.call('GET', '/devices/battery/MaxPow/schedules/4')).toMatchObject({ status: 404 })
  expect(await service.call('GET', '/devices/battery/Volts/controller')).toMatchObject({ status: 400 })
  expect(await service.call('PUT', first, { ...limit, prio: 'high' })).toMatchObject({
    status: 400,
    body: { path: 'prio' },
  })
  expect(await service.call('PUT', first, { ...limit, extra: 1 })).toMatchObject({ status: 400 })
  expect(await service.call('PUT', '/devices/battery', {})).toMatchObject({ status: 405 })
})

it('goes on after a restart, a running schedule at its own current entry', async () => {
  const service = await testScheduler()
  const shown = (number: number) => service.call('GET', `/devices/battery/MaxPow/schedules/${number}`)
  await service.call('PUT', first, limit)
  await service.call('POST', `${first}/enable`)
  await service.clock.advance(700)
  await service.call('PUT', second, { ...limit, prio: 40, calendars: [{ occPer: 'Hour', mn: 30 }], startTimes: [] })
  await service.call('POST', `${second}/enable`)
  await service.restart()
  expect(await shown(1)).toMatchObject({ body: { state: 4, schdEntr: 1, actStrTm: monday + 600, active: true } })
  expect(await shown(2)).toMatchObject({ body: { state: 3, nxtStrTm: monday + 1800 } })
  await service.clock.advance(700)
  expect(await shown(1)).toMatchObject({ body: { state: 4, schdEntr: 2, value: 2000 } })
})

it('drives the device: limits, set points, off, and the reserve again', async () => {
  const service = await testScheduler()
  const measured = async () => {
    await service.clock.advance(30)
    const { body } = await service.call('GET', '/devices/battery')
    return body
  }
  expect(await measured()).toMatchObject({ reached: true, alarm: null, measured: { w: 0, connected: true } })
  const power = { value: 4500, seconds: 300, priority: 50 }
  await service.call('POST', '/devices/battery/ActPow/direct', power)
  expect((await measured()).measured.w).toBeCloseTo(4000, -1)
  await service.call('POST', '/devices/battery/OnOff/direct', { value: false, seconds: 60, priority: 50 })
  expect(await measured()).toMatchObject({ reached: true, measured: { w: 0, connected: false } })
  await service.clock.advance(30)
  expect((await measured()).outputs).toContainEqual(expect.objectContaining({ quantity: 'OnOff', value: true }))
})

it('starts what waits for a signal when one who may set it does', async () => {
  const service = await testScheduler({ config: { signals: [{ name: 'low-frequency', lfdi: [market.lfdi] }] } })
  await service.call('PUT', first, { ...limit, startTimes: [], evTrg: true, inSyn: 'low-frequency', reuse: true })
  await service.call('POST', `${first}/enable`)
  expect(await service.call('POST', '/signals/low-frequency', undefined, stranger)).toMatchObject({ status: 403 })
  expect(await service.call('POST', '/signals/other')).toMatchObject({ status: 403 })
  expect(await service.call('POST', '/signals/low-frequency', undefined, market)).toMatchObject({
    body: { started: 1 },
  })
  await service.clock.advance(100)
  await service.restart()
  expect(await service.call('GET', first)).toMatchObject({ body: { state: 4, actStrTm: monday, value: 3000 } })
})

it('reads its SCL file again, and keeps the old one when the new one is wrong', async () => {
  const service = await testScheduler()
  const { scl } = service.config
  await service.call('PUT', first, limit)
  const text = readFileSync(scl, 'utf8')
  writeFileSync(scl, text.replace('<Val>4000</Val>', '<Val>4400</Val>'))
  expect(await service.call('POST', '/config/reload', undefined, market)).toMatchObject({ status: 403 })
  expect(await service.call('POST', '/config/reload')).toMatchObject({ status: 200, body: { ied: 'Edge', devices: 1 } })
  expect(await service.call('GET', '/devices/battery/MaxPow/controller')).toMatchObject({
    body: { output: { value: 4400 } },
  })
  expect(await service.call('GET', first)).toMatchObject({ body: { values: [3000, 2000] } })
  writeFileSync(scl, text.replace('battery/MaxPow_FSCH02<', 'battery/MaxPow_FSCH09<'))
  expect(await service.call('POST', '/config/reload')).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining('battery/MaxPow_FSCC1.Schd02') },
  })
  expect(await service.call('GET', '/devices/battery/MaxPow/controller')).toMatchObject({
    body: { output: { value: 4400 } },
  })
})

it('tells what happens to a device as server-sent events, and goes on where a listener left it', async () => {
  const devices = ['battery', 'other'].map((name) => ({ name, reserve }))
  const service = await testScheduler({ devices, config: { heartbeatSeconds: 86_400 } })
  const heard = await listen(service, '/scheduling/devices/battery/events')
  await service.call('PUT', '/devices/other/MaxPow/schedules/1', limit)
  await service.call('POST', '/devices/other/MaxPow/schedules/1/enable')
  await service.call('PUT', first, limit)
  await service.call('POST', `${first}/enable`)
  await service.call('PATCH', first, { prio: 26 }) // locked: nothing to tell
  await service.clock.advance(700)
  await expect
    .poll(() => heard.events().map(({ event, data }) => [event, data.device, data.state ?? data.value]))
    .toEqual([
      ['state', 'battery', 1],
      ['state', 'battery', 3],
      ['state', 'battery', 4],
      ['output', 'battery', 3000],
    ])
  const again = await listen(service, '/scheduling/devices/battery/events', heard.events()[0]?.id)
  await expect.poll(() => again.events()).toHaveLength(heard.events().length - 1)
})

it('publishes an OpenAPI document and metrics', async () => {
  const service = await testScheduler()
  await service.clock.advance(5)
  const openapi = await service.client(stranger).get('/openapi.json')
  const document = JSON.parse(openapi.body.toString())
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths)).toContain('/scheduling/devices/{device}/{quantity}/schedules/{id}/enable')
  const metrics = (await service.client(stranger).get('/metrics')).body.toString()
  expect(metrics).toMatch(/gridloom_scheduler_output\{.*quantity="MaxPow".*\} 4000/)
  expect((await service.client(stranger).get('/health')).status).toBe(200)
})

type Heard = Readonly<{ id: string; event: string; data: Record<string, unknown> }>

/** Listens as an EventSource would, from the first line on. */
async function listen({ url }: TestScheduler, path: string, lastEventId?: string) {
  const key = stranger.key.export({ type: 'pkcs8', format: 'pem' })
  const cert = stranger.chain.map(String).join('\n')
  const ca = stranger.anchors.map(String)
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${url}${path}`, { key, cert, ca, headers, ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }, resolve)
      .on('error', reject)
      .end()
  })
  onTestFinished(() => void answer.destroy())
  let text = ''
  answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  const events = (): readonly Heard[] =>
    text.split('\n\n').flatMap((block) => {
      const [, id = '', event = '', data = ''] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(block) ?? []
      return event === '' ? [] : [{ id, event, data: JSON.parse(data) as Record<string, unknown> }]
    })
  return { events }
}
