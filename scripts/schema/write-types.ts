import { alphabetical, derivedFrom, isScalar, shapeOf, substitutable, type Shape, type Types } from './model.ts'
import { isWide } from './write-tables.ts'

/** The TypeScript type of the values of a complex type; where `xsi:type` matters also the union of all that may stand there. */
export function typeSource(shape: Shape, types: Types): string {
  const own = isScalar(shape, types) ? alias(shape) : interfaceSource(shape, types)
  if (!substitutable(types).has(shape.name)) return own
  const derived = derivedFrom(shape.name, types).map((name) => `\n  | Typed<'${name}', ${name}>`)
  return `${own}export type Any${shape.name} = ${shape.name}${derived.join('')}\n`
}

export function simpleTypeSource(name: string, types: Types): string {
  return `${doc(types.simple.get(name)?.doc ?? '')}export type ${name} = ${primitive(name, types)}\n`
}

/** The name of the type that a table of this shape is about. */
export function valueTypeOf(name: string, types: Types): string {
  return substitutable(types).has(name) ? `Any${name}` : name
}

/** The names that a source mentions and that another generated file declares. */
export function mentioned(source: string, declared: Iterable<string>): readonly string[] {
  const words = new Set(source.match(/\w+/g))
  return [...declared].filter((name) => words.has(name)).toSorted(alphabetical)
}

function alias({ name, base, doc: text }: Shape): string {
  return `${doc(text)}export type ${name} = ${base}\n`
}

function interfaceSource(shape: Shape, types: Types): string {
  const members = [
    ...shape.attributes.map((item) => line(item, item.required, valueType(item.type, types))),
    ...shape.appendedAttributes.map((item) => line(item, false, valueType(item.type, types))),
    ...shape.elements.map((item) => line(item, item.min > 0, elementType(item, types))),
    // required or not under a profile, an appended element is absent without one
    ...shape.appended.map((item) => line(item, false, elementType(item, types))),
  ]
  const heritage = shape.base === undefined ? '' : ` extends ${shape.base}`
  const body = members.length > 0 ? `{\n${members.join('')}}` : '{}'
  return `${doc(shape.doc)}export interface ${shape.name}${heritage} ${body}\n`
}

function line(item: Readonly<{ name: string; doc: string }>, required: boolean, type: string): string {
  return `${doc(item.doc, '  ')}  readonly ${item.name}${required ? '' : '?'}: ${type}\n`
}

function elementType({ type, max }: Readonly<{ type: string; max: number }>, types: Types): string {
  const one = valueType(type, types)
  return max > 1 ? `readonly ${one}[]` : one
}

function valueType(name: string, types: Types): string {
  if (shapeOf(name, types)) return valueTypeOf(name, types)
  return types.simple.has(name) ? name : primitive(name, types)
}

function primitive(name: string, types: Types): string {
  const simple = types.simple.get(name)
  if (simple) return simple.facets['maxInclusive'] ? 'number' : primitive(simple.base, types)
  if (name === 'boolean') return 'boolean'
  if (name === 'string' || name === 'anyURI' || name === 'hexBinary') return 'string'
  // what a double cannot hold exactly is a bigint, and only then
  return isWide(name) ? 'number | bigint' : 'number'
}

function doc(text: string, indent = ''): string {
  return text ? `${indent}/** ${text} */\n` : ''
}
