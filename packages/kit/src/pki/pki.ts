import { createPublicKey, type X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Pin } from '@gridloom/sep2030'
import { createIntermediate, createRoot, type Authority } from './authority.ts'
import { createKey, encodeName, signCertificate, subjectOf, type Name, type Validity } from './certificate.ts'
import { credentialsOf, loadCredentials, writeCredentials, type Credentials } from './credentials.ts'
import * as extensions from './extensions.ts'
import { policy, purpose } from './oids.ts'

/** The authorities of one network: one root, and under it who issues devices and who issues servers and aggregators. */
export type Pki = Readonly<{ root: Authority; devices: Authority; services: Authority }>

export type PkiOptions = Validity &
  Readonly<{
    organization?: string
    /** Certificates from a device up to and with the root. */
    chainLength?: 2 | 3 | 4
  }>

/** Makes new authorities: root → devices, root → MICA → devices, or root → MCA → MICA → devices. */
export function createPki({ organization = 'Gridloom', chainLength = 4, ...validity }: PkiOptions = {}): Pki {
  const named = (common: string): Name => ({ organization, common: `${organization} ${common}` })
  const root = createRoot(named('SERCA'), validity)
  if (chainLength === 2) return { root, devices: root, services: root }

  const forDevices = [policy.genericDevice, policy.mobileDevice, policy.postManufactureDevice]
  const maker = { name: named('MCA'), pathLength: 1, policies: forDevices, ...validity }
  const above = chainLength === 4 ? createIntermediate(root, maker) : root
  const devices = createIntermediate(above, { name: named('MICA'), pathLength: 0, policies: forDevices, ...validity })
  const forServices = { name: named('Services CA'), pathLength: 0, policies: [policy.serviceProvider], ...validity }
  return { root, devices, services: createIntermediate(root, forServices) }
}

/** Stores the authorities under `folder`/ca, one credentials folder each. */
export function writePki(folder: string, pki: Pki): void {
  for (const name of ['root', 'devices', 'services'] as const) {
    const { key, certificate, chain, root } = pki[name]
    if (name !== 'root' && certificate === root) continue
    writeCredentials(folderOf(folder, name), { key, chain: certificate === root ? [root] : chain, anchors: [root] })
  }
}

export function openPki(folder: string): Pki {
  const root = openAuthority(folderOf(folder, 'root'))
  const below = (name: 'devices' | 'services'): Authority =>
    existsSync(folderOf(folder, name)) ? openAuthority(folderOf(folder, name)) : root
  return { root, devices: below('devices'), services: below('services') }
}

export type DeviceOptions = Validity & Readonly<{ serial: string; hardwareType?: string; pin?: Pin }>

/** A device certificate: empty subject, named by its hardware module alone, without an end. */
export function issueDevice({ devices }: Pki, { serial, pin, ...options }: DeviceOptions): Credentials {
  const { hardwareType = '1.3.6.1.4.1.40732.99.1', ...validity } = options
  const own = [
    extensions.hardwareName(hardwareType, serial),
    extensions.keyUsage(),
    extensions.policies(policy.genericDevice),
  ]
  return issue(devices, { subject: {}, own, pin, ...validity })
}

export type ServiceOptions = Validity &
  Readonly<{ name: string; dns?: readonly string[]; ips?: readonly string[]; organization?: string }>

const local = { dns: ['localhost'], ips: ['127.0.0.1', '::1'] }

/** A server certificate, for this machine when no names are given. */
export function issueServer(pki: Pki, options: ServiceOptions): Credentials {
  const { dns, ips } = options.dns || options.ips ? { dns: [], ips: [], ...options } : local
  return issueService(pki, { ...options, dns, ips })
}

/** An aggregator or an operator: a client, which may also serve notifications. */
export function issueAggregator(pki: Pki, options: ServiceOptions): Credentials {
  return issueServer(pki, options)
}

function issueService(
  { services }: Pki,
  options: Required<Pick<ServiceOptions, 'dns' | 'ips'>> & ServiceOptions,
): Credentials {
  const { name, organization, dns, ips, ...validity } = options
  const own = [
    extensions.hostNames(dns, ips),
    extensions.keyUsage(),
    extensions.endEntity(),
    extensions.policies(policy.serviceProvider),
    extensions.purposes(purpose.server, purpose.client),
  ]
  return issue(services, { subject: { common: name, ...(organization && { organization }) }, own, ...validity })
}

type Leaf = Validity & Readonly<{ subject: Name; own: readonly extensions.Extension[]; pin?: Pin | undefined }>

function issue(issuer: Authority, { subject, own, pin, ...validity }: Leaf): Credentials {
  const key = createKey()
  const publicKey = createPublicKey(key)
  const all = [...own, extensions.authorityKey(issuer.certificate.publicKey), extensions.subjectKey(publicKey)]
  const names = { issuer: subjectOf(issuer.certificate), subject: encodeName(subject) }
  const certificate = signCertificate({ ...names, publicKey, extensions: all, ...validity }, issuer.key)
  return credentialsOf({ key, chain: [certificate, ...issuer.chain], anchors: [issuer.root], pin })
}

function openAuthority(folder: string): Authority {
  const { key, certificate, chain, anchors } = loadCredentials(folder)
  const [root] = anchors
  if (!root) throw new TypeError(`no trust anchor in "${folder}"`)
  return { key, certificate, chain: chain.filter((each) => !isRoot(each, root)), root }
}

function isRoot(certificate: X509Certificate, root: X509Certificate): boolean {
  return certificate.fingerprint256 === root.fingerprint256
}

function folderOf(folder: string, name: keyof Pki): string {
  return join(folder, 'ca', name)
}
