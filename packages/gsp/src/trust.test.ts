import type { TrustSubject } from '@gridloom/contracts'
import {
  createClient,
  createPki,
  issueAggregator,
  issueDevice,
  issueServer,
  writeCredentials,
  type Credentials,
} from '@gridloom/kit'
import {
  decode,
  DERCapability,
  DERControlList,
  DERStatus,
  DeviceInformation,
  encode,
  FlowReservationRequest,
  FlowReservationResponseList,
  LogEventList,
  type Element,
} from '@gridloom/sep2030'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { start } from './app.ts'
import { Config } from './config.ts'
import { scriptedDtm } from '@gridloom/kit/testing'

const pki = createPki()
const operator = issueAggregator(pki, { name: 'operator' })
const gsp = issueServer(pki, { name: 'gsp' })
let devices: readonly Credentials[] = []
beforeAll(() => {
  devices = Array.from({ length: 12 }, (_, n) => issueDevice(pki, { serial: `pv-${n}` }))
})

it('reports each exchange with its bytes and who it is, and each handshake', async () => {
  const { dtm, first } = await grid()
  const { body } = await first.client.request({ method: 'GET', path: '/dcap', headers: { 'x-correlation-id': 'c-1' } })
  await expect.poll(() => dtm.observations.filter(({ corr }) => corr === 'c-1'), slow).toHaveLength(2)
  expect(dtm.observations.filter(({ corr }) => corr === 'c-1')).toMatchObject([
    { kind: 'request', from: { role: 'DCM', id: first.lfdi }, to: { role: 'GSP', id: gsp.lfdi }, path: '/dcap' },
    { kind: 'response', reporter: gsp.lfdi, status: 200, resource: 'DeviceCapability', body: body.toString() },
  ])
  const handshakes = dtm.observations.filter(({ kind }) => kind === 'handshake')
  expect(handshakes).toMatchObject([{ from: { id: first.lfdi }, tls: { chainOk: true, address: '127.0.0.1' } }])
})

it('tells the registry who takes part, and what a device is rated for as soon as it says so', async () => {
  const { dtm, first, second } = await grid()
  await expect.poll(() => dtm.members.get(second.lfdi), slow).toBeDefined()
  await expect.poll(() => dtm.members.get(first.lfdi), slow).toMatchObject({ role: 'DCM', group: 'feeder' })
  expect([...dtm.members.keys()].toSorted()).toEqual([first.lfdi, second.lfdi].toSorted())
  const capability = `<DERCapability xmlns="urn:ieee:std:2030.5:ns"><modesSupported>0000</modesSupported>
    <rtgMaxW><multiplier>2</multiplier><value>50</value></rtgMaxW><type>4</type></DERCapability>`
  expect((await first.client.put('/edev/1/der/1/dercap', capability)).status).toBe(204)
  await expect.poll(() => dtm.members.get(first.lfdi), slow).toMatchObject({ reportedMaxW: 5000, source: 'pv' })
})

it('tells no serial number but the one that the operator entered', async () => {
  const { dtm, first, operate, device } = await grid()
  const told = { lFDI: first.lfdi, mfDate: 0, mfHwVer: '1', mfID: 1, mfModel: 'M', mfSerNum: 'PV-8', swVer: '1' }
  const rest = { functionsImplemented: '00', primaryPower: 1, secondaryPower: 0, swActTime: 0 } as const
  expect((await first.put('/edev/1/di', DeviceInformation, { ...told, ...rest })).status).toBe(201)
  const modes = { modesSupported: '0000', doeModesSupported: '00' }
  await first.put('/edev/1/der/1/dercap', DERCapability, { ...modes, rtgMaxW: { multiplier: 0, value: 5000 }, type: 4 })
  await expect.poll(() => dtm.members.get(first.lfdi)?.reportedMaxW, slow).toBe(5000)
  expect(dtm.members.get(first.lfdi)?.serial).toBeUndefined()
  await operate('PATCH', `/devices/${first.lfdi}`, { serial: 'PV-7' })
  await expect.poll(() => dtm.members.get(first.lfdi)?.serial, slow).toBe('PV-7')
  expect(await device(first.lfdi)).toMatchObject({ serial: 'PV-7', information: { mfSerNum: 'PV-8' } })
})

it('takes those out of the registry who were removed, also while the trust module was away', async () => {
  const folder = freshFolder()
  const before = await grid({ folder })
  const { dtm, first, second } = before
  await expect.poll(() => [...dtm.members.keys()], slow).toEqual(expect.arrayContaining([first.lfdi, second.lfdi]))
  await before.operate('DELETE', `/devices/${first.lfdi}`)
  await expect.poll(() => [...dtm.members.keys()], slow).toEqual([second.lfdi])
  dtm.turnAway(true)
  await before.operate('DELETE', `/devices/${second.lfdi}`)
  await before.stop()
  dtm.turnAway(false)
  await grid({ folder, dtm })
  await expect.poll(() => dtm.members.size, slow).toBe(0)
})

it('expects reports of those clients alone that number their exchanges', async () => {
  const { dtm, first, second } = await grid()
  await second.client.get('/dcap')
  await first.client.request({ method: 'GET', path: '/dcap', headers: { 'x-correlation-id': 'c-1' } })
  await expect.poll(() => dtm.members.get(second.lfdi)?.reports, slow).toBe(false)
  await expect.poll(() => dtm.members.get(first.lfdi)?.reports, slow).toBe(true)
})

it('has the state of a suspect read back, and says when it was', async () => {
  const { first, raise, device } = await grid()
  await raise(2, first.lfdi)
  expect(await device(first.lfdi)).toMatchObject({ trust: { level: 2, enforcement: 'read-back', isReadBack: false } })
  const now = Math.ceil(Date.now() / 1000)
  await first.put('/edev/1/der/1/ders', DERStatus, { readingTime: now })
  expect(await device(first.lfdi)).toMatchObject({ trust: { isReadBack: true } })
})

it('writes the finding into the log of its subject, and nothing for one at level 3', async () => {
  const { dtm, first, admin } = await grid()
  const finding = { type: 'finding', rule: 'PH-6', severity: 'major', vector: vectorOf(0.4321, 2) } as const
  await dtm.post(admin, [dtm.alertOf(first.lfdi, 2, finding)])
  await dtm.post(admin, [dtm.alertOf(first.lfdi, 3, { rule: 'PH-8', severity: 'major' })])
  const { LogEvent } = await first.get(LogEventList, '/edev/1/lel?l=10')
  expect(LogEvent).toMatchObject([
    { functionSet: 0, profileID: 2, logEventCode: 143, details: 'PH-6', extendedData: 4321 },
  ])
})

it('lets no new event reach a distrusted device, lets the running one go on, and restores all', async () => {
  const { first, second, raise, operate } = await grid()
  const before = await operate('POST', '/controls', { group: 'feeder', duration: 600, controls: { opModMaxLimW: 80 } })
  expect(await first.controls()).toEqual([before.mRID])
  await raise(3, first.lfdi)
  const later = await operate('POST', '/controls', { group: 'feeder', duration: 900, controls: { opModExpLimW: 900 } })
  // made in the second of the alert, the first may be held too: what is held is only not shown, never cancelled
  expect(await first.controls()).not.toContain(later.mRID)
  expect(await second.controls()).toEqual(expect.arrayContaining([before.mRID, later.mRID]))
  await raise(2, first.lfdi)
  expect(await first.controls()).toEqual(expect.arrayContaining([before.mRID, later.mRID]))
})

it('grants a distrusted device nothing, and what it asked for once it is released', async () => {
  const { first, raise } = await grid()
  await raise(3, first.lfdi)
  const now = Math.floor(Date.now() / 1000)
  const request: FlowReservationRequest = {
    mRID: 'A100000000000000000000000000009D',
    creationTime: now,
    energyRequested: { multiplier: 3, value: 2 },
    intervalRequested: { duration: 28_800, start: now },
    powerRequested: { multiplier: 3, value: 4 },
    RequestStatus: { dateTime: now, requestStatus: 0 },
  }
  await first.post('/edev/1/frq', FlowReservationRequest, request)
  expect(await first.get(FlowReservationResponseList, '/edev/1/frp?l=10')).toMatchObject({ all: 0 })
  await raise(2, first.lfdi)
  expect(await first.get(FlowReservationResponseList, '/edev/1/frp?l=10')).toMatchObject({ all: 1 })
})

it('refuses the sessions of a blocked device, cancels what is for it alone, and takes it back on release', async () => {
  const { first, raise, operate, device } = await grid()
  const own = await operate('POST', '/controls', { device: first.lfdi, duration: 600, controls: { opModMaxLimW: 50 } })
  const shared = await operate('POST', '/controls', { group: 'feeder', duration: 600, controls: { opModExpLimW: 90 } })
  await raise(4, first.lfdi)
  expect((await first.client.get('/dcap')).status).toBe(403)
  expect(await device(first.lfdi)).toMatchObject({ trust: { level: 4, enforcement: 'deny' } })
  expect(await operate('GET', `/controls/${own.mRID}`)).toMatchObject({ status: 'cancelled' })
  expect(await operate('GET', `/controls/${shared.mRID}`)).toMatchObject({ status: 'active' })
  await raise(2, first.lfdi)
  expect((await first.client.get('/dcap')).status).toBe(200)
})

it('closes the sessions of a link that is not trusted, and lets both shake hands anew', async () => {
  const { dtm, first, raise } = await grid()
  const handshakes = () => dtm.observations.filter(({ kind, from }) => kind === 'handshake' && from.id === first.lfdi)
  await first.client.get('/dcap')
  await expect.poll(() => handshakes().length, slow).toBe(1)
  await raise(2, `${first.lfdi}~${gsp.lfdi}`)
  expect((await first.client.get('/dcap')).status).toBe(200)
  await expect.poll(() => handshakes().length, slow).toBe(2)
})

it('never cuts many off, whatever the DTM says of them', async () => {
  const { raise, operate, as, all } = await grid({ count: 12 })
  await raise(4, ...all.map(({ lfdi }) => lfdi))
  const statuses = await Promise.all(all.map(async (certs) => (await as(certs).client.get('/dcap')).status))
  expect(statuses.filter((status) => status === 403)).toHaveLength(4)
  expect(statuses.filter((status) => status === 200)).toHaveLength(8)
  const { items } = await operate('GET', '/devices')
  expect(items.map((item: { trust: object }) => item.trust)).toEqual(
    Array(12).fill(expect.objectContaining({ level: 4 })),
  )
})

it('refuses nobody while a group alert holds the blocking', async () => {
  const { dtm, first, admin, device } = await grid()
  await dtm.post(admin, [dtm.alertOf(first.lfdi, 4, { recommended: ['hold-new-events'] })])
  expect((await first.client.get('/dcap')).status).toBe(200)
  expect(await device(first.lfdi)).toMatchObject({ trust: { level: 4, enforcement: 'hold' } })
})

it('takes alerts from the DTM alone, and each once', async () => {
  const { dtm, first, admin, operate, device } = await grid()
  const alert = dtm.alertOf(first.lfdi, 3)
  expect([await dtm.post(admin, [alert]), await dtm.post(admin, [alert])]).toEqual([200, 200])
  expect(await operate('GET', '/trust/alerts')).toMatchObject({ all: 1, items: [{ id: alert.id }] })
  await expect(operate('POST', '/trust/alerts', [dtm.alertOf(first.lfdi, 0)])).rejects.toThrow('403')
  await dtm.post(admin, [dtm.alertOf(first.lfdi, 0, { id: 'late', seq: alert.seq - 1 })])
  expect(await device(first.lfdi)).toMatchObject({ trust: { level: 3 } })
  await using intruder = createClient({ origin: admin, certs: dtm.certs, mediaType: 'application/json' })
  expect((await intruder.get('/devices')).status).toBe(403)
})

it('holds the last levels after a restart, until the DTM is read again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-trust-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const before = await grid({ folder })
  await before.raise(4, before.first.lfdi, before.second.lfdi)
  await before.stop()
  before.dtm.show([subjectOf(before.first.lfdi, 4)])
  const { first, second } = await grid({ folder, dtm: before.dtm })
  expect((await first.client.get('/dcap')).status).toBe(403)
  await expect.poll(async () => (await second.client.get('/dcap')).status, slow).toBe(200)
  expect((await first.client.get('/dcap')).status).toBe(403)
})

const slow = { timeout: 15_000 }

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
type Options = Readonly<{ count?: number; folder?: string; dtm?: Awaited<ReturnType<typeof scriptedDtm>> }>

async function grid({ count = 2, folder = freshFolder(), dtm: known }: Options = {}) {
  const dtm = known ?? (await scriptedDtm(pki))
  writeCredentials(join(folder, 'gsp'), gsp)
  const nowhere = { host: '127.0.0.1', port: 0 }
  const config = Config.parse({
    listen: nowhere,
    ops: nowhere,
    admin: { ...nowhere, operators: [operator.lfdi] },
    certs: join(folder, 'gsp'),
    store: `sqlite:${join(folder, 'gsp.db')}`,
    dtm: { url: dtm.url, lfdi: dtm.lfdi, queue: `sqlite:${join(folder, 'reports.db')}` },
    logLevel: 'silent',
  })
  const actor = await start(config)
  let isRunning = true
  const stop = async (): Promise<void> => {
    if (isRunning) await actor[Symbol.asyncDispose]()
    isRunning = false
  }
  onTestFinished(stop)
  const admin = actor.admin ?? ''
  const operating = createClient({ origin: admin, certs: operator, mediaType: 'application/json' })
  onTestFinished(() => operating[Symbol.asyncDispose]())
  // oxlint-disable-next-line typescript/no-explicit-any
  const operate = async (method: Method, path: string, body?: unknown): Promise<any> => {
    const reply = await operating.request({ method, path, ...(body !== undefined && { body: JSON.stringify(body) }) })
    if (reply.status >= 300) throw new Error(`${method} ${path} answered ${reply.status}: ${reply.body}`)
    return JSON.parse(reply.body.toString() || 'null')
  }
  const as = (certs: Credentials) => peer(actor.url, certs)
  const all = devices.slice(0, count)
  if (!known) {
    await operate('POST', '/groups', { name: 'feeder', level: 'feeder' })
    for (const { lfdi } of all) await operate('POST', '/devices', { lfdi, groups: ['feeder'] })
  }
  const [first = gsp, second = gsp] = all
  return {
    dtm,
    admin,
    operate,
    as,
    all,
    stop,
    first: as(first),
    second: as(second),
    device: (lfdi: string) => operate('GET', `/devices/${lfdi}`),
    raise: (level: number, ...about: readonly string[]) => dtm.raise(admin, level, ...about),
  }
}

function peer(origin: string, certs: Credentials) {
  const client = createClient({ origin, certs })
  onTestFinished(() => client[Symbol.asyncDispose]())
  const options = { profile: 'csipaus-1.2' } as const
  const get = async <T>(element: Element<T>, path: string): Promise<T> => {
    const { status, body } = await client.get(path)
    if (status !== 200) throw new Error(`GET ${path} answered ${status}`)
    return decode(element, body, options)
  }
  return {
    lfdi: certs.lfdi,
    client,
    get,
    put: <T>(path: string, element: Element<T>, value: T) => client.put(path, encode(element, value, options)),
    post: <T>(path: string, element: Element<T>, value: T) => client.post(path, encode(element, value, options)),
    /** The mRIDs of the feeder's controls, as this device sees them. */
    async controls(): Promise<readonly string[]> {
      const edev = certs === devices[0] ? '/edev/1' : '/edev/2'
      const list = await get(DERControlList, `${edev}/derp/1/derc?l=10`)
      return (list.DERControl ?? []).map(({ mRID }) => mRID)
    },
  }
}

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-trust-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function vectorOf(Te: number, level: number) {
  const categories = { T_identity: 1, T_format: 1, T_timing: 1, T_protocol: 1, T_physics: 1, T_availability: 1 }
  return { r: 0, s: 0, a: 0.5, T: Te, b: 0, d: 0, u: 1, C: 0, ...categories, Te, n24: 1, level }
}

function subjectOf(id: string, level: number): TrustSubject {
  return { id, role: 'DCM', provisional: false, held: false, levelSince: 0, lastAt: 0, vector: vectorOf(0.1, level) }
}
