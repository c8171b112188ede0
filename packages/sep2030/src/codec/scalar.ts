import { simpleTypes } from '../generated/simple-types.ts'
import type { SimpleType } from './element.ts'

/** What the values of a simple type, or of a complex type with simple content, may be. */
export type Scalar = Readonly<{
  name: string
  kind: SimpleType['kind'] | 'boolean' | 'uri'
  min: number | bigint
  max: number | bigint
  /** The same bounds as doubles, which tell for any number that has fewer than 16 digits. */
  least: number
  greatest: number
  /** In characters; of hexBinary in digits. */
  maxLength: number
  /** How the white space of a value is read, where that is not told by the kind. */
  space: 'preserve' | 'replace' | 'collapse'
  pattern: RegExp | undefined
}>

const unbounded = {
  min: 0,
  max: 0,
  least: 0,
  greatest: 0,
  maxLength: Infinity,
  space: 'collapse',
  pattern: undefined,
} as const
const text = { ...unbounded, kind: 'string', pattern: undefined } as const

/** The built-in types that the schema uses as they are, and those below xs:string, which `xsi:type` may name in its place. */
const builtIns: readonly (Scalar & { base?: string })[] = [
  { ...unbounded, name: 'boolean', kind: 'boolean' },
  { ...unbounded, name: 'anyURI', kind: 'uri' },
  { ...text, name: 'string', space: 'preserve' },
  { ...text, name: 'normalizedString', base: 'string', space: 'replace' },
  { ...text, name: 'token', base: 'normalizedString' },
  { ...text, name: 'language', base: 'token', pattern: /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/ },
]

const scalars = new Map<string, Scalar>(builtIns.map((scalar) => [scalar.name, scalar]))
const bases = new Map(builtIns.map(({ name, base }) => [name, base]))
for (const [name, type] of Object.entries<SimpleType>(simpleTypes)) {
  scalars.set(name, scalarOf(name, type))
  bases.set(name, type.base)
}

export function scalarNamed(name: string): Scalar | undefined {
  return scalars.get(name)
}

/** A simple type and all that it is derived from, as far as the schema uses them. */
export function lineageOf(name: string): readonly string[] {
  const base = bases.get(name)
  return base === undefined ? [name] : [name, ...lineageOf(base)]
}

function scalarOf(name: string, type: SimpleType): Scalar {
  if (type.kind === 'integer') {
    const { kind, min, max } = type
    return { ...unbounded, name, kind, min, max, least: Number(min), greatest: Number(max) }
  }
  if (type.kind === 'hexBinary') return { ...unbounded, name, kind: 'hexBinary', maxLength: type.maxBytes * 2 }
  return { ...text, name, space: 'preserve', maxLength: type.maxLength }
}
