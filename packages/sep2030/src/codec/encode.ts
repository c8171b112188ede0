import type { Element } from './element.ts'
import { faulty, type Rule } from './fault.ts'
import { defaultLimits } from './limits.ts'
import { standardNamespace, xsiNamespace } from './names.ts'
import {
  extensionPrefix,
  schemaOf,
  type AttributeSlot,
  type Field,
  type Profile,
  type Schema,
  type Slot,
  type Type,
} from './schema.ts'
import type { Refusal } from './parse.ts'
import type { Scalar } from './scalar.ts'
import { scalarText } from './write-scalar.ts'

export type EncodeOptions = Readonly<{
  profile?: Profile
  /** `skip` leaves out elements and attributes that the schema does not know: those of an extension for who knows none. */
  unknown?: 'refuse' | 'skip'
}>

type Fields = Readonly<Record<string, unknown>>

type Writer = {
  readonly schema: Schema
  readonly skipUnknown: boolean
  /** The elements that are open, for the path of an error. */
  readonly path: string[]
  /** The attributes of the element whose children were written last. */
  attributes: string
  usesExtension: boolean
  usesXsi: boolean
}

/** Writes a document in UTF-8 and in the order of the schema; what the schema would refuse is a SepError and not written. */
export function encode<T>(element: Element<T>, value: T, options: EncodeOptions = {}): Buffer {
  const { profile = 'base', unknown } = options
  const { name } = element
  const schema = schemaOf(profile)
  const namespace = schema.namespaceOf(name)
  const foreign = namespace !== standardNamespace
  const skipUnknown = unknown === 'skip'
  const writer: Writer = { schema, skipUnknown, path: [name], attributes: '', usesExtension: foreign, usesXsi: false }
  const type = schema.rootNamed(name, namespace)
  if (!type) return refuse(writer, 'root', `no element that a document may begin with under the profile ${profile}`)
  const qname = foreign ? `${extensionPrefix}:${name}` : name
  const content = type.scalar ? rootText(writer, type.scalar, value) : complexText(writer, type, value)
  const start = `<${qname}${declarations(writer)}${writer.attributes}`
  return Buffer.from(content === '' ? `${start}/>` : `${start}>${content}</${qname}>`)
}

function rootText(writer: Writer, scalar: Scalar, value: unknown): string {
  const text = scalarText(value, scalar)
  return typeof text === 'string' ? text : refuse(writer, text.rule, text.message, String(value))
}

function declarations({ schema, usesExtension, usesXsi }: Writer): string {
  const extension = usesExtension ? ` xmlns:${extensionPrefix}="${schema.extension}"` : ''
  return ` xmlns="${standardNamespace}"${extension}${usesXsi ? ` xmlns:xsi="${xsiNamespace}"` : ''}`
}

/** What goes between the tags of an element; its attributes are left in `writer.attributes`. */
function complexText(writer: Writer, declared: Type, value: unknown): string {
  if (!isFields(value)) return refuse(writer, 'kind', `not a value of type ${declared.name}`, String(value))
  const type = value['$type'] === undefined ? declared : substitutedType(writer, declared, value['$type'])
  return childrenText(writer, type, declared, value)
}

function childrenText(writer: Writer, type: Type, declared: Type, value: Fields): string {
  let attributes = type === declared ? '' : typeAttribute(writer, type)
  let children = ''
  let required = 0
  let last = -1
  let position = 0
  for (const key in value) {
    const item = value[key]
    if (item === undefined || key === '$type') continue
    const slot = slotOf(writer, type, key, position++)
    if (!slot) continue
    if (slot.required) required += 1
    if (slot.kind === 'attribute') {
      attributes += attributeText(writer, slot, item)
    } else if (slot.index < last) {
      return childrenText(writer, type, declared, inOrder(type, value))
    } else {
      last = slot.index
      children += slot.max > 1 ? listText(writer, slot, item) : elementText(writer, slot, item)
    }
  }
  if (required < type.requiredSlots) refuseMissing(writer, type, value)
  writer.attributes = attributes
  return children
}

/** The slot for a key; values of one type mostly have the same keys, so that the one found here the last time is tried first. */
function slotOf(writer: Writer, type: Type, key: string, position: number): Slot | undefined {
  const guess = type.lastSlots[position]
  if (guess?.name === key) return guess
  const slot = type.slots.get(key)
  if (!slot) return writer.skipUnknown ? undefined : refuseUnknown(writer, type, key)
  type.lastSlots[position] = slot
  return slot
}

function elementText(writer: Writer, { name, namespace, type, open, start, close }: Field, value: unknown): string {
  if (namespace !== standardNamespace) writer.usesExtension = true
  if (type.scalar) {
    const text = scalarText(value, type.scalar)
    return typeof text === 'string' ? start + text + close : refuseScalar(writer, name, text, value)
  }
  if (writer.path.length >= defaultLimits.depth)
    refuse(writer, 'limit-depth', `more than ${defaultLimits.depth} elements deep`)
  writer.path.push(name)
  const children = complexText(writer, type, value)
  writer.path.pop()
  if (children === '') return `${open}${writer.attributes}/>`
  return writer.attributes === '' ? start + children + close : `${open}${writer.attributes}>${children}${close}`
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
  const text = type.scalar ? scalarText(value, type.scalar) : noScalar(type)
  return typeof text === 'string' ? ` ${name}="${text}"` : refuseScalar(writer, `@${name}`, text, value)
}

function noScalar({ name }: Type): never {
  throw new TypeError(`${name} has no simple content`)
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

/** A value whose maker did not keep to the order of the schema, with its keys in that order. */
function inOrder({ slots }: Type, value: Fields): Fields {
  const rank = ([key]: readonly [string, unknown]) => slots.get(key)?.rank ?? 0
  return Object.fromEntries(Object.entries(value).toSorted((a, b) => rank(a) - rank(b)))
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

function refuseScalar(writer: Writer, name: string, { rule, message }: Refusal, value: unknown): never {
  return refuseAt(writer, name, rule, message, String(value))
}

function refuse({ path }: Writer, rule: Rule, message: string, found?: string): never {
  throw faulty({ rule, path: `/${path.join('/')}`, message, ...(found === undefined ? {} : { found }) })
}
