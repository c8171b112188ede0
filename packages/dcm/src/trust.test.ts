import type { FleetDevice, FleetEvent } from '@gridloom/contracts'
import {
  createClient,
  createPki,
  issueAggregator,
  issueDevice,
  issueServer,
  writeCredentials,
  type Actor,
} from '@gridloom/kit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { start } from './app.ts'
import { Config } from './config.ts'
import { scriptedDtm } from '@gridloom/kit/testing'
import { utility } from './testing/utility.ts'

const pki = createPki()
const dcm = issueDevice(pki, { serial: 'pv' })
const owner = issueServer(pki, { name: 'home' })
const operator = issueAggregator(pki, { name: 'operator' })

it('reports both halves of each exchange under the correlation id that it sent, and who the server is', async () => {
  const { dtm, server } = await home()
  const ofServer = () => dtm.observations.filter(({ leg, reporter }) => leg === 'GSP-DCM' && reporter === dcm.lfdi)
  await expect.poll(() => ofServer().some(({ path }) => path === '/dderc'), slow).toBe(true)
  const [asked, answered] = ofServer().filter(({ path }) => path === '/dcap')
  expect(asked).toMatchObject({ kind: 'request', from: { role: 'DCM', id: dcm.lfdi }, to: { id: server.lfdi } })
  expect(answered).toMatchObject({ kind: 'response', status: 200, resource: 'DeviceCapability', corr: asked?.corr })
  expect(server.requests.find(({ url }) => url === '/dcap')?.corr).toBe(asked?.corr)
})

it('reports what its device is told and does', async () => {
  const { dtm } = await home()
  const der = `${dcm.lfdi}/der/1`
  const ofDevice = (kind: string) => dtm.observations.filter((one) => one.leg === 'DCM-DER' && one.kind === kind)
  await expect.poll(() => ofDevice('device-command').some(({ body }) => body?.includes('0.9')), slow).toBe(true)
  expect(JSON.parse(ofDevice('device-command').at(-1)?.body ?? '')).toEqual({ setpoint: { opModMaxLimW: 0.9 } })
  const readings = ofDevice('device-reply').filter(({ path }) => path === '/der/1/status')
  expect(readings[0]).toMatchObject({ from: { role: 'DER', id: der }, to: { id: dcm.lfdi }, status: 200 })
  expect(JSON.parse(readings[0]?.body ?? '')).toMatchObject({ watts: expect.any(Number), connected: true })
})

it('goes on the default control of before when its server is blocked, and follows it again on release', async () => {
  const { server, setpoint, raise, posture } = await home()
  server.issue('E1', { opModMaxLimW: 2000 })
  await expect.poll(setpoint, slow).toEqual({ opModMaxLimW: 0.2 })
  await raise(3, server.lfdi)
  server.setDefault({ opModMaxLimW: 0 })
  await raise(4, server.lfdi)
  await expect.poll(setpoint, slow).toEqual({ opModMaxLimW: 0.9 })
  const polls = server.requests.length
  await expect.poll(() => server.requests.length, slow).toBeGreaterThan(polls + 5)
  expect([setpoint(), await posture()]).toEqual([{ opModMaxLimW: 0.9 }, { server: 'local', isOnDefault: false }])
  await raise(1, server.lfdi)
  await expect.poll(setpoint, slow).toEqual({ opModMaxLimW: 0.2 })
})

it('refuses a disconnection from a distrusted server, and follows what is inside its envelope', async () => {
  const { server, setpoint, raise } = await home()
  await expect.poll(setpoint, slow).toEqual({ opModMaxLimW: 0.9 })
  await raise(3, server.lfdi)
  server.issue('E1', { opModConnect: false })
  await expect.poll(() => server.responses, slow).toContain('E1 252')
  server.issue('E2', { opModMaxLimW: 5000 })
  await expect.poll(() => server.responses, slow).toContain('E2 2')
  await expect.poll(setpoint, slow).toEqual({ opModMaxLimW: 0.5 })
})

it('only looks at the controls of a suspect server more closely', async () => {
  const { server, setpoint, raise } = await home()
  await raise(2, server.lfdi)
  server.issue('E1', { opModConnect: false })
  await expect.poll(setpoint, slow).toEqual({ opModMaxLimW: 0.9, opModConnect: false })
})

it('puts its device on the default control when that is distrusted', async () => {
  const { server, setpoint, raise } = await home()
  server.issue('E1', { opModMaxLimW: 2000 })
  await expect.poll(setpoint, slow).toEqual({ opModMaxLimW: 0.2 })
  await raise(3, `${dcm.lfdi}/der/1`)
  await expect.poll(setpoint, slow).toEqual({ opModMaxLimW: 0.9 })
})

it('writes its state anew when it is suspect itself, and shakes hands anew when its link is', async () => {
  const { server, raise } = await home()
  const writes = () => server.requests.filter(({ method, url }) => method === 'PUT' && url === '/edev/1/di').length
  await expect.poll(writes, slow).toBe(1)
  await raise(2, dcm.lfdi)
  await expect.poll(writes, slow).toBe(2)
  await raise(2, `${dcm.lfdi}~${server.lfdi}`)
  await expect.poll(server.handshakes, slow).toBe(2)
})

it('takes alerts from the DTM alone', async () => {
  const { url, dtm, server, posture } = await home()
  await using stranger = createClient({ origin: url, certs: operator, mediaType: 'application/json' })
  const alerts = JSON.stringify([dtm.alertOf(server.lfdi, 4, { role: 'GSP' })])
  expect((await stranger.post('/trust/alerts', alerts)).status).toBe(403)
  await using intruder = createClient({ origin: url, certs: dtm.certs, mediaType: 'application/json' })
  expect((await intruder.get('/devices')).status).toBe(403)
  expect(await posture()).toEqual({ server: 'follow', isOnDefault: false })
})

it('holds on to the last levels after a restart, whether or not the DTM is there', async () => {
  const folder = freshFolder()
  const before = await home({ folder })
  await expect.poll(before.setpoint, slow).toEqual({ opModMaxLimW: 0.9 })
  await before.raise(4, before.server.lfdi)
  await before.stop()
  const { setpoint, posture } = await home({ folder, known: before, dtmUrl: 'https://127.0.0.1:9' })
  await expect.poll(setpoint, slow).toEqual({ opModMaxLimW: 0.9 })
  expect(await posture()).toMatchObject({ server: 'local' })
})

const slow = { timeout: 20_000 }

type Known = Readonly<{
  dtm: Awaited<ReturnType<typeof scriptedDtm>>
  server: Awaited<ReturnType<typeof utility>>
}>
type Options = Readonly<{ folder?: string; known?: Known; dtmUrl?: string }>

/** One DCM with an emulated device, a utility and a DTM, all over real TLS. */
async function home({ folder = freshFolder(), known, dtmUrl }: Options = {}) {
  const { dtm, server } = known ?? { dtm: await scriptedDtm(pki), server: await utility(pki, dcm) }
  writeCredentials(join(folder, 'home'), owner)
  writeCredentials(join(folder, 'dcm'), dcm)
  const config = Config.parse({
    server: { url: server.url, name: 'localhost' },
    certs: join(folder, 'home'),
    dcms: [{ name: 'pv', certs: join(folder, 'dcm'), device: { kind: 'pv', maxW: 5000, gradient: 0 } }],
    operators: [operator.lfdi],
    leastPollSeconds: 0.2,
    tickSeconds: 0.2,
    staggerSeconds: 0,
    store: `sqlite:${join(folder, 'dcm.db')}`,
    listen: { host: '127.0.0.1', port: 0 },
    dtm: { url: dtmUrl ?? dtm.url, lfdi: dtm.lfdi, name: 'localhost', queue: `sqlite:${join(folder, 'reports.db')}` },
    logLevel: 'silent',
  })
  let latest: FleetDevice | undefined
  const tell = (event: FleetEvent): void => {
    if (event.event === 'device') latest = event
  }
  const actor: Actor = await start(config, { tell })
  let isRunning = true
  const stop = async (): Promise<void> => {
    if (isRunning) await actor[Symbol.asyncDispose]()
    isRunning = false
  }
  onTestFinished(stop)
  const asking = createClient({ origin: actor.url, certs: operator, mediaType: 'application/json' })
  onTestFinished(() => asking[Symbol.asyncDispose]())
  return {
    dtm,
    server,
    url: actor.url,
    stop,
    setpoint: () => latest?.setpoint,
    async posture(): Promise<object> {
      const { server: word, isOnDefault } = JSON.parse((await asking.get('/trust')).body.toString()).devices[0]
      return { server: word, isOnDefault }
    },
    raise(level: number, subject: string) {
      const role = subject === server.lfdi ? ('GSP' as const) : ('DCM' as const)
      return dtm.post(actor.url, [dtm.alertOf(subject, level, { role })])
    },
  }
}

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-dcm-trust-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
