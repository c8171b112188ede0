import type { Element } from './parse-scl.ts'

/** A data object of a logical node, as its type says. */
export type DataObject = Readonly<{ name: string; type: string; cdc: string | undefined }>

/** The DataTypeTemplates of a file: what a node type has, and what its attributes are when an instance does not say. */
export type Templates = Readonly<{
  /** The data objects of a node type; undefined when the file has no such type. */
  objectsOf(nodeType: string): readonly DataObject[] | undefined
  /** The attribute at a path below a data object: its basic type, its enumeration and its default. */
  attributeAt(objectType: string, path: readonly string[]): Attribute | undefined
  /** The ordinal of an enumeration's text; a number stands for itself. */
  ordinalOf(enumeration: string, text: string): number | undefined
}>

export type Attribute = Readonly<{ bType: string; type: string; value: string | undefined }>

export function templatesOf(scl: Element): Templates {
  const templates = scl.child('DataTypeTemplates')
  const byId = (name: string): ReadonlyMap<string, Element> =>
    new Map((templates?.children(name) ?? []).map((element) => [element.attributes['id'] ?? '', element]))
  const [nodeTypes, objectTypes, attributeTypes, enumerations] = [
    byId('LNodeType'),
    byId('DOType'),
    byId('DAType'),
    byId('EnumType'),
  ]

  const attributeAt = (objectType: string, path: readonly string[]): Attribute | undefined => {
    const type = objectTypes.get(objectType)
    const [first = '', ...rest] = path
    const inner = type?.children('SDO').find((sub) => sub.attributes['name'] === first)
    if (inner) return attributeAt(inner.attributes['type'] ?? '', rest)
    let found = type?.children('DA').find((attribute) => attribute.attributes['name'] === first)
    for (const name of rest) {
      const struct = attributeTypes.get(found?.attributes['type'] ?? '')
      found = struct?.children('BDA').find((attribute) => attribute.attributes['name'] === name)
    }
    if (!found) return undefined
    const { bType = '', type: of = '' } = found.attributes
    return { bType, type: of, value: found.child('Val')?.text }
  }

  return {
    objectsOf: (nodeType) =>
      nodeTypes
        .get(nodeType)
        ?.children('DO')
        .map(({ attributes: { name = '', type = '' } }) => {
          return { name, type, cdc: objectTypes.get(type)?.attributes['cdc'] }
        }),
    attributeAt,
    ordinalOf(enumeration, text) {
      if (/^-?\d+$/.test(text)) return Number(text)
      const value = enumerations
        .get(enumeration)
        ?.children('EnumVal')
        .find((each) => each.text === text)
      return value && Number(value.attributes['ord'])
    },
  }
}
