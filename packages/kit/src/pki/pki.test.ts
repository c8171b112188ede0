import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinOf } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { loadCredentials, writeCredentials } from './credentials.ts'
import { describeCertificate } from './describe-certificate.ts'
import { extension, policy } from './oids.ts'
import { createPki, issueAggregator, issueDevice, issueServer, openPki, writePki } from './pki.ts'
import { extensionsOf } from './presented.ts'

it.each([2, 3, 4] as const)('makes device chains of %i certificates that verify up to the root', (chainLength) => {
  const { chain, anchors } = issueDevice(createPki({ chainLength }), { serial: 'PV-1' })
  const path = [...chain, ...anchors]
  expect(path).toHaveLength(chainLength)
  for (const [index, issuer] of path.slice(1).entries()) {
    expect(path[index]?.checkIssued(issuer)).toBe(true)
    expect(path[index]?.verify(issuer.publicKey)).toBe(true)
  }
})

it('names a device by its hardware module alone, and marks critical what the profile marks', () => {
  const { certificate } = issueDevice(createPki(), { serial: 'PV-1' })
  expect(describeCertificate(certificate)).toMatchObject({ subject: '', policies: [policy.genericDevice] })
  expect(certificate.raw.includes('PV-1')).toBe(true)
  expect(criticalOf(certificate)).toEqual([extension.subjectAltName, extension.keyUsage, extension.certificatePolicies])
})

it('gives a device no end', () => {
  const { certificate } = issueDevice(createPki(), { serial: 'PV-1' })
  expect(certificate.validToDate.toISOString()).toBe('9999-12-31T23:59:59.000Z')
})

it('makes the extensions of a server critical, as a strict client wants them', () => {
  const { certificate } = issueServer(createPki(), {
    name: 'gsp',
    dns: ['gsp.example'],
    ips: ['10.1.2.3', '2001:db8::7'],
  })
  expect(certificate.subjectAltName).toBe('DNS:gsp.example, IP Address:10.1.2.3, IP Address:2001:DB8:0:0:0:0:0:7')
  expect(criticalOf(certificate)).toEqual(
    expect.arrayContaining([extension.subjectAltName, extension.keyUsage, extension.basicConstraints]),
  )
})

it('issues aggregators that are clients and servers', () => {
  const { certificate } = issueAggregator(createPki(), { name: 'aggregator' })
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'])
  expect(describeCertificate(certificate)).toMatchObject({
    subject: 'CN=aggregator',
    policies: [policy.serviceProvider],
  })
})

it.each([2, 3, 4] as const)('issues further devices from a stored authority of chain length %i', (chainLength) => {
  const folder = newFolder()
  const pki = createPki({ chainLength })
  writePki(folder, pki)
  const { chain, anchors } = issueDevice(openPki(folder), { serial: 'later' })
  expect([...chain, ...anchors]).toHaveLength(chainLength)
  expect(chain[0]?.verify(pki.devices.certificate.publicKey)).toBe(true)
})

it('stores credentials with a key that only the owner reads, and loads them as they were', () => {
  const folder = join(newFolder(), 'pv-1')
  const device = issueDevice(createPki(), { serial: 'PV-1', pin: pinOf(11111) })
  writeCredentials(folder, device)
  const { lfdi, sfdi, pin, chain } = loadCredentials(folder)
  expect({ lfdi, sfdi, pin }).toEqual({ lfdi: device.lfdi, sfdi: device.sfdi, pin: 111115 })
  expect(chain).toHaveLength(3)
  expect(statSync(join(folder, 'key.pem')).mode & 0o777).toBe(0o600)
})

it('refuses a key that belongs to another certificate', () => {
  const pki = createPki()
  const folder = newFolder()
  writeCredentials(folder, { ...issueDevice(pki, { serial: 'a' }), key: issueDevice(pki, { serial: 'b' }).key })
  expect(() => loadCredentials(folder)).toThrow('does not belong')
})

function criticalOf(certificate: Parameters<typeof extensionsOf>[0]): readonly string[] {
  return extensionsOf(certificate).flatMap(({ oid, critical }) => (critical ? [oid] : []))
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'kit-pki-'))
}
