import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EnvironmentState, FleetSurroundings, NodeMagnitudes, PlacedDevices } from '@gridloom/contracts'
import {
  createClient,
  createLogger,
  createPki,
  issueDevice,
  issueServer,
  virtualClock,
  writeCredentials,
  type Credentials,
} from '@gridloom/kit'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { start } from './app.ts'
import { Config } from './config.ts'

const pki = createPki()
const fleet = issueServer(pki, { name: 'fleet' })
const stranger = issueDevice(pki, { serial: 'stranger' })
const noon = 1_800_014_400
const device = { lfdi: 'A1'.repeat(20), name: 'pv-1', nominalVolts: 240, watts: 3000, vars: 0 }

it('takes a batch and answers it in its order', async () => {
  const { call } = await environment()
  const other = { ...device, lfdi: 'B2'.repeat(20), name: 'pv-2' }
  const { status, body } = await call('POST', '/exchange', { devices: [other, device] })
  expect(status).toBe(200)
  const { at, devices } = FleetSurroundings.parse(body)
  expect(at).toBe(noon)
  expect(devices.map(({ lfdi }) => lfdi)).toEqual([other.lfdi, device.lfdi])
  expect(devices[0]?.volts).toBeGreaterThan(220)
  expect(devices[0]?.hertz).toBe(60)
})

it('shows the feeder, its nodes and its devices', async () => {
  const { call, clock } = await environment({ placement: { 'pv-1': '675.a' } })
  await call('POST', '/exchange', { devices: [device] })
  await clock.advance(10)
  const state = EnvironmentState.parse((await call('GET', '/state')).body)
  expect(state).toMatchObject({ at: noon + 10, feeder: 'ieee13', solved: true, events: [] })
  expect(state.sourceKw).toBeGreaterThan(1000)
  expect(NodeMagnitudes.parse((await call('GET', '/nodes')).body).nodes['675']).toHaveProperty('c')
  expect(PlacedDevices.parse((await call('GET', '/devices')).body).devices).toMatchObject([
    { name: 'pv-1', place: '675.a', watts: 3000 },
  ])
  const metrics = (await call('GET', '/metrics')).body
  expect(metrics).toMatch(/gridloom_environment_solves_total\{outcome="solved".*\} 1[12]/)
})

it('moves on by its clock through its events', async () => {
  const events = fileWith('events.yaml', 'events: [{ at: 5, seconds: 5, kind: frequency, hertz: 58.5 }]')
  const { call, clock } = await environment({ events })
  await call('POST', '/exchange', { devices: [device] })
  const hertz = async () => EnvironmentState.parse((await call('GET', '/state')).body).hertz
  await clock.advance(7)
  expect(await hertz()).toBe(58.5)
  await clock.advance(5)
  expect(await hertz()).toBeCloseTo(60, 3)
})

it.each([
  [{ devices: [{ ...device, watts: 'much' }] }, 'devices[0].watts'],
  [{ devices: [{ ...device, lfdi: '12' }] }, 'devices[0].lfdi'],
  [{ devices: [{ ...device, mood: 'good' }] }, 'devices[0]'],
  [{}, 'devices'],
])('refuses the batch %j at its path, and changes nothing', async (batch, path) => {
  const { call } = await environment()
  expect(await call('POST', '/exchange', batch)).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid', issues: [{ path }] } },
  })
  expect((await call('GET', '/devices')).body).toEqual({ devices: [] })
})

it('speaks with service certificates only, or with those that it is told', async () => {
  const open = await environment()
  expect((await open.call('GET', '/state', undefined, stranger)).status).toBe(403)
  const closed = await environment({ clients: [stranger.lfdi] })
  expect((await closed.call('GET', '/state', undefined, stranger)).status).toBe(200)
  expect((await closed.call('GET', '/state')).status).toBe(403)
})

it.each([
  ['events', 'list.csv', 'TimeStep,DerID,Volts,Hz\n1,a,x,\n', 'list.csv:2: Volts: "x" is not a number'],
  ['events', 'e.yaml', '- { at: 1, kind: outage, nodes: [999] }', 'the feeder has no live node "999"'],
  ['weather.file', 'w.csv', 'time,irradiance\n', 'w.csv:1: there is no column "temperature"'],
  ['load.file', 'l.csv', 'time\n', 'l.csv:1: there is no column beside "time"'],
  ['feeder.file', 'f.json', '{', 'f.json is no JSON'],
])('finds in the file that %s names what is wrong in it', (key, name, text, message) => {
  const [first = '', second] = key.split('.')
  const file = fileWith(name, text)
  const fault = faultOf({ [first]: second ? { [second]: file } : file })
  expect(fault).toContain(message)
  expect(fault).toContain(`at ${first}`)
})

it('finds a place that is not there, a key and a file', () => {
  expect(faultOf({ placement: { a: '999' } })).toContain('placement of "a": there is no live node "999"')
  expect(faultOf({ area: { inertia: 5 } })).toContain('Unrecognized key: "inertia"')
  expect(faultOf({ load: { file: '/nowhere.csv' } })).toContain('/nowhere.csv')
})

async function environment(input: Partial<typeof Config._input> = {}) {
  const folder = temporaryFolder()
  writeCredentials(folder, issueServer(pki, { name: 'environment' }))
  const listen = { host: '127.0.0.1', port: 0 }
  const clock = virtualClock(noon)
  const config = Config.parse({ certs: folder, listen, logLevel: 'silent', ...input })
  const actor = await start(config, { clock, log: createLogger('environment', 'silent') })
  onTestFinished(() => actor[Symbol.asyncDispose]())
  const call = async (method: 'GET' | 'POST', path: string, body?: unknown, certs: Credentials = fleet) => {
    await using client = createClient({ origin: actor.url, certs, mediaType: 'application/json' })
    const headers = { accept: '*/*' }
    const reply = await client.request({
      method,
      path,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = reply.body.toString()
    return { status: reply.status, body: reply.type?.includes('json') ? JSON.parse(text) : text }
  }
  return { call, clock }
}

function faultOf(input: object): string {
  const { error } = Config.safeParse({ certs: 'certs', ...input })
  return error ? z.prettifyError(error) : ''
}

function fileWith(name: string, text: string): string {
  const file = join(temporaryFolder(), name)
  writeFileSync(file, text)
  return file
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
