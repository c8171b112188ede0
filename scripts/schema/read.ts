import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { XMLParser } from 'fast-xml-parser'

export type Attribute = Readonly<{ name: string; type: string; required: boolean; default?: string; doc: string }>
export type Particle = Readonly<{
  name: string
  type: string
  min: number
  max: number
  namespace: string
  doc: string
}>
export type SimpleType = Readonly<{ name: string; base: string; facets: Readonly<Record<string, string>>; doc: string }>
export type ComplexType = Readonly<{
  name: string
  base: string | undefined
  elements: readonly Particle[]
  attributes: readonly Attribute[]
  doc: string
}>
export type Schema = Readonly<{
  namespace: string
  version: string
  simpleTypes: readonly SimpleType[]
  complexTypes: readonly ComplexType[]
  redefinedTypes: readonly ComplexType[]
  elements: readonly Readonly<{ name: string; type: string }>[]
  imported: readonly Schema[]
}>

type Node = Readonly<Record<string, unknown>>

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  removeNSPrefix: true,
  isArray: (name) => !name.startsWith('@'),
})

/** Reads a schema document written in the few forms that schemas/ uses, with those it imports. */
export function readSchema(file: string, importing: readonly string[] = []): Schema {
  const root = children(parser.parse(readFileSync(file, 'utf8')) as Node, 'schema')[0] ?? {}
  const namespace = attribute(root, 'targetNamespace') ?? ''
  // the two halves of an extension import each other: the one that began is not read again
  const imported = children(root, 'import')
    .map((node) => join(dirname(file), attribute(node, 'schemaLocation') ?? ''))
    .filter((path) => !importing.includes(path))
    .map((path) => readSchema(path, [...importing, file]))
  const complexType = (node: Node) => readComplexType(node, namespace, imported)
  return {
    namespace,
    version: attribute(root, 'version') ?? '',
    simpleTypes: children(root, 'simpleType').map(readSimpleType),
    complexTypes: children(root, 'complexType').map(complexType),
    redefinedTypes: children(root, 'redefine').flatMap((node) => children(node, 'complexType').map(complexType)),
    elements: children(root, 'element').map((node) => ({ name: nameOf(node), type: typeOf(node) })),
    imported,
  }
}

function readSimpleType(node: Node): SimpleType {
  const restriction = children(node, 'restriction')[0] ?? {}
  const facets = Object.entries(restriction)
    .filter(([key]) => !key.startsWith('@'))
    .map(([facet]) => [facet, attribute(children(restriction, facet)[0] ?? {}, 'value') ?? ''])
  return {
    name: nameOf(node),
    base: local(attribute(restriction, 'base') ?? ''),
    facets: Object.fromEntries(facets) as Record<string, string>,
    doc: docOf(node),
  }
}

function readComplexType(node: Node, namespace: string, imported: readonly Schema[]): ComplexType {
  const content = children(node, 'simpleContent')[0] ?? children(node, 'complexContent')[0]
  const extension = content && children(content, 'extension')[0]
  const body = extension ?? node
  const particles = children(body, 'sequence').flatMap((sequence) => children(sequence, 'element'))
  return {
    name: nameOf(node),
    base: extension && local(attribute(extension, 'base') ?? ''),
    elements: particles.map((particle) => readParticle(particle, namespace, imported)),
    attributes: children(body, 'attribute').map(readAttribute),
    doc: docOf(node),
  }
}

function readParticle(node: Node, namespace: string, imported: readonly Schema[]): Particle {
  const max = attribute(node, 'maxOccurs') ?? '1'
  const occurs = {
    min: Number(attribute(node, 'minOccurs') ?? 1),
    max: max === 'unbounded' ? Infinity : Number(max),
    doc: docOf(node),
  }
  const ref = attribute(node, 'ref')
  if (ref === undefined) return { name: nameOf(node), type: typeOf(node), namespace, ...occurs }
  for (const schema of imported) {
    const global = schema.elements.find(({ name }) => name === local(ref))
    if (global) return { ...global, namespace: schema.namespace, ...occurs }
  }
  throw new Error(`no global element for ref="${ref}"`)
}

function readAttribute(node: Node): Attribute {
  const fallback = attribute(node, 'default')
  return {
    name: nameOf(node),
    type: typeOf(node),
    required: attribute(node, 'use') === 'required',
    ...(fallback === undefined ? {} : { default: fallback }),
    doc: docOf(node),
  }
}

function children(node: Node, name: string): readonly Node[] {
  const found = (node[name] ?? []) as readonly (Node | string)[]
  return found.map((child) => (typeof child === 'string' ? { '#text': child } : child))
}

function attribute(node: Node, name: string): string | undefined {
  return node[`@${name}`] as string | undefined
}

function nameOf(node: Node): string {
  return attribute(node, 'name') ?? ''
}

function typeOf(node: Node): string {
  return local(attribute(node, 'type') ?? '')
}

function docOf(node: Node): string {
  const annotation = children(node, 'annotation')[0]
  const documentation = annotation && children(annotation, 'documentation')[0]
  return String(documentation?.['#text'] ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** Names are unique across the namespaces of schemas/ (the codec's tables rely on it), so the prefix tells nothing. */
function local(qname: string): string {
  return qname.slice(qname.indexOf(':') + 1)
}
