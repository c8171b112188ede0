import type { Element } from './element.ts'
import { faulty, type Rule } from './fault.ts'
import { defaultLimits } from './limits.ts'
import { standardNamespace, xsiNamespace } from './names.ts'
import { extensionPrefix, schemaOf, type AttributeSlot, type Field, type Profile, type Schema, type Type } from './schema.ts'
import { scalarText } from './write-scalar.ts'

export type EncodeOptions = Readonly<{ profile?: Profile }>

type Fields = Readonly<Record<string, unknown>>

type Writer = {
  readonly schema: Schema
  /** The elements that are open, for the path of an error. */
  readonly path: string[]
  /** The attributes of the element whose children were written last. */
  attributes: string
  usesExtension: boolean
  usesXsi: boolean
}

/** Writes a document in UTF-8 and in the order of the schema; what the schema would refuse is a SepError and not written. */
export function encode<T>(element: Element<T>, value: T, { profile = 'base' }: EncodeOptions = {}): Buffer {
  const { name } = element
  const schema = schemaOf(profile)
  const namespace = schema.namespaceOf(name)
  const foreign = namespace !== standardNamespace
  const writer: Writer = { schema, path: [name], attributes: '', usesExtension: foreign, usesXsi: false }
  const type = schema.rootNamed(name, namespace)
  if (!type) return refuse(writer, 'root', `no element that a document may begin with under the profile ${profile}`)
  const qname = foreign ? `${extensionPrefix}:${name}` : name
  const content = contentText(writer, type, value)
  const start = `<${qname}${declarations(writer)}${writer.attributes}`
  return Buffer.from(content === '' ? `${start}/>` : `${start}>${content}</${qname}>`)
}

function declarations({ schema, usesExtension, usesXsi }: Writer): string {
  const extension = usesExtension ? ` xmlns:${extensionPrefix}="${schema.extension}"` : ''
  return ` xmlns="${standardNamespace}"${extension}${usesXsi ? ` xmlns:xsi="${xsiNamespace}"` : ''}`
}

/** What goes between the tags of an element; its attributes are left in `writer.attributes`. */
function contentText(writer: Writer, declared: Type, value: unknown): string {
  if (declared.scalar) {
    writer.attributes = ''
    return simpleText(writer, declared, value)
  }
  if (!isFields(value)) return refuse(writer, 'kind', `not a value of type ${declared.name}`, String(value))
  const type = value['$type'] === undefined ? declared : substitutedType(writer, declared, value['$type'])
  return childrenText(writer, type, declared, value, Object.keys(value))
}

function childrenText(writer: Writer, type: Type, declared: Type, value: Fields, keys: readonly string[]): string {
  let attributes = type === declared ? '' : typeAttribute(writer, type)
  let children = ''
  let required = 0
  let last = -1
  for (const key of keys) {
    const item = value[key]
    if (item === undefined || key === '$type') continue
    const slot = type.slots.get(key)
    if (!slot) return refuseUnknown(writer, type, key)
    if (slot.required) required += 1
    if (slot.kind === 'attribute') {
      attributes += attributeText(writer, slot, item)
    } else if (slot.index < last) {
      return childrenText(writer, type, declared, value, inOrder(type, keys))
    } else {
      last = slot.index
      children += slot.max > 1 ? listText(writer, slot, item) : elementText(writer, slot, item)
    }
  }
  if (required < type.requiredSlots) refuseMissing(writer, type, value)
  writer.attributes = attributes
  return children
}

function elementText(writer: Writer, { name, namespace, type, open, close }: Field, value: unknown): string {
  if (writer.path.length >= defaultLimits.depth) refuse(writer, 'limit-depth', `more than ${defaultLimits.depth} elements deep`)
  if (namespace !== standardNamespace) writer.usesExtension = true
  writer.path.push(name)
  const content = contentText(writer, type, value)
  writer.path.pop()
  if (content === '') return `${open}${writer.attributes}/>`
  return writer.attributes === '' ? `${open}>${content}${close}` : `${open}${writer.attributes}>${content}${close}`
}

function listText(writer: Writer, field: Field, items: unknown): string {
  if (!Array.isArray(items)) return refuseAt(writer, field.name, 'kind', 'not a list', String(items))
  if (items.length > field.max) refuseAt(writer, field.name, 'occurrences', `it may occur at most ${field.max} times`)
  if (field.required && items.length === 0) refuse(writer, 'missing-element', `the element ${field.name} is missing`)
  let text = ''
  for (const item of items) text += elementText(writer, field, item)
  return text
}

function attributeText(writer: Writer, { name, type }: AttributeSlot, value: unknown): string {
  writer.path.push(`@${name}`)
  const text = simpleText(writer, type, value)
  writer.path.pop()
  return ` ${name}="${text}"`
}

function simpleText(writer: Writer, { name, scalar }: Type, value: unknown): string {
  if (!scalar) throw new TypeError(`${name} has no simple content`)
  const text = scalarText(value, scalar)
  return typeof text === 'string' ? text : refuse(writer, text.rule, text.message, String(value))
}

/** The type that `$type` names: one derived from what the schema declares, of the standard or of the extension. */
function substitutedType(writer: Writer, declared: Type, name: unknown): Type {
  const { schema } = writer
  const type = schema.typeNamed(String(name), standardNamespace) ?? schema.typeNamed(String(name), schema.extension)
  if (type?.lineage.includes(declared.name)) return type
  return refuse(writer, 'xsi-type', `$type is no type derived from ${declared.name}`, String(name))
}

function typeAttribute(writer: Writer, { name, namespace }: Type): string {
  writer.usesXsi = true
  if (namespace === standardNamespace) return ` xsi:type="${name}"`
  writer.usesExtension = true
  return ` xsi:type="${extensionPrefix}:${name}"`
}

/** The keys of a value whose maker did not keep to the order of the schema. */
function inOrder({ slots }: Type, keys: readonly string[]): readonly string[] {
  return keys.toSorted((a, b) => (slots.get(a)?.rank ?? 0) - (slots.get(b)?.rank ?? 0))
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuseMissing(writer: Writer, { slots }: Type, value: Fields): never {
  const missing = [...slots.values()].find(({ name, required }) => required && value[name] === undefined)
  return refuse(writer, `missing-${missing?.kind ?? 'element'}`, `the ${missing?.kind} ${missing?.name} is missing`)
}

function refuseUnknown(writer: Writer, { name }: Type, key: string): never {
  return refuseAt(writer, key, 'unknown-element', `${name} has no such attribute or element`)
}

function refuseAt(writer: Writer, name: string, rule: Rule, message: string, found?: string): never {
  writer.path.push(name)
  return refuse(writer, rule, message, found)
}

function refuse({ path }: Writer, rule: Rule, message: string, found?: string): never {
  throw faulty({ rule, path: `/${path.join('/')}`, message, ...(found === undefined ? {} : { found }) })
}
