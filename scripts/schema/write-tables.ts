import type { Attribute, ComplexType, Particle, Schema, SimpleType } from './read.ts'
import { vocabularyOf, type Types } from './model.ts'

/** The ranges of the built-in integer types that schemas/ restricts. */
const ranges = new Map([
  ['byte', { min: '-128', max: '127' }],
  ['short', { min: '-32768', max: '32767' }],
  ['int', { min: '-2147483648', max: '2147483647' }],
  ['long', { min: '-9223372036854775808n', max: '9223372036854775807n' }],
  ['unsignedByte', { min: '0', max: '255' }],
  ['unsignedShort', { min: '0', max: '65535' }],
  ['unsignedInt', { min: '0', max: '4294967295' }],
  ['unsignedLong', { min: '0', max: '18446744073709551615n' }],
])

/** True of a built-in integer type that a double cannot hold. */
export function isWide(builtIn: string): boolean {
  return ranges.get(builtIn)?.max.endsWith('n') ?? false
}

export function simpleTable(type: SimpleType, types: Types): string {
  return `{ base: '${type.base}', ${simpleRule(type, types)} }`
}

function simpleRule({ name, base, facets }: SimpleType, types: Types): string {
  const parent = types.simple.get(base)
  if (parent) return simpleRule({ ...parent, facets: { ...parent.facets, ...facets } }, types)
  if (base === 'hexBinary') return `kind: 'hexBinary', maxBytes: ${facets['maxLength']}`
  if (base === 'string') return `kind: 'string', maxLength: ${facets['maxLength']}`
  const range = ranges.get(base)
  if (!range) throw new Error(`${name}: no rule for xs:${base}`)
  return `kind: 'integer', min: ${facets['minInclusive'] ?? range.min}, max: ${facets['maxInclusive'] ?? range.max}`
}

export function complexTable({ name, base, elements, attributes }: ComplexType): string {
  const parts = [`name: '${name}'`]
  if (base !== undefined) parts.push(`base: '${base}'`)
  return `{ ${[...parts, ...additions({ elements, attributes })].join(', ')} }`
}

/** A version of the extension as a value of codec/element.ts's `Extension`. */
export function extensionTable(inForce: Schema): string {
  const { namespace, complexTypes, elements } = vocabularyOf(inForce)
  const types = complexTypes.map(({ name }) => name)
  const globals = elements.map(({ name, type }) => `${name}: '${type}'`)
  const appended = inForce.redefinedTypes.map(
    (type) => `    ${type.name}: { ${additions(type, inForce.namespace).join(', ')} },\n`,
  )
  return `{
  namespace: '${namespace}',
  types: { ${types.join(', ')} },
  elements: { ${globals.join(', ')} },
  appended: {
${appended.join('')}  },
}`
}

function additions(
  { elements, attributes }: Pick<ComplexType, 'elements' | 'attributes'>,
  standard = elements[0]?.namespace,
): readonly string[] {
  const parts: string[] = []
  if (attributes.length > 0) parts.push(`attributes: [${attributes.map(attributeTable).join(', ')}]`)
  const particles = elements.map((particle) => `\n  ${particleTable(particle, particle.namespace !== standard)},`)
  if (elements.length > 0) parts.push(`elements: [${particles.join('')}\n]`)
  return parts
}

function particleTable({ name, type, min, max, namespace }: Particle, foreign: boolean): string {
  const parts = [`name: '${name}'`, `type: '${type}'`]
  if (min !== 1) parts.push(`min: ${min}`)
  if (max !== 1) parts.push(`max: ${max}`)
  if (foreign) parts.push(`namespace: '${namespace}'`)
  return `{ ${parts.join(', ')} }`
}

function attributeTable({ name, type, required, default: fallback }: Attribute): string {
  const parts = [`name: '${name}'`, `type: '${type}'`]
  if (required) parts.push('required: true')
  if (fallback !== undefined) parts.push(`default: '${fallback}'`)
  return `{ ${parts.join(', ')} }`
}
