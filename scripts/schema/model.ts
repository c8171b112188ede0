import type { Attribute, ComplexType, Particle, Schema, SimpleType } from './read.ts'

export type Model = Readonly<{
  base: Schema
  /** The base schema with a version of the extension in force, by the name of its profile, oldest first. */
  inForce: ReadonlyMap<string, Schema>
}>

/** A complex type with what any version of the extension appends to it. */
export type Shape = ComplexType & Readonly<{ appended: readonly Particle[]; appendedAttributes: readonly Attribute[] }>

export type Types = Readonly<{
  simple: ReadonlyMap<string, SimpleType>
  /** The complex types of the standard. */
  base: ReadonlyMap<string, Shape>
  /** Those of the extension; a newer version replaces an older one, which it includes. */
  extension: ReadonlyMap<string, Shape>
}>

export function typesOf({ base, inForce }: Model): Types {
  const redefined = [...inForce.values()].flatMap(({ redefinedTypes }) => redefinedTypes)
  const shape = (type: ComplexType): Shape => {
    const additions = redefined.filter(({ name }) => name === type.name)
    return {
      ...type,
      appended: lastByName(additions.flatMap(({ elements }) => elements)),
      appendedAttributes: lastByName(additions.flatMap(({ attributes }) => attributes)),
    }
  }
  const index = (types: readonly ComplexType[]) => new Map(types.map((type) => [type.name, shape(type)]))
  return {
    simple: new Map(base.simpleTypes.map((type) => [type.name, type])),
    base: index(base.complexTypes),
    extension: index([...inForce.values()].flatMap((schema) => vocabularyOf(schema).complexTypes)),
  }
}

/** The schema of the extension's own namespace, which the schema that puts it in force imports. */
export function vocabularyOf(inForce: Schema): Schema {
  const [vocabulary] = inForce.imported
  if (!vocabulary) throw new Error(`${inForce.namespace} is redefined without an import`)
  return vocabulary
}

export function shapeOf(name: string, { base, extension }: Types): Shape | undefined {
  return base.get(name) ?? extension.get(name)
}

function allShapes({ base, extension }: Types): readonly Shape[] {
  return [...base.values(), ...extension.values()]
}

/** True of the 41 complex types that are a simple type under another name. */
export function isScalar(shape: Shape, types: Types): boolean {
  if (shape.base === undefined) return false
  const parent = shapeOf(shape.base, types)
  return parent ? isScalar(parent, types) : true
}

/** The names of the types derived from a type, near and far. */
export function derivedFrom(name: string, types: Types): readonly string[] {
  const children = allShapes(types).filter(({ base }) => base === name)
  return children.flatMap((child) => [child.name, ...derivedFrom(child.name, types)]).toSorted(alphabetical)
}

/** Types that stand somewhere as the declared type of an element and that others derive from: `xsi:type` matters there. */
export function substitutable(types: Types): ReadonlySet<string> {
  const declared = allShapes(types).flatMap(({ elements, appended }) => [...elements, ...appended])
  const used = new Set(declared.map(({ type }) => type))
  return new Set([...used].filter((name) => shapeOf(name, types) && derivedFrom(name, types).length > 0))
}

export function alphabetical(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1
}

function lastByName<T extends Readonly<{ name: string }>>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [item.name, item])).values()]
}
