import { join } from 'node:path'
import type { GridReady } from '@gridloom/contracts'
import { Config } from '@gridloom/dcm'
import { clockOf, loadConfig, openPki, readCredentials, systemClock, type CredentialFiles } from '@gridloom/kit'
import { RigError, type Rig } from './rig.ts'
import { checkTarget } from './target.ts'

export type Equipment = Readonly<{
  /** A running local grid: its addresses, its operator, its devices and its authorities. */
  grid?: GridReady | undefined
  /** The 2030.5 face of the server, in place of the grid's. */
  target?: string | undefined
  /** A device's certificate, in place of one of the grid's. */
  files?: CredentialFiles | undefined
  /** The name of a device of the grid; its last one when absent. */
  device?: string | undefined
  /** A folder with authorities, in place of the grid's. */
  pki?: string | undefined
  ownNetwork: boolean
  perSecond: number
  say: (text: string) => void
}>

/** Gathers what an attack needs, and looks at every address before anything is sent. */
export async function equip(equipment: Equipment): Promise<Rig> {
  const { grid, target, files, ownNetwork, perSecond, say } = equipment
  const url = target ?? grid?.actors.find(({ actor }) => actor === 'gsp')?.url
  if (url === undefined) throw new RigError('nothing says where to attack: --target or --grid is needed')
  const admin = grid?.actors.find(({ actor }) => actor === 'gsp')?.admin
  const pki = equipment.pki ?? (grid && join(grid.data, 'pki'))
  const operator = grid && readCredentials({ ...grid.certs.operator, ca: grid.certs.ca })
  return {
    server: await checkTarget(url, { ownNetwork }),
    device: files ? readCredentials(files) : grid && deviceIn(grid, equipment.device),
    ...(admin && operator && { admin: { target: await checkTarget(admin, { ownNetwork }), operator } }),
    ...(pki && { pki: openPki(pki) }),
    clock: grid ? clockOf(fleetOf(grid).clock) : systemClock,
    perSecond,
    say,
  }
}

function deviceIn({ certs }: GridReady, name: string | undefined) {
  const device = name === undefined ? certs.devices.at(-1) : certs.devices.find((each) => each.name === name)
  if (!device) throw new RigError(`the grid has no device "${name}"`)
  return readCredentials({ cert: device.cert, key: device.key, ca: certs.ca })
}

/** How the grid's own fleet was started. */
export function fleetOf({ data }: GridReady): Config {
  return loadConfig(Config, { file: join(data, 'dcm.yaml'), prefix: 'dcm' })
}
