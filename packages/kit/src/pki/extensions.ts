import { createHash, type KeyObject } from 'node:crypto'
import { isIP, SocketAddress } from 'node:net'
import { bits, boolean, explicit, implicit, integer, octets, oid, sequence, toDer, type Asn1 } from './der.ts'
import { extension as oids, hardwareModuleName } from './oids.ts'

export type Extension = Readonly<{ oid: string; critical: boolean; value: Asn1 }>

const critical = true

export function authority(pathLength: number | undefined): readonly Extension[] {
  const members = pathLength === undefined ? [boolean(true)] : [boolean(true), integer(pathLength)]
  return [
    { oid: oids.basicConstraints, critical, value: sequence(...members) },
    { oid: oids.keyUsage, critical, value: bits(Uint8Array.of(0b0000_0110), 1) }, // keyCertSign, cRLSign
  ]
}

export function endEntity(): Extension {
  return { oid: oids.basicConstraints, critical, value: sequence() }
}

/** digitalSignature and keyAgreement. */
export function keyUsage(): Extension {
  return { oid: oids.keyUsage, critical, value: bits(Uint8Array.of(0b1000_1000), 3) }
}

export function purposes(...uses: readonly string[]): Extension {
  return { oid: oids.extendedKeyUsage, critical: false, value: sequence(...uses.map(oid)) }
}

export function policies(...policyOids: readonly string[]): Extension {
  return { oid: oids.certificatePolicies, critical, value: sequence(...policyOids.map((each) => sequence(oid(each)))) }
}

/** The name of a device: its maker's hardware type and a serial number (RFC 4108). */
export function hardwareName(hardwareType: string, serial: string): Extension {
  const module = sequence(oid(hardwareType), octets(Buffer.from(serial)))
  const otherName = explicit(0, oid(hardwareModuleName), explicit(0, module))
  return { oid: oids.subjectAltName, critical, value: sequence(otherName) }
}

// Critical against the profile's wording: a strict C client refuses any other, and every TLS stack takes it.
export function hostNames(dns: readonly string[], ips: readonly string[]): Extension {
  const names = [...dns.map((name) => implicit(2, Buffer.from(name))), ...ips.map((ip) => implicit(7, addressOf(ip)))]
  return { oid: oids.subjectAltName, critical, value: sequence(...names) }
}

export function subjectKey(publicKey: KeyObject): Extension {
  return { oid: oids.subjectKeyIdentifier, critical: false, value: octets(keyIdentifier(publicKey)) }
}

export function authorityKey(publicKey: KeyObject): Extension {
  const value = sequence(implicit(0, keyIdentifier(publicKey)))
  return { oid: oids.authorityKeyIdentifier, critical: false, value }
}

export function encodeExtension({ oid: name, critical: isCritical, value }: Extension): Asn1 {
  const content = octets(toDer(value))
  return isCritical ? sequence(oid(name), boolean(true), content) : sequence(oid(name), content)
}

// RFC 5280 §4.2.1.2 (1): the SHA-1 of the public key's bits, which end the SubjectPublicKeyInfo of an EC key.
function keyIdentifier(publicKey: KeyObject): Buffer {
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65)
  return createHash('sha1').update(point).digest()
}

function addressOf(ip: string): Buffer {
  if (isIP(ip) === 4) return Buffer.from(ip.split('.').map(Number))
  const { address } = new SocketAddress({ address: ip, family: 'ipv6' })
  const [head, tail] = address.split('::').map(groupsOf)
  const zeros = Array<string>(8 - (head?.length ?? 0) - (tail?.length ?? 0)).fill('0')
  const groups = [...(head ?? []), ...zeros, ...(tail ?? [])]
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex')
}

function groupsOf(part: string): readonly string[] {
  return part === '' ? [] : part.split(':')
}
