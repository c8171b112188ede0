import forge from 'node-forge'

const { asn1 } = forge
const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class

/** One ASN.1 value; the small vocabulary below is all that a certificate or a PKCS#12 file needs. */
export type Asn1 = forge.asn1.Asn1

export function sequence(...members: readonly Asn1[]): Asn1 {
  return asn1.create(UNIVERSAL, asn1.Type.SEQUENCE, true, [...members])
}

export function set(...members: readonly Asn1[]): Asn1 {
  return asn1.create(UNIVERSAL, asn1.Type.SET, true, [...members])
}

export function oid(dotted: string): Asn1 {
  return asn1.create(UNIVERSAL, asn1.Type.OID, false, asn1.oidToDer(dotted).getBytes())
}

export function integer(value: number | Uint8Array): Asn1 {
  const bytes = typeof value === 'number' ? asn1.integerToDer(value).getBytes() : binary(unsigned(value))
  return asn1.create(UNIVERSAL, asn1.Type.INTEGER, false, bytes)
}

export function boolean(value: boolean): Asn1 {
  return asn1.create(UNIVERSAL, asn1.Type.BOOLEAN, false, value ? '\xff' : '\0')
}

export function nothing(): Asn1 {
  return asn1.create(UNIVERSAL, asn1.Type.NULL, false, '')
}

export function octets(bytes: Uint8Array): Asn1 {
  return asn1.create(UNIVERSAL, asn1.Type.OCTETSTRING, false, binary(bytes))
}

export function bits(bytes: Uint8Array, unused = 0): Asn1 {
  return asn1.create(UNIVERSAL, asn1.Type.BITSTRING, false, String.fromCharCode(unused) + binary(bytes))
}

export function utf8(text: string): Asn1 {
  return asn1.create(UNIVERSAL, asn1.Type.UTF8, false, binary(Buffer.from(text)))
}

/** GeneralizedTime from 2050 on, as RFC 5280 has it. */
export function time(date: Date): Asn1 {
  const late = date.getUTCFullYear() >= 2050
  const text = date.toISOString().replace(/[-:T]|\.\d+/g, '')
  const type = late ? asn1.Type.GENERALIZEDTIME : asn1.Type.UTCTIME
  return asn1.create(UNIVERSAL, type, false, late ? text : text.slice(2))
}

/** [tag] around whole values. */
export function explicit(tag: number, ...members: readonly Asn1[]): Asn1 {
  return asn1.create(CONTEXT_SPECIFIC, tag, true, [...members])
}

/** [tag] in place of a primitive's own tag. */
export function implicit(tag: number, bytes: Uint8Array): Asn1 {
  return asn1.create(CONTEXT_SPECIFIC, tag, false, binary(bytes))
}

export function toDer(value: Asn1): Buffer {
  return Buffer.from(asn1.toDer(value).getBytes(), 'binary')
}

export function fromDer(der: Uint8Array): Asn1 {
  return asn1.fromDer(forge.util.createBuffer(binary(der)))
}

export function membersOf(value: Asn1 | undefined): readonly Asn1[] {
  return Array.isArray(value?.value) ? value.value : []
}

export function bytesOf(value: Asn1 | undefined): Buffer {
  return Buffer.from(typeof value?.value === 'string' ? value.value : '', 'binary')
}

export function oidOf(value: Asn1 | undefined): string {
  return typeof value?.value === 'string' ? asn1.derToOid(value.value) : ''
}

function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('binary')
}

function unsigned(bytes: Uint8Array): Uint8Array {
  return (bytes[0] ?? 0) < 0x80 ? bytes : Uint8Array.of(0, ...bytes)
}
