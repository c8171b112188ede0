import { once } from 'node:events'
import { TrustAlert } from '@gridloom/contracts'
import { createLogger, createServer, issueServer } from '@gridloom/kit'
import { request } from 'node:https'
import { expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import { dtm, observation, peers, pki } from './testing/test-dtm.ts'

it('tells a subscriber again until it has taken the alert, and goes on after it', async () => {
  const told: TrustAlert[] = []
  let refusals = 2
  const url = await subscriber((alerts) => {
    refusals -= 1
    if (refusals >= 0) return 503
    told.push(...alerts)
    return 200
  })
  await using net = await dtm({ subscribers: [{ url, name: false, role: 'GSP' }] })
  await net.report([impostor(1)])
  await vi.waitFor(async () => {
    await net.clock.advance(4)
    expect(told.length).toBeGreaterThan(0)
  }, slow)
  expect(told[0]).toMatchObject({ type: 'level-change', subject: peers.dcm.lfdi, levelTo: 4 })
  expect(told[0]?.recommended).toContain('deny')
  await net.restart()
  await net.post(`/dtm/subjects/${peers.dcm.lfdi}/release`)
  await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ levelFrom: 4, levelTo: 2 }), slow)
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length)
})

it('has alerts in their order, after a number', async () => {
  await using net = await dtm()
  await net.report([impostor(1)])
  const all = z.array(TrustAlert).parse((await net.get('/dtm/alerts')).body)
  expect(all.map(({ type }) => type)).toEqual(expect.arrayContaining(['finding', 'level-change']))
  expect((await net.get(`/dtm/alerts?since=${all.at(-1)?.seq}`)).body).toEqual([])
  expect((await net.get('/dtm/alerts', peers.dcm)).body).toEqual([]) // no word to whom it is about
})

it('streams alerts as they happen', async () => {
  await using net = await dtm()
  const { key, chain, anchors } = peers.operator
  const stream = request(`${net.url}/dtm/alerts/stream`, {
    key: key.export({ type: 'pkcs8', format: 'pem' }),
    cert: chain.map(String).join(''),
    ca: anchors.map(String),
    checkServerIdentity: () => undefined,
  })
  stream.end()
  const [response] = await once(stream, 'response')
  let text = ''
  response.on('data', (data: Buffer) => (text += String(data)))
  await net.report([impostor(1)])
  await vi.waitFor(() => expect(text).toMatch(/event: level-change\ndata: \{.*"levelTo":4/), slow)
  stream.destroy()
})

const slow = { timeout: 20_000, interval: 50 }

/** What a DCM reports in the name of another. */
function impostor(seq: number) {
  return { ...observation(seq), reporter: peers.other.lfdi }
}

/** A server that is told of alerts and answers each time with a status. */
async function subscriber(take: (alerts: readonly TrustAlert[]) => number): Promise<string> {
  const app = createServer({
    name: 'subscriber',
    certs: issueServer(pki, { name: 'subscriber' }),
    log: createLogger('t', 'silent'),
  })
  onTestFinished(() => app.close())
  app.post('/trust/alerts', (message, reply) => reply.code(take(z.array(TrustAlert).parse(message.body))).send())
  return `${await app.listen({ host: '127.0.0.1', port: 0 })}/trust/alerts`
}
