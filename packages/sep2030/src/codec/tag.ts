import { bind, fail, namespaceOf, type Cursor } from './cursor.ts'
import { isNcName, localOf, prefixOf, xmlNamespace, xmlnsNamespace } from './names.ts'
import { failCharacter, GT, isOddCharacter, isSpace, LT, readReference, skipSpace, SLASH } from './scanner.ts'

const EQUALS = 0x3d
const QUOTE = 0x22
const APOSTROPHE = 0x27
const AMP = 0x26

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
  const { text } = cursor
  for (let count = 0; ; count++) {
    const spaced = isSpace(text.charCodeAt(cursor.at))
    if (spaced) skipSpace(cursor)
    const code = text.charCodeAt(cursor.at)
    if (code === GT) {
      cursor.at += 1
      return false
    }
    if (code === SLASH && text.charCodeAt(cursor.at + 1) === GT) {
      cursor.at += 2
      return true
    }
    if (!spaced) failTag(cursor)
    if (count === cursor.limits.attributes) fail(cursor, 'limit-attributes', `more than ${count} attributes`)
    readAttribute(cursor)
  }
}

function readAttribute(cursor: Cursor): void {
  const { tag, text } = cursor
  const name = readName(cursor)
  skipSpace(cursor)
  if (text.charCodeAt(cursor.at) !== EQUALS) failTag(cursor)
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
  const { text } = cursor
  const quote = text.charCodeAt(cursor.at)
  if (quote !== QUOTE && quote !== APOSTROPHE) failTag(cursor)
  cursor.at += 1
  let value = ''
  let start = cursor.at
  for (;;) {
    const code = text.charCodeAt(cursor.at)
    if (code === quote) break
    if (code === AMP) {
      value += normalized(text.slice(start, cursor.at)) + readReference(cursor)
      start = cursor.at
      continue
    }
    if (code === LT) fail(cursor, 'well-formed', '< in the value of an attribute')
    if (!(code >= 0x20 && code < 0xd800) && !isOddCharacter(text, cursor.at)) failCharacter(cursor, cursor.at)
    cursor.at += 1
  }
  const last = normalized(text.slice(start, cursor.at))
  cursor.at += 1
  return value === '' ? last : value + last
}

/** XML gives the white space in an attribute to the application as spaces, a pair of carriage return and line feed as one. */
function normalized(value: string): string {
  return /[\t\r\n]/.test(value) ? value.replaceAll(/\r\n|[\t\r\n]/g, ' ') : value
}

function readName(cursor: Cursor): string {
  const { text } = cursor
  const start = cursor.at
  while (!endsName(text.charCodeAt(cursor.at))) cursor.at += 1
  if (cursor.at === start) failTag(cursor)
  return text.slice(start, cursor.at)
}

/** Roughly: what ends a name for sure. A name that is no name at all is unknown to every table, or checked where it is not. */
function endsName(code: number): boolean {
  return isSpace(code) || code === GT || code === SLASH || code === EQUALS || code === LT || Number.isNaN(code)
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
      if (isSameName(cursor, name, attributeNames[j] ?? '')) fail(cursor, 'well-formed', 'an attribute is given twice', name)
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
  const { text } = cursor
  const end = cursor.at + 2 + qname.length
  if (text.charCodeAt(cursor.at + 1) !== SLASH || !text.startsWith(qname, cursor.at + 2)) {
    cursor.at += 1
    fail(cursor, 'well-formed', `the end tag of ${qname} is missing`, text.slice(cursor.at, cursor.at + 40))
  }
  cursor.at = end
  if (text.charCodeAt(end) !== GT) skipSpace(cursor)
  if (text.charCodeAt(cursor.at) !== GT) failTag(cursor)
  cursor.at += 1
}

function failTag(cursor: Cursor): never {
  const { text, at } = cursor
  if (at >= text.length) fail(cursor, 'well-formed', 'the document ends inside a tag')
  return fail(cursor, 'well-formed', 'a tag is malformed', text.slice(at, at + 20))
}
