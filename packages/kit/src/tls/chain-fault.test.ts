import { expect, it } from 'vitest'
import { createPublicKey } from 'node:crypto'
import { createIntermediate, createRoot } from '../pki/authority.ts'
import { createKey, encodeName, signCertificate } from '../pki/certificate.ts'
import { oid, sequence } from '../pki/der.ts'
import { keyUsage, purposes, type Extension } from '../pki/extensions.ts'
import { extension, policy, purpose } from '../pki/oids.ts'
import { createPki, issueDevice } from '../pki/pki.ts'
import { chainFault } from './chain-fault.ts'

it.each([2, 3, 4] as const)('finds nothing wrong with a chain of %i certificates', (chainLength) => {
  const { chain, anchors } = issueDevice(createPki({ chainLength }), { serial: 'PV-1' })
  expect(chainFault(chain, anchors)).toBeUndefined()
})

it('refuses name constraints that are not critical', () => {
  const constraints = { oid: extension.nameConstraints, critical: false, value: sequence() }
  expect(faultUnder(constraints)).toBe('an issuing authority has nameConstraints that is not critical')
})

it('refuses policy mappings that are not critical', () => {
  expect(faultUnder(mapping(false))).toBe('an issuing authority has policyMappings that is not critical')
})

it('takes policy mappings that are critical', () => {
  expect(faultUnder(mapping(true))).toBeUndefined()
})

it('refuses a critical extended key usage in an authority', () => {
  const critical = { ...purposes(purpose.client), critical: true }
  expect(faultUnder(critical)).toBe('an issuing authority has a critical extendedKeyUsage')
})

it('refuses a self-signed device, though it were a trust anchor', () => {
  const key = createKey()
  const publicKey = createPublicKey(key)
  const name = encodeName({ common: 'self' })
  const certificate = signCertificate({ issuer: name, subject: name, publicKey, extensions: [keyUsage()] }, key)
  expect(chainFault([certificate], [certificate])).toBe('the certificate is self-signed')
})

it('refuses an authority that speaks for itself', () => {
  const { certificate, root } = createPki().devices
  expect(chainFault([certificate], [root])).toBe('the certificate is an authority, not a device')
})

it('refuses what it was not shown up to an anchor', () => {
  const { certificate, anchors } = issueDevice(createPki({ chainLength: 4 }), { serial: 'PV-1' })
  expect(chainFault([certificate], anchors)).toBe('the certificate chain does not reach a trust anchor')
  expect(chainFault([], anchors)).toBe('the certificate chain is not known')
})

function faultUnder(more: Extension): string | undefined {
  const root = createRoot({ common: 'root' })
  const name = { common: 'MICA' }
  const devices = createIntermediate(root, { name, pathLength: 0, policies: [policy.genericDevice], more: [more] })
  const { chain, anchors } = issueDevice({ root, devices, services: root }, { serial: 'PV-1' })
  return chainFault(chain, anchors)
}

function mapping(critical: boolean): Extension {
  const value = sequence(sequence(oid(policy.genericDevice), oid(policy.mobileDevice)))
  return { oid: extension.policyMappings, critical, value }
}
