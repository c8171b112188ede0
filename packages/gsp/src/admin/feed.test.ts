import type { GspEvent } from '@gridloom/contracts'
import { request } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { freshLfdi, operator, testAdmin, type TestAdmin } from '../testing/test-admin.ts'

it('tells what happens as it happens', async () => {
  const admin = await feeder()
  const feed = await listen(admin)
  const lfdi = freshLfdi()
  await admin.call('POST', '/devices', { lfdi })
  const { body } = await admin.call('POST', '/controls', {
    program: '1',
    controls: { opModMaxLimW: 50 },
    delay: 10,
    duration: 60,
  })
  await admin.clock.advance(10)
  await expect
    .poll(() => feed.events())
    .toMatchObject([
      { event: 'device', change: 'registered', device: '1', lfdi },
      { event: 'control', mRID: body.mRID, program: '1', status: 'scheduled' },
      { event: 'control', mRID: body.mRID, status: 'active' },
    ])
})

it('goes on where a listener left it', async () => {
  const admin = await feeder()
  const first = await listen(admin)
  await admin.call('POST', '/devices', { lfdi: freshLfdi() })
  await expect.poll(() => first.events()).toHaveLength(1)
  await admin.call('POST', '/devices', { lfdi: freshLfdi() })
  const second = await listen(admin, first.lastId())
  await expect.poll(() => second.events()).toMatchObject([{ event: 'device', device: '2' }])
})

async function feeder(): Promise<TestAdmin> {
  const admin = await testAdmin()
  await admin.call('POST', '/groups', { name: 'feeder' })
  await admin.call('POST', '/programs', { description: 'feeder', group: 'feeder' })
  return admin
}

type Listening = Readonly<{ events(): readonly GspEvent[]; lastId(): string | undefined }>

/** Listens as an EventSource would, from the first line on. */
async function listen({ url }: TestAdmin, lastEventId?: string): Promise<Listening> {
  const key = operator.key.export({ type: 'pkcs8', format: 'pem' })
  const cert = operator.chain.map(String).join('\n')
  const ca = operator.anchors.map(String)
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${url}/events`, { key, cert, ca, headers, ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }, resolve)
      .on('error', reject)
      .end()
  })
  onTestFinished(() => void answer.destroy())
  let text = ''
  answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  const lines = (name: string): readonly string[] =>
    text.split('\n').flatMap((line) => (line.startsWith(`${name}: `) ? [line.slice(name.length + 2)] : []))
  return { events: () => lines('data').map((line) => JSON.parse(line)), lastId: () => lines('id')[0] }
}
