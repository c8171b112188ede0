import { enter, fail, startsWith, unbind, type Cursor } from './cursor.ts'
import { openDocument, readEpilog, readProlog } from './document.ts'
import type { Element } from './element.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { formerNames } from './names.ts'
import { readAttributes, requireAttributes, requireNoAttributes, substitutedType } from './read-attributes.ts'
import { readScalar, valueOf } from './read-scalar.ts'
import { GT, skipBetween, SLASH } from './scanner.ts'
import { schemaOf, type Field, type Profile, type Schema, type Slot, type Type } from './schema.ts'
import { skipElement } from './skip.ts'
import { readEndTag, readTag } from './tag.ts'
import { countMembers, isList } from './uncounted-list.ts'

export type DecodeOptions = Readonly<{
  profile?: Profile
  limits?: Partial<Limits>
  /** `skip` passes over elements and attributes that the schema does not know, as a client of a newer server must. */
  unknown?: 'refuse' | 'skip'
  /** What clients in the field write although the schema refuses it. */
  tolerate?: readonly Tolerance[]
}>

export type Tolerance =
  /** The namespace of the edition of 2013, and names of earlier versions of CSIP-AUS. */
  | 'former-names'
  /** A list as root without `all` and `results`: what came is counted. */
  | 'uncounted-list'

/** A document of any root, and the element by which it can be encoded again. */
export type Document = Readonly<{ root: string; type: Element<unknown>; value: unknown }>

export type Reader = Readonly<{ cursor: Cursor; schema: Schema; skipUnknown: boolean; countsList: boolean }>
export type Fields = { [name: string]: unknown }

/** Reads a document with this root; whatever the schema refuses becomes a SepError with a path, a rule and what was found. */
export function decode<T>(element: Element<T>, bytes: Uint8Array, options: DecodeOptions = {}): T {
  return read(bytes, options, element.name).value as T
}

/** Reads a document of any root that the schema knows. */
export function decodeDocument(source: Uint8Array | string, options: DecodeOptions = {}): Document {
  return read(source, options)
}

function read(source: Uint8Array | string, options: DecodeOptions, expected?: string): Document {
  const { profile = 'base', unknown, tolerate = [] } = options
  const limits = { ...defaultLimits, ...options.limits }
  const cursor = openDocument(source, { limits, takesFormer: tolerate.includes('former-names') })
  const countsList = tolerate.includes('uncounted-list')
  const reader = { cursor, schema: schemaOf(profile), skipUnknown: unknown === 'skip', countsList }
  readProlog(cursor)
  readTag(cursor)
  const { local: root, namespace } = cursor.tag
  enter(cursor, root, 0)
  const declared = reader.schema.rootNamed(root, namespace)
  if (!declared) return fail(cursor, 'root', 'no element that a document may begin with', `{${namespace}}${root}`)
  if (expected !== undefined && root !== expected) fail(cursor, 'root', `the root element must be ${expected}`, root)
  const value = readTagged(reader, declared)
  if (countsList && isList(declared)) countMembers(declared, value as Fields)
  cursor.depth = 0
  readEpilog(cursor)
  return { root, type: { name: root, type: declared.name }, value }
}

/** Reads the element whose start tag is in `cursor.tag`, to the end of its end tag. */
function readTagged(reader: Reader, declared: Type): unknown {
  const { cursor } = reader
  const { qname, empty, outerNamespace, outerBindings, attributeCount } = cursor.tag
  const type = attributeCount === 0 ? declared : substitutedType(reader, declared)
  const value = type.scalar ? readSimple(reader, type, empty) : readComplex(reader, type, declared, empty)
  if (!empty) readEndTag(cursor, qname)
  unbind(cursor, outerNamespace, outerBindings)
  return value
}

function readSimple(reader: Reader, type: Type, empty: boolean): unknown {
  if (!type.scalar) throw new TypeError(`${type.name} has no simple content`)
  requireNoAttributes(reader)
  return empty ? valueOf(reader.cursor, '', type.scalar) : readScalar(reader.cursor, type.scalar)
}

function readComplex(reader: Reader, type: Type, declared: Type, empty: boolean): Fields {
  const fields: Fields = type === declared ? {} : { $type: type.name }
  readAttributes(reader, type, fields)
  if (empty) requireRest(reader.cursor, type, 0)
  else readChildren(reader, type, fields)
  return fields
}

/** Reads child elements up to the end tag of their parent. */
function readChildren(reader: Reader, type: Type, fields: Fields): void {
  const { cursor } = reader
  let next = 0
  let count = 0
  let list: unknown[] = []
  while (reachChild(reader, type)) {
    const guess = type.fields[type.successors[next] ?? 0]
    const plain = guess !== undefined && startsPlainly(cursor, guess)
    const field = plain ? guess : readFieldTag(reader, type, next)
    if (!field) continue
    if (field.index !== next - 1) {
      requireOrder(cursor, type, next, field)
      next = field.index + 1
      count = 0
    }
    enter(cursor, field.name, field.max > 1 ? count + 1 : 0)
    if (count > 0) requireRoom(cursor, field, count)
    const value = plain ? readPlain(reader, field) : readTagged(reader, field.type)
    cursor.depth -= 1
    count += 1
    if (field.max === 1) fields[field.name] = value
    else if (count > 1) list.push(value)
    else fields[field.name] = list = [value]
  }
  requireRest(cursor, type, next)
}

/** Passes what may stand between children; false when the next tag is an end tag. */
function reachChild({ cursor, skipUnknown }: Reader, { fields }: Type): boolean {
  skipBetween(cursor, fields.length > 0 || skipUnknown)
  return cursor.bytes[cursor.at + 1] !== SLASH
}

/** True, the cursor past it, when the next tag is that of the field with neither prefix nor attributes. */
function startsPlainly(cursor: Cursor, { bytes, namespace }: Field): boolean {
  const end = cursor.at + 1 + bytes.length
  if (cursor.bytes[end] !== GT || namespace !== cursor.defaultNamespace) return false
  if (!startsWith(cursor, bytes, cursor.at + 1)) return false
  cursor.at = end + 1
  return true
}

/** The end tag that belongs to a plain start tag, nearly always as plain itself. */
function readPlainEnd(cursor: Cursor, { name, bytes }: Field): void {
  const end = cursor.at + 2 + bytes.length
  const plain = cursor.bytes[cursor.at + 1] === SLASH && cursor.bytes[end] === GT
  if (plain && startsWith(cursor, bytes, cursor.at + 2)) cursor.at = end + 1
  else readEndTag(cursor, name)
}

/** Reads any other start tag and finds the field that it is for; none when the element was unknown and skipped. */
function readFieldTag({ cursor, skipUnknown }: Reader, type: Type, next: number): Field | undefined {
  readTag(cursor)
  const { local, namespace } = cursor.tag
  const slot = type.slots.get(local) ?? formerSlot(cursor, type, local)
  if (slot?.kind === 'element' && slot.namespace === namespace) {
    type.successors[next] = slot.index
    return slot
  }
  enter(cursor, local, 0)
  if (!skipUnknown) fail(cursor, 'unknown-element', `${type.name} has no such element`, `{${namespace}}${local}`)
  skipElement(cursor)
  cursor.depth -= 1
  return undefined
}

function formerSlot({ takesFormer }: Cursor, { name, slots }: Type, local: string): Slot | undefined {
  return takesFormer ? slots.get(formerNames[`${name}/${local}`] ?? '') : undefined
}

function readPlain(reader: Reader, field: Field): unknown {
  const { cursor } = reader
  const { type } = field
  let value: unknown
  if (type.scalar) {
    value = readScalar(cursor, type.scalar)
  } else {
    const fields: Fields = {}
    if (type.requiredAttributes > 0) requireAttributes(cursor, type, fields)
    readChildren(reader, type, fields)
    value = fields
  }
  readPlainEnd(cursor, field)
  return value
}

function requireOrder(cursor: Cursor, type: Type, next: number, field: Field): void {
  if (field.index >= next) {
    if (type.requiredBefore[next] !== type.requiredBefore[field.index]) refuseGap(cursor, type, next, field.index)
    return
  }
  enter(cursor, field.name, 0)
  fail(cursor, 'order', `it must come before ${type.fields[next - 1]?.name}`)
}

function requireRoom(cursor: Cursor, { max }: Field, count: number): void {
  if (count >= max)
    fail(cursor, 'occurrences', max === 1 ? 'it may occur only once' : `it may occur at most ${max} times`)
  if (count >= cursor.limits.occurrences) {
    fail(cursor, 'limit-occurrences', `more than ${cursor.limits.occurrences} of one element`)
  }
}

function requireRest(cursor: Cursor, type: Type, next: number): void {
  const { requiredBefore } = type
  if (requiredBefore[next] !== requiredBefore[type.fields.length]) refuseGap(cursor, type, next, type.fields.length)
}

function refuseGap(cursor: Cursor, { fields }: Type, from: number, to: number): never {
  const missing = fields.slice(from, to).find(({ required }) => required)
  const before = fields[to]
  return fail(
    cursor,
    'missing-element',
    `the element ${missing?.name} is missing${before ? ` before ${before.name}` : ''}`,
  )
}
