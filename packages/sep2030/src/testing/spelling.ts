import { standardNamespace, xsiNamespace } from '../codec/names.ts'
import type { Draw } from './draw.ts'
import type { Attribute, Tree } from './tree.ts'

/** How a document is written down, of the many ways that mean the same. */
export type Spelling = Readonly<{
  draw: Draw
  prefixed: boolean
  spaced: boolean
  odd: boolean
  redeclared: boolean
  declaration: boolean
}>

export function drawSpelling(draw: Draw): Spelling {
  return {
    draw,
    prefixed: draw.chance(30),
    spaced: draw.chance(40),
    odd: draw.chance(40),
    redeclared: draw.chance(20),
    declaration: draw.chance(20),
  }
}

type Scope = Readonly<{ bindings: ReadonlyMap<string, string>; indent: string }>

/** Writes a tree as a document. */
export function spell(tree: Tree, spelling: Spelling): string {
  const { declaration, draw } = spelling
  const root = element(tree, spelling, { bindings: new Map(), indent: '\n' })
  if (!declaration) return root
  const version = draw.pick(['<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-8" standalone="yes" ?>\r\n'])
  return `${version}<!-- a - comment --><?an instruction?>\n${root}\n<!---->`
}

function element(tree: Tree, spelling: Spelling, outer: Scope): string {
  const { draw, spaced } = spelling
  const scope = { bindings: new Map(outer.bindings), indent: `${outer.indent}  ` }
  const declared: string[] = []
  const prefix = (namespace: string, use: Use) => prefixFor(namespace, use, spelling, scope.bindings, declared)
  const owner = prefix(tree.namespace, 'element')
  const attributes = tree.attributes.map((attribute) => attributeText(attribute, spelling, prefix))
  const qname = owner === '' ? tree.name : `${owner}:${tree.name}`
  const pieces = draw.chance(50) ? [...declared, ...attributes] : [...attributes, ...declared]
  const start = `<${qname}${pieces.map((piece) => `${spaced ? draw.pick([' ', '\n', '\t ']) : ' '}${piece}`).join('')}`
  const content = tree.children.length > 0 ? childrenText(tree, spelling, scope, outer) : text(tree, spelling)
  if (content === '' && draw.chance(70)) return `${start}${spaced ? ' ' : ''}/>`
  return `${start}${spaced && draw.chance(10) ? ' ' : ''}>${content}</${qname}${spaced && draw.chance(10) ? ' \n' : ''}>`
}

function childrenText({ children, text: stray }: Tree, spelling: Spelling, scope: Scope, outer: Scope): string {
  const between = () =>
    spelling.odd ? spelling.draw.pick(['', ' ', '<!-- <x> & -->', '<?p q?>', '&#10;', '\r\n']) : ''
  const line = spelling.spaced ? scope.indent : ''
  const parts = children.map((child) => `${line}${between()}${element(child, spelling, scope)}`)
  return `${parts.join('')}${between()}${escaped(stray, spelling)}${spelling.spaced ? outer.indent : ''}`
}

type Use = 'element' | 'attribute' | 'type'
type PrefixFor = (namespace: string, use: Use) => string

/** The prefix to write for a namespace, declared on this element if it is not in scope or if the spelling repeats itself. */
function prefixFor(
  namespace: string,
  use: Use,
  { draw, prefixed, redeclared }: Spelling,
  bindings: Map<string, string>,
  declared: string[],
): string {
  if (namespace === '' && use !== 'element') return ''
  const found = [...bindings].findLast(([prefix, uri]) => uri === namespace && (use !== 'attribute' || prefix !== ''))
  if (found && !(redeclared && use === 'element' && draw.chance(30))) return found[0]
  const prefix = use === 'element' && (!prefixed || namespace === '') ? '' : draw.pick(prefixesOf(namespace))
  bindings.set(prefix, namespace)
  declared.push(`xmlns${prefix === '' ? '' : `:${prefix}`}="${namespace}"`)
  return prefix
}

function prefixesOf(namespace: string): readonly string[] {
  if (namespace === standardNamespace) return ['s', 'ns2']
  if (namespace === xsiNamespace) return ['xsi', 'i']
  if (namespace.startsWith('https://csipaus')) return ['csipaus', 'csip-aus']
  return [`other${namespace.length}`]
}

function attributeText({ name, namespace, value, type }: Attribute, spelling: Spelling, prefix: PrefixFor): string {
  const { draw, odd } = spelling
  const owner = prefix(namespace, 'attribute')
  const quote = draw.pick(['"', "'"])
  // a type is named by a QName, in the scope that the element itself has
  const raw = namespace === xsiNamespace && name === 'type' ? typeName(value, prefix) : value
  const padded =
    odd && type && isPadded(type.scalar?.kind)
      ? `${draw.pick(['', ' ', '\n'])}${zeros(raw, spelling, type.scalar?.kind)} `
      : raw
  return `${owner === '' ? name : `${owner}:${name}`}=${quote}${escaped(padded, spelling).replaceAll(quote, quote === '"' ? '&quot;' : '&apos;')}${quote}`
}

function typeName(value: string, prefix: PrefixFor): string {
  const owner = prefix(value.startsWith('{') ? value.slice(1, value.indexOf('}')) : standardNamespace, 'type')
  const local = value.slice(value.indexOf('}') + 1)
  return owner === '' ? local : `${owner}:${local}`
}

function text({ type, text: value }: Tree, spelling: Spelling): string {
  const { draw, odd } = spelling
  const kind = type.scalar?.kind
  if (!odd || !kind) return escaped(value, spelling)
  if (!isPadded(kind)) return split(value, spelling)
  const padding = () => draw.pick(['', ' ', '\n\t', '\r\n', '&#32;'])
  return `${padding()}${split(zeros(value, spelling, kind), spelling)}${padding()}`
}

/** Cuts a text in two by what an application does not see, or hides a part of it in a CDATA section. */
function split(value: string, spelling: Spelling): string {
  const at = spelling.draw.int(0, value.length)
  const [head, tail] = [value.slice(0, at), value.slice(at)]
  if (!head.isWellFormed()) return escaped(value, spelling)
  const cdata = tail === '' || /[\r]|\]\]>/.test(tail) ? escaped(tail, spelling) : `<![CDATA[${tail}]]>`
  return spelling.draw.pick([
    escaped(value, spelling),
    `${escaped(head, spelling)}<!-- - -->${escaped(tail, spelling)}`,
    `${escaped(head, spelling)}<?x y?>${escaped(tail, spelling)}`,
    `${escaped(head, spelling)}${cdata}`,
  ])
}

function zeros(value: string, { draw }: Spelling, kind: string | undefined): string {
  if (kind !== 'integer' || !/^-?\d/.test(value)) return value
  const digits = value.replace('-', '')
  return `${value.startsWith('-') ? '-' : draw.pick(['', '', '+'])}${draw.pick(['', '0', '00000000000000000000'])}${digits}`
}

function isPadded(kind: string | undefined): boolean {
  return kind === 'integer' || kind === 'boolean' || kind === 'hexBinary'
}

function escaped(value: string, { draw, odd }: Spelling): string {
  const plain = value.replaceAll(/[&<>\t\r\n]/g, (character) =>
    character === '&'
      ? '&amp;'
      : character === '<'
        ? '&lt;'
        : character === '>'
          ? '&gt;'
          : `&#${character.charCodeAt(0)};`,
  )
  if (!odd || plain !== value || value === '' || !draw.chance(30)) return plain
  const [first = ''] = value
  return `&#x${first.codePointAt(0)?.toString(16)};${value.slice(first.length)}`
}
