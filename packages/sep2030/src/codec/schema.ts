import * as complexTypes from '../generated/complex-types.ts'
import { extensions } from '../generated/extensions.ts'
import { simpleTypes } from '../generated/simple-types.ts'
import type { Attribute, Element, Extension, Particle } from './element.ts'
import { standardNamespace, xsdNamespace } from './names.ts'
import { lineageOf, scalarNamed, type Scalar } from './scalar.ts'

/** Which schema is in force: that of the standard alone, or with a version of the Australian extension. */
export type Profile = 'base' | keyof typeof extensions
export const profiles: readonly Profile[] = ['base', ...(Object.keys(extensions) as (keyof typeof extensions)[])]

/** A type made ready for reading and writing: inheritance flattened, names indexed. */
export type Type = Readonly<{
  name: string
  namespace: string
  /** The names of the type itself and of all that it derives from. */
  lineage: readonly string[]
  /** Of simple content; undefined when there are child elements or none at all. */
  scalar: Scalar | undefined
  attributes: readonly AttributeSlot[]
  fields: readonly Field[]
  /** Attributes and child elements by name; no type has both under one name. */
  slots: ReadonlyMap<string, Slot>
  requiredAttributes: number
  requiredSlots: number
  /** How many required fields come before the one with this index; its last item counts them all. */
  requiredBefore: readonly number[]
  /** The index of the field that followed the one before this position the last time: in a list, nearly always again. */
  successors: number[]
  /** The slots of the keys of the value that was written last. */
  lastSlots: Slot[]
}>

export type AttributeSlot = Readonly<{ kind: 'attribute'; name: string; type: Type; required: boolean; rank: number }>
export type Field = Readonly<{
  kind: 'element'
  name: string
  namespace: string
  type: Type
  required: boolean
  max: number
  /** Position among the child elements; `rank` is that among attributes and elements. */
  index: number
  rank: number
  /** The name as a reader meets it. */
  bytes: Uint8Array
  /** What a writer puts around it: `<name` before attributes or else `<name>`, and `</name>`. */
  open: string
  start: string
  close: string
}>
export type Slot = AttributeSlot | Field

export type Schema = Readonly<{
  /** The namespace of the extension in force; empty when there is none. */
  extension: string
  typeNamed(name: string, namespace: string): Type | undefined
  /** The type of a global element. */
  rootNamed(name: string, namespace: string): Type | undefined
  /** The namespace of the global element of this name; the standard and the extension share none. */
  namespaceOf(root: string): string
}>

/** The prefix that a writer binds to the namespace of the extension. */
export const extensionPrefix = 'csipaus'

const schemas = new Map<Profile, Schema>()

/** The schema under a profile; a type is made ready when it is first met, since a process meets few of the 324. */
export function schemaOf(profile: Profile): Schema {
  const known = schemas.get(profile)
  if (known) return known
  const schema = createSchema(profile === 'base' ? undefined : extensions[profile])
  schemas.set(profile, schema)
  return schema
}

const standardTypes = new Map<string, Element<unknown>>(Object.entries(complexTypes))

function createSchema(extension: Extension | undefined): Schema {
  const extensionTypes = new Map(Object.entries(extension?.types ?? {}))
  const extensionRoots = new Map(Object.entries(extension?.elements ?? {}))
  const appended = new Map(Object.entries(extension?.appended ?? {}))
  const extensionNamespace = extension?.namespace ?? ''
  const types = new Map<string, Type>()

  function typeNamed(name: string): Type | undefined {
    const known = types.get(name)
    if (known) return known
    const table = standardTypes.get(name) ?? extensionTypes.get(name)
    const type = table ? complexType(table) : simpleType(name)
    if (type) types.set(name, type)
    return type
  }

  function required(name: string): Type {
    const type = typeNamed(name)
    if (!type) throw new TypeError(`the generated tables name a type that they do not hold: ${name}`)
    return type
  }

  function complexType({ name, base, attributes = [], elements = [] }: Element<unknown>): Type {
    const namespace = standardTypes.has(name) ? standardNamespace : extensionNamespace
    const parent = base === undefined ? undefined : required(base)
    const lineage = [name, ...(parent?.lineage ?? [])]
    const more = appended.get(name)
    return indexed({
      name,
      namespace,
      lineage,
      scalar: parent?.scalar,
      attributes: [...(parent?.attributes ?? []), ...[...attributes, ...(more?.attributes ?? [])].map(attribute)],
      fields: [
        ...(parent?.fields ?? []),
        ...elements.map((particle) => field(particle, particle.namespace ?? namespace)),
        ...(more?.elements ?? []).map((particle) => field(particle, particle.namespace ?? standardNamespace)),
      ],
    })
  }

  function attribute({ name, type, required: isRequired = false }: Attribute): AttributeSlot {
    return { kind: 'attribute', name, type: required(type), required: isRequired, rank: 0 }
  }

  function field({ name, type, min = 1, max = 1 }: Particle, namespace: string): Field {
    const qname = namespace === standardNamespace ? name : `${extensionPrefix}:${name}`
    const position = { index: 0, rank: 0, bytes: Buffer.from(name) }
    const tags = { open: `<${qname}`, start: `<${qname}>`, close: `</${qname}>` }
    return { kind: 'element', name, namespace, type: required(type), required: min > 0, max, ...position, ...tags }
  }

  return {
    extension: extensionNamespace,
    typeNamed: (name, namespace) => within(typeNamed(name), namespace),
    rootNamed: (name, namespace) => {
      if (namespace === standardNamespace) return standardTypes.has(name) ? typeNamed(name) : undefined
      const type = namespace === extensionNamespace ? extensionRoots.get(name) : undefined
      return type === undefined ? undefined : typeNamed(type)
    },
    namespaceOf: (root) => (extensionRoots.has(root) ? extensionNamespace : standardNamespace),
  }
}

function within(type: Type | undefined, namespace: string): Type | undefined {
  return type?.namespace === namespace ? type : undefined
}

function simpleType(name: string): Type | undefined {
  const scalar = scalarNamed(name)
  const namespace = Object.hasOwn(simpleTypes, name) ? standardNamespace : xsdNamespace
  return scalar && indexed({ name, namespace, lineage: lineageOf(name), scalar, attributes: [], fields: [] })
}

type Flat = Readonly<{ attributes: readonly AttributeSlot[]; fields: readonly Field[] }>

function indexed(type: Pick<Type, 'name' | 'namespace' | 'lineage' | 'scalar'> & Flat): Type {
  const attributes = type.attributes.map((slot, rank) => ({ ...slot, rank }))
  const fields = type.fields.map((field, index) => ({ ...field, index, rank: attributes.length + index }))
  const slots = new Map<string, Slot>([...attributes, ...fields].map((slot) => [slot.name, slot]))
  const requiredBefore = [0]
  for (const { required } of fields) requiredBefore.push((requiredBefore.at(-1) ?? 0) + (required ? 1 : 0))
  const requiredAttributes = attributes.filter(({ required }) => required).length
  const successors = [...fields.map(({ index }) => index), Math.max(fields.length - 1, 0)]
  const requiredSlots = requiredAttributes + (requiredBefore.at(-1) ?? 0)
  return {
    ...type,
    attributes,
    fields,
    slots,
    requiredAttributes,
    requiredSlots,
    requiredBefore,
    successors,
    lastSlots: [],
  }
}
