import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Device, Group, pageOf, TrustRegistration, type GridReady } from '@gridloom/contracts'
import { Config } from '@gridloom/dcm'
import { createAdmin } from '@gridloom/devnet'
import { issueDevice, writeCredentials, type Credentials } from '@gridloom/kit'
import { pinOf } from '@gridloom/sep2030'
import { z } from 'zod'
import { fleetOf } from '../equip.ts'
import { adminOf, deviceOf, pkiOf, type Rig } from '../rig.ts'

/** A DCM that comes from outside to misbehave: its configuration, until it is disposed. */
export type Intruder = AsyncDisposable & Readonly<{ config: Config }>

const name = 'intruder'
const pin = pinOf(66_666)

/** Enters a device of our own in a running grid, as its operator would, and takes it out in the end. */
export async function enrolIntruder(rig: Rig, grid: GridReady): Promise<Intruder> {
  await using stack = new AsyncDisposableStack()
  const { target, operator } = adminOf(rig)
  const credentials = issueDevice(pkiOf(rig), { serial: name, pin })
  const admin = stack.use(createAdmin(target.origin, operator))
  const { items } = await admin.get('/groups?limit=1', pageOf(Group))
  const groups = items.map((group) => group.name)
  await admin.post('/devices', { lfdi: credentials.lfdi, pin, groups }, Device)
  stack.defer(() => admin.delete(`/devices/${credentials.lfdi}`, z.unknown()).then(() => undefined))
  await untilKnown(grid, operator, credentials)
  rig.say(`device "${name}" was entered, LFDI ${credentials.lfdi}`)
  const { dtm, leastPollSeconds, clock } = fleetOf(grid)
  const intruder = stack.use(impostorOf(rig, credentials, { dtm, leastPollSeconds, clock }))
  const owned = stack.move()
  return { ...intruder, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

const patience = 20

/** The server tells the trust module of a new device; one that comes before that is nobody's. */
async function untilKnown({ actors }: GridReady, operator: Credentials, { lfdi }: Credentials): Promise<void> {
  const dtm = actors.find(({ actor }) => actor === 'dtm')
  if (!dtm) return
  await using registry = createAdmin(dtm.url, operator)
  for (let asked = 0; asked < patience; asked += 1) {
    const known = await registry.get('/dtm/registry', TrustRegistration.array())
    if (known.some((entry) => entry.lfdi === lfdi)) return
    await sleep(500)
  }
}

/** Takes the place of a device whose certificate we have; it reports to no trust module, for the device itself does. */
export function takePlace(rig: Rig, grid?: GridReady): Intruder {
  const fleet = grid && fleetOf(grid)
  return impostorOf(rig, deviceOf(rig), fleet ? { leastPollSeconds: fleet.leastPollSeconds, clock: fleet.clock } : {})
}

function impostorOf({ server }: Rig, credentials: Credentials, changes: Partial<Config>): Intruder {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-attack-'))
  writeCredentials(folder, credentials)
  const { dtm, ...others } = changes
  const config = Config.parse({
    server: { url: server.origin, ...(server.serverName !== undefined && { name: server.serverName }) },
    certs: folder,
    dcms: [{ name, certs: folder, device: { kind: 'pv' } }],
    store: `sqlite:${join(folder, 'dcm.db')}`,
    listen: { host: '127.0.0.1', port: 0 },
    staggerSeconds: 0,
    logLevel: 'silent',
    ...others,
    ...(dtm && { dtm: { ...dtm, queue: `sqlite:${join(folder, 'reports.db')}` } }),
  })
  return { config, [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }) }
}
