import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  createPki,
  issueAggregator,
  issueDevice,
  issueServer,
  writeCredentials,
  writePki,
  type Credentials,
  type Pki,
} from '@gridloom/kit'
import { parsePin } from '@gridloom/sep2030'
import { gridActors, type GridActor } from './layout.ts'
import type { GridPlan, PlannedDevice } from './plan.ts'

/** A device of the plan with the certificate that was made for it. */
export type IssuedDevice = PlannedDevice & Readonly<{ folder: string; credentials: Credentials }>

/** The credentials of a local grid, each in a folder of its own below `certs`. */
export type IssuedGrid = Readonly<{
  folder: string
  operator: Kept
  servers: Readonly<Record<GridActor, Kept>>
  devices: readonly IssuedDevice[]
}>

type Kept = Readonly<{ folder: string; credentials: Credentials }>

/** Makes a throw-away PKI in the folder and issues a certificate to every actor, device and the operator. */
export function issueGrid(folder: string, plan: GridPlan): IssuedGrid {
  const pki = createPki({ organization: 'Gridloom local grid' })
  mkdirSync(folder, { recursive: true })
  writePki(join(folder, 'pki'), pki)
  const operator = keep(folder, 'operator', issueAggregator(pki, { name: 'operator' }))
  const servers = Object.fromEntries(gridActors.map((actor) => [actor, keep(folder, actor, issueActor(pki, actor))]))
  const devices = plan.devices.map((device) => ({
    ...device,
    ...keep(folder, join('devices', device.name), issueDevice(pki, { serial: device.name, pin: parsePin(device.pin) })),
  }))
  return { folder, operator, servers: servers as IssuedGrid['servers'], devices }
}

/** An actor is found on this machine, and by its name among containers. */
function issueActor(pki: Pki, actor: GridActor): Credentials {
  return issueServer(pki, { name: actor, dns: ['localhost', actor], ips: ['127.0.0.1', '::1'] })
}

function keep(base: string, name: string, credentials: Credentials): Kept {
  const folder = join(base, 'certs', name)
  writeCredentials(folder, credentials)
  return { folder, credentials }
}
