import { ahead, bind, fail, lengthOf, namespaceOf, slice, type Cursor } from './cursor.ts'
import { isNcName, localOf, prefixOf, xmlNamespace, xmlnsNamespace } from './names.ts'
import { AMP, GT, isSpace, LT, readReference, requireCharacter, skipSpace, SLASH } from './scanner.ts'

const EQUALS = 0x3d
const QUOTE = 0x22
const APOSTROPHE = 0x27

/** Reads a start tag, the cursor at its `<`, into `cursor.tag`, and brings its namespace declarations into scope. */
export function readTag(cursor: Cursor): void {
  const { tag } = cursor
  cursor.at += 1
  tag.qname = readName(cursor)
  tag.outerNamespace = cursor.defaultNamespace
  tag.outerBindings = cursor.prefixes.length
  tag.attributeCount = 0
  tag.declared.length = 0
  tag.empty = readAttributes(cursor)
  tag.local = localOf(tag.qname)
  tag.namespace = namespaceOf(cursor, prefixOf(tag.qname))
  if (tag.attributeCount > 1) refuseDuplicates(cursor)
}

/** Reads attributes up to the end of a start tag; true when the tag ends the element too. */
function readAttributes(cursor: Cursor): boolean {
  const { bytes } = cursor
  for (let count = 0; ; count++) {
    const spaced = isSpace(bytes[cursor.at])
    if (spaced) skipSpace(cursor)
    const code = bytes[cursor.at]
    if (code === GT) {
      cursor.at += 1
      return false
    }
    if (code === SLASH && bytes[cursor.at + 1] === GT) {
      cursor.at += 2
      return true
    }
    if (!spaced) failTag(cursor)
    if (count === cursor.limits.attributes) fail(cursor, 'limit-attributes', `more than ${count} attributes`)
    readAttribute(cursor)
  }
}

function readAttribute(cursor: Cursor): void {
  const { bytes, tag } = cursor
  const name = readName(cursor)
  skipSpace(cursor)
  if (bytes[cursor.at] !== EQUALS) failTag(cursor)
  cursor.at += 1
  skipSpace(cursor)
  const value = readAttributeValue(cursor)
  if (name.startsWith('xmlns') && (name.length === 5 || name.charCodeAt(5) === 0x3a)) {
    declare(cursor, name.slice(6), value)
  } else {
    tag.attributeNames[tag.attributeCount] = name
    tag.attributeValues[tag.attributeCount] = value
    tag.attributeCount += 1
  }
}

function readAttributeValue(cursor: Cursor): string {
  const { bytes } = cursor
  const quote = bytes[cursor.at]
  if (quote !== QUOTE && quote !== APOSTROPHE) failTag(cursor)
  cursor.at += 1
  let value = readAttributeRun(cursor, quote)
  while (bytes[cursor.at] !== quote) value += readReference(cursor) + readAttributeRun(cursor, quote)
  cursor.at += 1
  return value
}

/** The characters up to the closing quote or a reference, white space as XML gives it to an application: as spaces. */
function readAttributeRun(cursor: Cursor, quote: number): string {
  const { bytes } = cursor
  const start = cursor.at
  let at = start
  let spaced = false
  for (;;) {
    const code = bytes[at] ?? 0
    if (code === quote || code === AMP) break
    if (code === LT) fail(cursor, 'well-formed', '< in the value of an attribute')
    if (code < 0x20) spaced = true
    if (code < 0x20 || code === 0xef) requireCharacter(cursor, at)
    at += 1
  }
  cursor.at = at
  const run = slice(cursor, start, at)
  return spaced ? run.replaceAll(/\r\n|[\t\r\n]/g, ' ') : run
}

function readName(cursor: Cursor): string {
  const { bytes } = cursor
  const start = cursor.at
  while (!endsName(bytes[cursor.at])) cursor.at += 1
  if (cursor.at === start) failTag(cursor)
  return slice(cursor, start, cursor.at)
}

/** Roughly: what ends a name for sure. A name that is no name at all is unknown to every table, or checked where it is not. */
function endsName(code: number | undefined): boolean {
  return isSpace(code) || code === GT || code === SLASH || code === EQUALS || code === LT || code === 0
}

/** Names in XML, for where the schema does not say which there can be. */
export function requireQname(cursor: Cursor, qname: string): void {
  const colon = qname.indexOf(':')
  const valid = colon < 0 ? isNcName(qname) : isNcName(qname.slice(0, colon)) && isNcName(qname.slice(colon + 1))
  if (!valid) fail(cursor, 'well-formed', 'not a name', qname)
}

function declare(cursor: Cursor, prefix: string, uri: string): void {
  const { tag } = cursor
  if (tag.declared.includes(prefix)) fail(cursor, 'well-formed', 'a namespace is declared twice', prefix)
  tag.declared.push(prefix)
  const reserved = uri === xmlnsNamespace || prefix === 'xmlns' || (prefix === 'xml') !== (uri === xmlNamespace)
  if (reserved || (prefix !== '' && (uri === '' || !isNcName(prefix)))) {
    fail(cursor, 'namespace', `the prefix "${prefix}" cannot mean this namespace`, uri)
  }
  bind(cursor, prefix, uri)
}

function refuseDuplicates(cursor: Cursor): void {
  const { attributeCount, attributeNames } = cursor.tag
  for (let i = 1; i < attributeCount; i++) {
    const name = attributeNames[i] ?? ''
    for (let j = 0; j < i; j++) {
      if (isSameName(cursor, name, attributeNames[j] ?? ''))
        fail(cursor, 'well-formed', 'an attribute is given twice', name)
    }
  }
}

function isSameName(cursor: Cursor, a: string, b: string): boolean {
  if (a === b) return true
  if (localOf(a) !== localOf(b) || !a.includes(':') || !b.includes(':')) return false
  return namespaceOf(cursor, prefixOf(a)) === namespaceOf(cursor, prefixOf(b))
}

/** Reads the end tag of the element that was opened under this name, the cursor at its `<`. */
export function readEndTag(cursor: Cursor, qname: string): void {
  const { bytes } = cursor
  const start = cursor.at + 2
  const end = start + qname.length
  if (bytes[start - 1] !== SLASH || slice(cursor, start, end) !== qname) refuseEnd(cursor, qname)
  cursor.at = end
  skipSpace(cursor)
  if (bytes[cursor.at] !== GT) failTag(cursor)
  cursor.at += 1
}

function refuseEnd(cursor: Cursor, qname: string): never {
  return fail(cursor, 'well-formed', `the end tag of ${qname} is missing`, ahead(cursor))
}

function failTag(cursor: Cursor): never {
  if (cursor.at >= lengthOf(cursor)) fail(cursor, 'well-formed', 'the document ends inside a tag')
  return fail(cursor, 'well-formed', 'a tag is malformed', ahead(cursor))
}
