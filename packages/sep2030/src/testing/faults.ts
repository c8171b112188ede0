import { standardNamespace, xsiNamespace } from '../codec/names.ts'
import { schemaOf, type Profile } from '../codec/schema.ts'
import type { Draw } from './draw.ts'
import { rootsOf, type Tree } from './tree.ts'

/** Puts one fault of its class into a tree; false when the tree has no place for it. */
export type Fault = (tree: Tree, draw: Draw, profile: Profile) => boolean

type Test = (tree: Tree) => boolean

const hasFields: Test = ({ type }) => type.fields.length > 0
const isEmpty: Test = ({ type }) => !type.scalar && type.fields.length === 0
const isScalar: Test = ({ type }) => type.scalar !== undefined
const isInteger: Test = ({ type }) => type.scalar?.kind === 'integer'
const isHex: Test = ({ type }) => type.scalar?.kind === 'hexBinary'
const isBoolean: Test = ({ type }) => type.scalar?.kind === 'boolean'
const isLimited: Test = ({ type }) => type.scalar?.kind === 'string' && type.scalar.maxLength < Infinity

/** The classes of fault that the example documents have, and some more, each told as what it does to a document. */
export const faults: Readonly<Record<string, Fault>> = {
  'missing-required-element': at(
    ({ type, children }) => type.fields.some((f) => f.required && children.some((c) => c.name === f.name)),
    (tree, draw) => {
      const required = tree.children.filter((c) => tree.type.fields.some((f) => f.required && f.name === c.name))
      const { name } = draw.pick(required)
      tree.children = tree.children.filter((child) => child.name !== name)
    },
  ),
  'wrong-order': at(
    ({ children }) => new Set(children.map(({ name }) => name)).size > 1,
    ({ children }, draw) => {
      const i = draw.pick(children.flatMap((c, j) => (j > 0 && c.name !== children[j - 1]?.name ? [j] : [])))
      children.splice(i - 1, 2, ...children.slice(i - 1, i + 1).toReversed())
    },
  ),
  'duplicated-element': at(
    ({ type, children }) => type.fields.some((f) => f.max === 1 && children.some((c) => c.name === f.name)),
    (tree, draw) => {
      const single = tree.children.filter((c) => tree.type.fields.some((f) => f.max === 1 && f.name === c.name))
      const child = draw.pick(single)
      tree.children.splice(tree.children.indexOf(child), 0, structuredCopy(child))
    },
  ),
  'too-many-occurrences': at(
    ({ type, children }) =>
      type.fields.some((f) => f.max > 1 && f.max < 100 && children.some((c) => c.name === f.name)),
    (tree) => {
      const field = tree.type.fields.find(({ max }) => max > 1 && max < 100)
      const child = tree.children.find(({ name }) => name === field?.name)
      const place = child ? tree.children.indexOf(child) : 0
      if (child && field)
        tree.children.splice(place, 0, ...Array.from({ length: field.max }, () => structuredCopy(child)))
    },
  ),
  'unknown-element': at(hasFields, (tree, draw) =>
    insert(tree, draw, leaf(draw.pick(['items', 'value2', 'Foo']), standardNamespace)),
  ),
  'element-name-case': at(
    ({ children }) => children.length > 0,
    ({ children }, draw) => {
      const child = draw.pick(children)
      const [first = ''] = child.name
      child.name = (first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase()) + child.name.slice(1)
    },
  ),
  'child-wrong-namespace': at(
    ({ children }) => children.length > 0,
    ({ children }, draw) => {
      draw.pick(children).namespace = draw.pick(['', 'http://ieee.org/2030.5', 'https://csipaus.org/ns/v9'])
    },
  ),
  'wrong-namespace': (tree, draw) => {
    untype(tree)
    tree.namespace = draw.pick(['', 'http://zigbee.org/sep', 'http://ieee.org/2030.5', 'urn:ieee:std:2030.5:NS'])
    return true
  },
  'unknown-root': (tree, draw) => {
    untype(tree)
    tree.name = draw.pick(['UInt8', 'HexBinary128', 'mRID', 'derControl', 'Foo', 'constructor', '__proto__'])
    return true
  },
  'foreign-namespace-element': at(hasFields, (tree, draw) =>
    insert(tree, draw, leaf('ConnectionPointLink', 'https://csipaus.org/ns/v7')),
  ),
  'other-edition-element': at(hasFields, (tree, draw) =>
    insert(tree, draw, leaf('loadShedDeviceCategory', standardNamespace)),
  ),
  'text-in-element-content': at(hasFields, (tree, draw) => {
    tree.text = draw.pick(['stray', '0', '\u00a0', '<', '\ufeff'])
  }),
  'text-in-empty-content': at(isEmpty, (tree, draw) => {
    tree.text = draw.pick(['text', ' ', '\n', '\u00a0'])
  }),
  'child-in-empty-content': at(isEmpty, (tree) => {
    tree.children.push(leaf('Link', standardNamespace))
  }),
  'child-in-simple-content': at(isScalar, (tree) => {
    tree.children.push(leaf('value', standardNamespace))
  }),
  'attribute-on-simple-content': at(isScalar, (tree, draw) =>
    attribute(tree, draw.pick(['x', 'href', 'type', 'nil']), '1'),
  ),
  'missing-required-attribute': at(
    ({ type, attributes }) =>
      type.attributes.some((slot) => slot.required && attributes.some(({ name }) => name === slot.name)),
    (tree, draw) => {
      const { name } = draw.pick(tree.type.attributes.filter(({ required }) => required))
      tree.attributes = tree.attributes.filter((each) => each.name !== name)
    },
  ),
  'unknown-attribute': at(
    ({ type }) => !type.scalar,
    (tree, draw) => attribute(tree, draw.pick(['x', 'Href', 'schemaVer', 'mRID', 'constructor']), '1'),
  ),
  'qualified-attribute': at(
    ({ attributes }) => attributes.some(({ namespace }) => namespace === ''),
    ({ attributes }, draw) => {
      draw.pick(attributes.filter(({ namespace }) => namespace === '')).namespace = draw.pick([
        standardNamespace,
        'urn:x',
      ])
    },
  ),
  'bad-attribute-value': at(
    ({ attributes }) => attributes.some(({ type }) => type?.scalar?.kind === 'integer'),
    ({ attributes }, draw) => {
      const integers = attributes.filter(({ type }) => type?.scalar?.kind === 'integer')
      draw.pick(integers).value = draw.pick(['abc', '', '-1', '4294967296', '1.0', '0x1', '1e3', '１', '--1'])
    },
  ),
  'bad-uri': at(
    ({ attributes }) => attributes.some(({ name }) => name === 'href'),
    ({ attributes }, draw) => {
      const href = attributes.find(({ name }) => name === 'href')
      if (href) href.value = draw.pick(['%', '%zz', '/a#b#c', '::', 'http://[::1', '1a:b', 'a[b]', 'x%4'])
    },
  ),
  'out-of-range-high': at(isInteger, (tree, draw) => {
    tree.text = String(BigInt(tree.type.scalar?.max ?? 0) + BigInt(draw.pick([1, 2, 1000])))
  }),
  'out-of-range-low': at(isInteger, (tree, draw) => {
    tree.text = String(BigInt(tree.type.scalar?.min ?? 0) - BigInt(draw.pick([1, 2, 1000])))
  }),
  'bad-integer': at(isInteger, (tree, draw) => {
    tree.text = draw.pick(['1.0', '1e3', 'NaN', '0x10', '1 2', '+', '-', '--1', '1,000', '٣', '1_0', '1.', 'INF'])
  }),
  'bad-boolean': at(isBoolean, (tree, draw) => {
    tree.text = draw.pick(['yes', 'True', 'FALSE', '2', '01', 'tru', 'true false', '-0'])
  }),
  'empty-value': at(
    (tree) => isInteger(tree) || isBoolean(tree),
    (tree, draw) => {
      tree.text = draw.pick(['', ' ', '\n'])
    },
  ),
  'hex-too-long': at(isHex, (tree, draw) => {
    tree.text = draw.pick(['0', 'F', 'a']).repeat((tree.type.scalar?.maxLength ?? 0) + 2)
  }),
  'hex-odd-digits': at(isHex, (tree) => {
    tree.text = 'A'.repeat((tree.type.scalar?.maxLength ?? 0) - 1)
  }),
  'hex-bad-digit': at(isHex, (tree, draw) => {
    tree.text = draw.pick(['0x', 'ZZ', 'A ', 'g0', '0G', '-1', '１１', 'A\u00a0', '@A', '`a'])
    if (/^[0-9A-Fa-f]{0,2} $/.test(tree.text)) tree.text = 'A A'
  }),
  'string-too-long': at(isLimited, (tree, draw) => {
    tree.text = draw.pick(['x', 'é', '😀', ' ']).repeat((tree.type.scalar?.maxLength ?? 0) + 1)
  }),
  'xsi-type-unknown': (tree, draw) =>
    retype(anyOf(tree, draw), draw.pick(['NoSuchType', '{urn:x}ActivePower', 'constructor', 'uInt8'])),
  'xsi-type-not-derived': (tree, draw, profile) => {
    const target = anyOf(tree, draw)
    const others = rootsOf(profile).filter(({ type }) => !type.lineage.includes(target.declared.name))
    const { type } = draw.pick(others)
    return retype(target, `{${type.namespace}}${type.name}`)
  },
  'xsi-type-missing': at(
    ({ type, declared, children }) => type !== declared && children.some((c) => !declared.slots.has(c.name)),
    untype,
  ),
  'xsi-nil-not-allowed': (tree, draw) => {
    anyOf(tree, draw).attributes.push({
      name: 'nil',
      namespace: xsiNamespace,
      value: draw.pick(['true', 'false', '1', '0']),
    })
    return true
  },
  'xsi-unknown-attribute': (tree, draw) => {
    anyOf(tree, draw).attributes.push({ name: 'foo', namespace: xsiNamespace, value: '1' })
    return true
  },
}

/** A fault that goes into any one element of which something holds. */
function at(test: Test, change: (tree: Tree, draw: Draw) => unknown): Fault {
  return (tree, draw) => {
    const places = all(tree).filter(test)
    if (places.length === 0) return false
    change(draw.pick(places), draw)
    return true
  }
}

function all(tree: Tree): readonly Tree[] {
  return [tree, ...tree.children.flatMap(all)]
}

function anyOf(tree: Tree, draw: Draw): Tree {
  return draw.pick(all(tree))
}

function insert(tree: Tree, draw: Draw, child: Tree): void {
  tree.children.splice(draw.int(0, tree.children.length), 0, child)
}

function leaf(name: string, namespace: string): Tree {
  const type = schemaOf('base').typeNamed('UInt8', standardNamespace)
  if (!type) throw new Error('no UInt8')
  return { name, namespace, type, declared: type, attributes: [], children: [], text: '1' }
}

function attribute(tree: Tree, name: string, value: string): void {
  tree.attributes.push({ name, namespace: '', value })
}

function retype(tree: Tree, value: string): boolean {
  untype(tree)
  tree.attributes.push({ name: 'type', namespace: xsiNamespace, value })
  return true
}

/** Also for roots that the schema does not have: Xerces takes one whose type is given. */
function untype(tree: Tree): void {
  tree.attributes = tree.attributes.filter(({ name, namespace }) => !(namespace === xsiNamespace && name === 'type'))
}

function structuredCopy(tree: Tree): Tree {
  return {
    ...tree,
    attributes: tree.attributes.map((each) => ({ ...each })),
    children: tree.children.map(structuredCopy),
  }
}
