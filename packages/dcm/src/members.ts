import { basename } from 'node:path'
import { loadCredentials, type Credentials } from '@gridloom/kit'
import type { Pin } from '@gridloom/sep2030'
import type { DeviceConfig } from '@gridloom/devices'
import type { Config, DcmConfig } from './config.ts'
import { deviceCategoryOf } from './domain/device-category.ts'

/** One DCM of the process, as its configuration and its folder of credentials describe it. */
export type Member = Readonly<{
  name: string
  credentials: Credentials
  pin: Pin | undefined
  nmi: string | undefined
  deviceCategory: string
  device: DeviceConfig
  flowReservations: DcmConfig['flowReservations']
  region: DcmConfig['region']
}>

/** The DCMs that are named one by one, then those of the fleet. */
export function membersOf({ certs, dcms, fleet }: Config): Member[] {
  return [...dcms.map((dcm) => memberOf(dcm, certs)), ...(fleet ? fleetMembers(fleet) : [])]
}

function memberOf({ name, certs, device, ...dcm }: DcmConfig, shared: string): Member {
  const folder = certs ?? shared
  const credentials = loadCredentials(folder)
  return {
    name: name ?? basename(folder),
    credentials,
    pin: dcm.pin ?? credentials.pin,
    nmi: dcm.nmi,
    deviceCategory: dcm.deviceCategory?.toUpperCase().padStart(8, '0') ?? deviceCategoryOf(device.kind),
    device,
    flowReservations: dcm.flowReservations,
    region: dcm.region,
  }
}

function fleetMembers({ count, certs, name, devices }: NonNullable<Config['fleet']>): Member[] {
  return Array.from({ length: count }, (_, index) => {
    const numbered = (pattern: string): string => pattern.replaceAll('{n}', String(index + 1))
    const device = devices[index % devices.length] ?? { kind: 'pv' as const }
    const dcm = { name: numbered(name), device: { ...device, seed: index + 1 } as DeviceConfig, flowReservations: [] }
    return memberOf(dcm, numbered(certs))
  })
}
