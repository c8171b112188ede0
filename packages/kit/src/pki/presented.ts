import type { X509Certificate } from 'node:crypto'
import { bytesOf, fromDer, membersOf, oidOf } from './der.ts'
import { extension } from './oids.ts'

export type PresentedExtension = Readonly<{ oid: string; critical: boolean; content: Buffer }>

/** The extensions of a certificate as they stand in it; Node tells the names and purposes only. */
export function extensionsOf(certificate: X509Certificate): readonly PresentedExtension[] {
  const [body] = membersOf(fromDer(certificate.raw))
  const wrapped = membersOf(body).find((member) => member.tagClass === 0x80 && Number(member.type) === 3)
  return membersOf(membersOf(wrapped)[0]).map((member) => {
    const [name, ...rest] = membersOf(member)
    return { oid: oidOf(name), critical: rest.length > 1, content: bytesOf(rest.at(-1)) }
  })
}

export function policiesOf(certificate: X509Certificate): readonly string[] {
  const found = extensionsOf(certificate).find(({ oid }) => oid === extension.certificatePolicies)
  if (!found) return []
  return membersOf(fromDer(found.content)).map((each) => oidOf(membersOf(each)[0]))
}
