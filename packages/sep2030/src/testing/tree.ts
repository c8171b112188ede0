import { xsiNamespace } from '../codec/names.ts'
import type { Scalar } from '../codec/scalar.ts'
import { schemaOf, type Field, type Profile, type Type } from '../codec/schema.ts'
import * as complexTypes from '../generated/complex-types.ts'
import { extensions } from '../generated/extensions.ts'
import type { Draw } from './draw.ts'

export type Attribute = { name: string; namespace: string; value: string; type?: Type }

/** An element of a document to be, with what the schema says of it: what a fault needs to know to break one rule. */
export type Tree = {
  name: string
  namespace: string
  type: Type
  /** The type that the schema declares; `type` is one derived from it where `xsi:type` says so. */
  declared: Type
  attributes: Attribute[]
  children: Tree[]
  text: string
}

export type Root = Readonly<{ name: string; namespace: string; type: Type }>

/** The global elements of a profile, with the type of each. */
export function rootsOf(profile: Profile): readonly Root[] {
  const known = roots.get(profile)
  if (known) return known
  const found = findRoots(profile)
  roots.set(profile, found)
  return found
}

const roots = new Map<Profile, readonly Root[]>()

export function rootNamed(profile: Profile, wanted: string): Root {
  const root = rootsOf(profile).find(({ name }) => name === wanted)
  if (!root) throw new Error(`no global element ${wanted}`)
  return root
}

function findRoots(profile: Profile): readonly Root[] {
  const schema = schemaOf(profile)
  const names = [...Object.keys(complexTypes), ...(profile === 'base' ? [] : Object.keys(extensions[profile].elements))]
  return names.map((name) => {
    const namespace = schema.namespaceOf(name)
    const type = schema.rootNamed(name, namespace)
    if (!type) throw new Error(`no type for ${name}`)
    return { name, namespace, type }
  })
}

/** Draws a document that the schema allows. */
export function drawTree(draw: Draw, root: Root, profile: Profile): Tree {
  return drawElement(draw, root, root.type, profile, { left: draw.pick([0, 15, 60]) })
}

type Budget = { left: number }

function drawElement(
  draw: Draw,
  { name, namespace }: Readonly<{ name: string; namespace: string }>,
  declared: Type,
  profile: Profile,
  budget: Budget,
): Tree {
  const type = drawType(draw, declared, profile, budget)
  const tree: Tree = { name, namespace, type, declared, attributes: [], children: [], text: '' }
  if (type !== declared)
    tree.attributes.push({ name: 'type', namespace: xsiNamespace, value: `{${type.namespace}}${type.name}` })
  if (type.scalar) return { ...tree, text: drawText(draw, type.scalar) }
  for (const slot of type.attributes) {
    if (!slot.required && !(budget.left-- > 0 && draw.chance(40))) continue
    const value = slot.type.scalar ? drawText(draw, slot.type.scalar) : ''
    tree.attributes.push({ name: slot.name, namespace: '', value, type: slot.type })
  }
  for (const field of type.fields) {
    const count = drawCount(draw, field, budget)
    for (let i = 0; i < count; i++) tree.children.push(drawElement(draw, field, field.type, profile, budget))
  }
  return tree
}

function drawCount(draw: Draw, { required, max }: Field, budget: Budget): number {
  const some = required || (budget.left-- > 0 && draw.chance(40))
  return some ? draw.int(1, Math.min(max, budget.left > 0 ? 3 : 1)) : 0
}

function drawType(draw: Draw, declared: Type, profile: Profile, budget: Budget): Type {
  if (budget.left <= 0 || !draw.chance(declared.name === 'Resource' || declared.name === 'Response' ? 60 : 3))
    return declared
  const derived = rootsOf(profile).filter(({ type }) => type !== declared && type.lineage.includes(declared.name))
  return derived.length > 0 ? draw.pick(derived).type : declared
}

const characters = [
  ...'aZ09 _-./:ß€日本Ωλ😀𝕏\u00a0\u0085\ud7ff\ue000\ufffd',
  '&',
  '<',
  '>',
  '"',
  "'",
  ']',
  '\t',
  '\n',
  '\r',
]

/** Draws a text that spells a value of the type, edges often. */
function drawText(draw: Draw, scalar: Scalar): string {
  switch (scalar.kind) {
    case 'integer':
      return drawInteger(draw, scalar)
    case 'boolean':
      return draw.pick(['true', 'false', '1', '0'])
    case 'hexBinary': {
      const digits = 2 * draw.pick([scalar.maxLength / 2, draw.int(0, scalar.maxLength / 2)])
      return repeat(digits, () => draw.pick([...'0123456789ABCDEFabcdef']))
    }
    case 'uri':
      return draw.pick(uris)
    case 'string': {
      const longest = Math.min(scalar.maxLength, 200)
      return repeat(draw.pick([longest, draw.int(0, longest)]), () => draw.pick(characters))
    }
    default:
      return scalar.kind satisfies never
  }
}

const uris = [
  '/edev',
  '/derp/1/derc?s=0&l=5',
  'https://[2001:db8::1]:8443/ntfy',
  'rsps/1',
  '../x#y',
  '',
  'urn:a:b',
  '/é b/%C3%A9',
]

function drawInteger(draw: Draw, { min, max }: Scalar): string {
  const [low, high] = [BigInt(min), BigInt(max)]
  const near = BigInt(draw.int(0, 99))
  const any = low + ((high - low) * BigInt(draw.int(0, 1_000_000))) / 1_000_000n
  return String(draw.pick([low, high, near <= high ? near : high, any]))
}

function repeat(count: number, make: () => string): string {
  return Array.from({ length: count }, make).join('')
}
