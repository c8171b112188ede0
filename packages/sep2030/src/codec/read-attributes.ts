import { fail, namespaceOf, type Cursor } from './cursor.ts'
import type { Fields, Reader } from './decode.ts'
import { localOf, prefixOf, xsiNamespace } from './names.ts'
import { collapsed } from './parse.ts'
import { valueOf } from './read-scalar.ts'
import type { Type } from './schema.ts'
import { isList } from './uncounted-list.ts'

/** The type that `xsi:type` in the tag at hand puts in the place of the declared one. */
export function substitutedType({ cursor, schema }: Reader, declared: Type): Type {
  const { attributeCount, attributeNames, attributeValues } = cursor.tag
  for (let i = 0; i < attributeCount; i++) {
    const name = attributeNames[i] ?? ''
    if (xsiName(cursor, name) !== 'type') continue
    const qname = collapsed(attributeValues[i] ?? '')
    const type = schema.typeNamed(localOf(qname), namespaceOf(cursor, prefixOf(qname)))
    if (!type) return failAt(cursor, name, 'xsi-type', 'no such type', qname)
    if (type.lineage.includes(declared.name)) return type
    return failAt(cursor, name, 'xsi-type', `not derived from ${declared.name}`, qname)
  }
  return declared
}

/** Reads the attributes of the tag at hand into a value. */
export function readAttributes(reader: Reader, type: Type, fields: Fields): void {
  const { cursor } = reader
  const { attributeCount, attributeNames, attributeValues } = cursor.tag
  let required = 0
  for (let i = 0; i < attributeCount; i++) {
    const name = attributeNames[i] ?? ''
    const slot = type.slots.get(name)
    if (slot?.kind !== 'attribute') {
      refuseUnknown(reader, name)
      continue
    }
    if (slot.required) required += 1
    fields[name] = readAttribute(cursor, slot.type, name, attributeValues[i] ?? '')
  }
  const counted = reader.countsList && cursor.depth === 1 && isList(type)
  if (required < type.requiredAttributes && !counted) requireAttributes(cursor, type, fields)
}

export function requireAttributes(cursor: Cursor, { attributes }: Type, fields: Fields): void {
  const missing = attributes.find(({ name, required }) => required && !(name in fields))
  if (missing) fail(cursor, 'missing-attribute', `the attribute ${missing.name} is missing`)
}

/** An element of simple content has no attributes but those of XML Schema itself. */
export function requireNoAttributes(reader: Reader): void {
  const { attributeCount, attributeNames } = reader.cursor.tag
  for (let i = 0; i < attributeCount; i++) refuseUnknown(reader, attributeNames[i] ?? '')
}

function readAttribute(cursor: Cursor, { scalar, name: typeName }: Type, name: string, text: string): unknown {
  if (!scalar) throw new TypeError(`${typeName} cannot be the type of an attribute`)
  cursor.names[cursor.depth] = `@${name}`
  cursor.counts[cursor.depth] = 0
  cursor.depth += 1
  const value = valueOf(cursor, text, scalar)
  cursor.depth -= 1
  return value
}

function refuseUnknown({ cursor, skipUnknown }: Reader, name: string): void {
  const xsi = xsiName(cursor, name)
  if (xsi === 'type' || xsi === 'schemaLocation' || xsi === 'noNamespaceSchemaLocation') return
  if (xsi === 'nil') failAt(cursor, name, 'xsi-nil', 'no element of the schema can be nil', name)
  if (!skipUnknown) failAt(cursor, name, 'unknown-attribute', 'no such attribute', name)
}

/** The local name of an attribute of the XML Schema instance namespace, else nothing. */
function xsiName(cursor: Cursor, name: string): string | undefined {
  if (!name.includes(':')) return undefined
  return namespaceOf(cursor, prefixOf(name)) === xsiNamespace ? localOf(name) : undefined
}

function failAt(
  cursor: Cursor,
  name: string,
  rule: 'xsi-type' | 'xsi-nil' | 'unknown-attribute',
  message: string,
  found: string,
): never {
  cursor.names[cursor.depth] = `@${name}`
  cursor.counts[cursor.depth] = 0
  cursor.depth += 1
  return fail(cursor, rule, message, found)
}
