import { createHmac, createPrivateKey, randomBytes, X509Certificate, type KeyObject } from 'node:crypto'
import forge from 'node-forge'
import { credentialsOf, type Credentials } from './credentials.ts'
import { explicit, fromDer, integer, nothing, octets, oid, sequence, toDer, type Asn1 } from './der.ts'

const type = {
  data: '1.2.840.113549.1.7.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  x509: '1.2.840.113549.1.9.22.1',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const
const iterations = 10_000

/** A PKCS#12 file: the key under AES-256 and a password, the chain and the trust anchors in the clear, a MAC over all. */
export function formatPkcs12({ key, chain, anchors }: Credentials, password: string): Buffer {
  checkPassword(password)
  const shrouded = key.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: password })
  const keyBag = sequence(oid(type.shroudedKeyBag), explicit(0, fromDer(shrouded)))
  const certificateBags = [...chain, ...anchors].map(({ raw }) =>
    sequence(oid(type.certificateBag), explicit(0, sequence(oid(type.x509), explicit(0, octets(raw))))),
  )
  const safe = toDer(sequence(plain(sequence(...certificateBags)), plain(sequence(keyBag))))
  return toDer(sequence(integer(3), sequence(oid(type.data), explicit(0, octets(safe))), macOf(safe, password)))
}

/** Reads key, chain and trust anchors (the certificates that are their own issuer) of a PKCS#12 file. */
export function parsePkcs12(file: Uint8Array, password: string): Credentials {
  checkPassword(password)
  const { safeContents } = forge.pkcs12.pkcs12FromAsn1(fromDer(file), false, password)
  const bags = safeContents.flatMap(({ safeBags }) => safeBags)
  const certificates = bags.filter((bag) => bag.type === type.certificateBag).map(certificateOf)
  const keyBag = bags.find((bag) => bag.type !== type.certificateBag)
  if (!keyBag) throw new TypeError('the PKCS#12 file has no key')
  const key = createPrivateKey({ key: toDer(keyBag.asn1), format: 'der', type: 'pkcs8' })
  const anchors = certificates.filter((certificate) => certificate.checkIssued(certificate))
  return credentialsOf({ key, chain: chainFor(key, certificates), anchors })
}

// Programs do not agree on the bytes of any other character.
function checkPassword(password: string): void {
  if (!/^[ -~]*$/.test(password)) throw new TypeError('the password of a PKCS#12 file has to be ASCII')
}

/** The key's own certificate and those above it, in whatever order the file has them; a root is not presented. */
function chainFor(key: KeyObject, certificates: readonly X509Certificate[]): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  let next = certificates.find((certificate) => certificate.checkPrivateKey(key))
  while (next && !chain.includes(next)) {
    chain.push(next)
    const child = next
    next = certificates.find((each) => child.checkIssued(each) && !each.checkIssued(each))
  }
  return chain
}

// node-forge knows RSA only: what it cannot read as its own certificate or key it leaves as ASN.1.
function certificateOf({ cert, asn1 }: forge.pkcs12.Bag): X509Certificate {
  return new X509Certificate(toDer(cert ? forge.pki.certificateToAsn1(cert) : asn1))
}

function plain(contents: Asn1): Asn1 {
  return sequence(oid(type.data), explicit(0, octets(toDer(contents))))
}

function macOf(safe: Buffer, password: string): Asn1 {
  const salt = randomBytes(16)
  const saltBuffer = forge.util.createBuffer(salt.toString('binary'))
  const key = forge.pkcs12.generateKey(password, saltBuffer, 3, iterations, 32, forge.md.sha256.create())
  const digest = createHmac('sha256', Buffer.from(key.getBytes(), 'binary')).update(safe).digest()
  return sequence(sequence(sequence(oid(type.sha256), nothing()), octets(digest)), octets(salt), integer(iterations))
}
