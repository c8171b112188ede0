import { createClient, createPki, issueAggregator, issueDevice, issueServer, writeCredentials } from '@gridloom/kit'
import type { Actor, Client, Credentials } from '@gridloom/kit'
import {
  DERControlList,
  DERControlResponse,
  DERProgramList,
  decode,
  DefaultDERControl,
  DERCurve,
  encode,
  EndDeviceList,
  FlowReservationRequest,
  FlowReservationResponseList,
  FunctionSetAssignmentsList,
  type Element,
} from '@gridloom/sep2030'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { start } from './app.ts'
import { Config } from './config.ts'

const pki = createPki()
const operator = issueAggregator(pki, { name: 'operator' })
const pv = issueDevice(pki, { serial: 'pv' })

it('shows a device what the operator set up, and the operator what the device answered', async () => {
  const { admin, device } = await grid()
  const curve = await admin.post('/programs/1/curves', { curveType: 'opModVoltVar', points: [{ x: 92, y: 44 }] })
  await admin.put('/programs/1/default-control', { controls: { opModVoltVar: curve.mRID }, setGradW: 1 })
  const made = await admin.post('/controls', { program: '1', controls: { opModMaxLimW: 50 }, duration: 600 })

  const [program] = (await walkToPrograms(device)).DERProgram ?? []
  const controls = await device.get(DERControlList, `${program?.DERControlListLink?.href}?l=10`)
  const [control] = controls.DERControl ?? []
  expect(control).toMatchObject({
    mRID: made.mRID,
    responseRequired: '03',
    EventStatus: { currentStatus: 1 },
    DERControlBase: { opModMaxLimW: 5000 },
  })
  const fallback = await device.get(DefaultDERControl, program?.DefaultDERControlLink?.href ?? '')
  expect(await device.get(DERCurve, fallback.DERControlBase.opModVoltVar?.href ?? '')).toMatchObject({
    mRID: curve.mRID,
  })

  const response = { createdDateTime: made.created, endDeviceLFDI: pv.lfdi, status: 1, subject: made.mRID }
  expect(await device.post(control?.replyTo ?? '', DERControlResponse, response)).toBe(201)
  expect(await admin.get(`/controls/${made.mRID}`)).toMatchObject({
    summary: { devices: 1, responded: 1, counts: { received: 1 } },
    responses: [{ lfdi: pv.lfdi, statuses: [{ name: 'received' }] }],
  })
})

it('shows a cancel and a changed poll rate with the next read', async () => {
  const { admin, device } = await grid()
  const made = await admin.post('/controls', { program: '1', controls: { opModConnect: false }, duration: 600 })
  const list = `${(await walkToPrograms(device)).DERProgram?.[0]?.DERControlListLink?.href}?l=10`
  expect((await device.get(DERControlList, list)).DERControl).toMatchObject([{ EventStatus: { currentStatus: 1 } }])
  await admin.post(`/controls/${made.mRID}/cancel`, {})
  expect((await device.get(DERControlList, list)).DERControl).toMatchObject([{ EventStatus: { currentStatus: 2 } }])
  await admin.patch('/settings', { pollRate: { EndDeviceList: 17 } })
  expect(await device.get(EndDeviceList, '/edev')).toMatchObject({ pollRate: 17 })
})

it('grants a flow reservation, replaces the grant when the feeder tightens, and ends it on withdrawal', async () => {
  const { admin, device } = await grid()
  const { time } = await admin.get('/info')
  const request = {
    mRID: 'A100000000000000000000000000009D',
    creationTime: time,
    energyRequested: { multiplier: 3, value: 2 },
    intervalRequested: { duration: 28_800, start: time },
    powerRequested: { multiplier: 3, value: 4 },
    RequestStatus: { dateTime: time, requestStatus: 0 },
  }
  expect(await device.post('/edev/1/frq', FlowReservationRequest, request)).toBe(201)
  const grants = async () =>
    (await device.get(FlowReservationResponseList, '/edev/1/frp?l=10')).FlowReservationResponse ?? []
  expect(await grants()).toMatchObject([
    { subject: request.mRID, interval: { duration: 1800, start: time + 27_000 }, energyAvailable: { value: 2000 } },
  ])
  await admin.put('/groups/1/capacity', { steps: [{ start: time, watts: 1000 }] })
  const [replaced] = await grants()
  expect(replaced).toMatchObject({ powerAvailable: { multiplier: 0, value: 1000 }, interval: { duration: 7200 } })

  const withdrawn = { ...request, RequestStatus: { dateTime: time, requestStatus: 1 } }
  expect(await device.put('/edev/1/frq/1', FlowReservationRequest, withdrawn)).toBe(204)
  expect((await grants()).map(({ EventStatus }) => EventStatus.currentStatus)).toEqual([2, 2])
  expect(await admin.get('/flow-reservations')).toMatchObject({
    items: [{ status: 'withdrawn', grants: [{ powerW: 4000 }, { powerW: 1000 }] }],
  })
})

it('stops an aggregator at once when its certificate is revoked', async () => {
  const { admin, connect } = await grid()
  const certs = issueAggregator(pki, { name: 'acme' })
  await admin.post('/aggregators', { name: 'acme', certificates: [{ certificate: certs.certificate.toString() }] })
  const acme = connect(certs)
  expect(await acme.get(EndDeviceList, '/edev?l=10')).toMatchObject({ all: 1 })
  await admin.delete(`/aggregators/1/certificates/${certs.lfdi}`)
  expect(await acme.get(EndDeviceList, '/edev?l=10')).toMatchObject({ all: 0 })
})

it('is after a restart what it was before, with what was due meanwhile', async () => {
  const folder = await freshFolder()
  const first = await grid(folder)
  const short = await first.admin.post('/controls', { program: '1', controls: { opModConnect: false }, duration: 1 })
  const long = await first.admin.post('/controls', { program: '1', controls: { opModMaxLimW: 10 }, duration: 600 })
  await first.stop()
  await expect.poll(() => Date.now() / 1000).toBeGreaterThan(short.start + 1)
  const second = await open(folder)
  expect(await second.admin.get(`/controls/${short.mRID}`)).toMatchObject({ status: 'completed', listed: false })
  expect(await second.admin.get(`/controls/${long.mRID}`)).toMatchObject({ status: 'active' })
  expect(await second.admin.get('/devices/1')).toMatchObject({
    lfdi: pv.lfdi,
    pin: 111_115,
    groups: [{ name: 'feeder' }],
  })
})

/** The faces as their callers use them: JSON for the operator, documents for a device. */
type Json = Readonly<Record<string, any>> // oxlint-disable-line typescript/no-explicit-any
type Operator = Readonly<
  Record<'get' | 'delete', (path: string) => Promise<Json>> &
    Record<'post' | 'put' | 'patch', (path: string, body: unknown) => Promise<Json>>
>
type Device = Readonly<{
  get<T>(element: Element<T>, path: string): Promise<T>
  post<T>(path: string, element: Element<T>, value: T): Promise<number>
  put<T>(path: string, element: Element<T>, value: T): Promise<number>
}>
type Grid = Readonly<{ admin: Operator; device: Device; connect(certs: Credentials): Device; stop(): Promise<void> }>

/** A feeder with one program and one registered device. */
async function grid(folder?: string): Promise<Grid> {
  const opened = await open(folder ?? (await freshFolder()))
  const { admin } = opened
  await admin.post('/groups', { name: 'feeder', level: 'feeder' })
  await admin.post('/programs', { description: 'feeder', group: 'feeder' })
  await admin.post('/devices', { lfdi: pv.lfdi, pin: 111_115, groups: ['feeder'] })
  return opened
}

async function open(folder: string): Promise<Grid> {
  const local = { host: '127.0.0.1', port: 0 }
  const faces = { listen: local, ops: local, admin: { ...local, operators: [operator.lfdi] } }
  const config = Config.parse({ ...faces, certs: folder, store: `sqlite:${join(folder, 'gsp.db')}`, logLevel: 'error' })
  const actor = await start(config)
  const clients: Client[] = []
  const stop = async (): Promise<void> => {
    for (const client of clients.splice(0)) await client[Symbol.asyncDispose]()
    await actor[Symbol.asyncDispose]()
  }
  let stopped: Promise<void> | undefined
  const stopOnce = (): Promise<void> => (stopped ??= stop())
  onTestFinished(stopOnce)
  const clientOf = (origin: string, certs: Credentials): Client => {
    const client = createClient({ origin, certs })
    clients.push(client)
    return client
  }
  const connect = (certs: Credentials): Device => deviceOf(clientOf(actor.url, certs))
  return { admin: operatorOf(clientOf(adminOf(actor), operator)), device: connect(pv), connect, stop: stopOnce }
}

function adminOf({ admin }: Actor): string {
  if (admin === undefined) throw new Error('no operator face')
  return admin
}

async function freshFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'gsp-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  await writeCredentials(folder, issueServer(pki, { name: 'gsp' }))
  return folder
}

function operatorOf(client: Client): Operator {
  const call = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) }
    const headers = { accept: '*/*', ...(body !== undefined && { 'content-type': 'application/json' }) }
    const reply = await client.request({ method: method as 'GET', path, headers, ...json })
    if (reply.status >= 400) throw new Error(`${method} ${path} answered ${reply.status}: ${reply.body}`)
    return reply.body.length > 0 ? JSON.parse(String(reply.body)) : {}
  }
  return {
    get: (path) => call('GET', path),
    delete: (path) => call('DELETE', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
  }
}

function deviceOf(client: Client): Device {
  const profile = 'csipaus-1.2'
  return {
    get: async (element, path) => {
      const { status, body } = await client.get(path)
      if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${body}`)
      return decode(element, body, { profile })
    },
    post: async (path, element, value) => (await client.post(path, encode(element, value, { profile }))).status,
    put: async (path, element, value) => (await client.put(path, encode(element, value, { profile }))).status,
  }
}

/** From the EndDeviceList on, by links alone. */
async function walkToPrograms(device: Device): Promise<DERProgramList> {
  const [own] = (await device.get(EndDeviceList, '/edev?l=1')).EndDevice ?? []
  const assignments = await device.get(FunctionSetAssignmentsList, `${own?.FunctionSetAssignmentsListLink?.href}?l=15`)
  return device.get(DERProgramList, `${assignments.FunctionSetAssignments?.[0]?.DERProgramListLink?.href}?l=10`)
}
