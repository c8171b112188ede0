import { createPublicKey } from 'node:crypto'
import { once } from 'node:events'
import { connect, type TLSSocket } from 'node:tls'
import { expect, it } from 'vitest'
import { createClient } from '../client/create-client.ts'
import { createLogger } from '../logger.ts'
import { createIntermediate } from '../pki/authority.ts'
import { createKey, encodeName, signCertificate } from '../pki/certificate.ts'
import { credentialsOf, type Credentials } from '../pki/credentials.ts'
import { implicit, explicit, oid, sequence } from '../pki/der.ts'
import { keyUsage, purposes, type Extension } from '../pki/extensions.ts'
import { extension, policy, purpose } from '../pki/oids.ts'
import { createPki, issueAggregator, issueDevice, issueServer } from '../pki/pki.ts'
import { secureContext } from '../tls/profile.ts'
import { createServer, type App } from './create-server.ts'
import { peerLfdi, peerOf } from './peer.ts'

const pki = createPki()
const device = issueDevice(pki, { serial: 'PV-1' })

it.each([2, 3, 4] as const)(
  'lets in a device with a chain of %i certificates and knows its LFDI',
  async (chainLength) => {
    const own = createPki({ chainLength })
    const client = issueDevice(own, { serial: 'PV-1' })
    expect(await whoAmI(issueServer(own, { name: 'gsp' }), client)).toBe(client.lfdi)
  },
)

it('lets in an aggregator and tells its name and policies', async () => {
  const client = issueAggregator(pki, { name: 'acme' })
  await using app = serve(issueServer(pki, { name: 'gsp' }))
  app.get('/peer', (request) => {
    const { lfdi, sfdi, commonName, policies } = peerOf(request)
    return { lfdi, sfdi, commonName, policies }
  })
  await using connection = createClient({ origin: await app.listen(anyPort), certs: client })
  const { lfdi, sfdi } = client
  const reply = await connection.get('/peer')
  expect(JSON.parse(String(reply.body))).toEqual({ lfdi, sfdi, commonName: 'acme', policies: [policy.serviceProvider] })
})

it.each([
  ['of another root', () => issueDevice(createPki(), { serial: 'PV-1' })],
  ['that has expired', () => issueDevice(pki, { serial: 'PV-1', notAfter: new Date('2020-01-01') })],
  ['that is not valid yet', () => issueDevice(pki, { serial: 'PV-1', notBefore: new Date('2200-01-01') })],
  ['that is self-signed', selfSigned],
  ['without its intermediates', () => ({ ...device, chain: [device.certificate] })],
  ['under an authority with name constraints that are not critical (COMM-004 D)', () => under(nameConstraints)],
  ['under an authority with policy mappings that are not critical (COMM-004 E)', () => under(policyMappings)],
  ['under an authority with a critical extended key usage (COMM-004 F)', () => under(criticalPurpose)],
])('refuses a device certificate %s', async (_what, make) => {
  const client = { ...make(), anchors: device.anchors }
  await expect(whoAmI(issueServer(pki, { name: 'gsp' }), client)).rejects.toMatchObject({ name: 'ClientError' })
})

it('refuses a self-signed device that is a trust anchor (COMM-004 G)', async () => {
  const client = { ...selfSigned(), anchors: device.anchors }
  const server = issueServer(pki, { name: 'gsp' })
  const trusting = { ...server, anchors: [...server.anchors, client.certificate] }
  await expect(whoAmI(trusting, client)).rejects.toMatchObject({ name: 'ClientError' })
})

it('refuses a client without a certificate', async () => {
  await using app = serve(issueServer(pki, { name: 'gsp' }))
  const { port } = new URL(await app.listen(anyPort))
  const { ca, ciphers } = secureContext(device)
  const socket = connect({ port: Number(port), host: 'localhost', ca, ciphers })
  await expect(firstBytes(socket)).rejects.toThrow()
})

it('refuses a server whose chain ends elsewhere', async () => {
  const elsewhere = createPki()
  const server = { ...issueServer(elsewhere, { name: 'gsp' }), anchors: device.anchors }
  await expect(whoAmI(server, device)).rejects.toMatchObject({ code: 'tls' })
})

it('prefers the suite that 2030.5 demands, on P-256', async () => {
  await using app = serve(issueServer(pki, { name: 'gsp' }))
  const { port } = new URL(await app.listen(anyPort))
  const socket = connect({ port: Number(port), host: 'localhost', ...secureContext(device) })
  await once(socket, 'secureConnect')
  expect(socket.getCipher().standardName).toBe('TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8')
  expect(socket.getEphemeralKeyInfo()).toMatchObject({ name: 'prime256v1' })
  expect(socket.getProtocol()).toBe('TLSv1.2')
  socket.destroy()
})

it('speaks TLS 1.3 where both ends are configured to', async () => {
  const tls = { maxVersion: 'TLSv1.3' } as const
  expect(await whoAmI(issueServer(pki, { name: 'gsp' }), device, tls)).toBe(device.lfdi)
})

const anyPort = { host: 'localhost', port: 0 }

function serve(certs: Credentials, tls = {}): App {
  const app = createServer({ name: 'gsp', certs, tls, log: createLogger('test', 'silent') })
  app.get('/me', (request) => peerLfdi(request))
  return app
}

async function whoAmI(server: Credentials, client: Credentials, tls = {}): Promise<string> {
  await using app = serve(server, tls)
  await using connection = createClient({ origin: await app.listen(anyPort), certs: client, tls })
  return String((await connection.get('/me')).body)
}

async function firstBytes(socket: TLSSocket): Promise<Buffer> {
  socket.on('secureConnect', () => socket.write('GET /me HTTP/1.1\r\nHost: localhost\r\n\r\n'))
  for await (const bytes of socket) return bytes as Buffer
  throw new Error('the server said nothing')
}

function selfSigned(): Credentials {
  const key = createKey()
  const name = encodeName({ common: 'self' })
  const content = { issuer: name, subject: name, publicKey: createPublicKey(key), extensions: [keyUsage()] }
  return credentialsOf({ key, chain: [signCertificate(content, key)], anchors: [] })
}

/** A device of this network whose issuing authority carries one more extension. */
function under(more: Extension): Credentials {
  const options = { name: { common: 'MICA' }, pathLength: 0, policies: [policy.genericDevice], more: [more] }
  const devices = createIntermediate(pki.root, options)
  return issueDevice({ ...pki, devices }, { serial: 'PV-1' })
}

const permitted = sequence(explicit(0, sequence(implicit(2, Buffer.from('example.org')))))
const nameConstraints: Extension = { oid: extension.nameConstraints, critical: false, value: permitted }
const mapped = sequence(sequence(oid(policy.genericDevice), oid(policy.mobileDevice)))
const policyMappings: Extension = { oid: extension.policyMappings, critical: false, value: mapped }
const criticalPurpose: Extension = { ...purposes(purpose.client, purpose.server), critical: true }
