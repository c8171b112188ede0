import { faulty, type Rule } from './fault.ts'
import type { Limits } from './limits.ts'
import { formerNamespace, standardNamespace, xmlNamespace } from './names.ts'

/** Where a reader stands in a document: one flat record, so that each step of the scanner is a load and a compare. */
export type Cursor = {
  /** The document in UTF-8, and a zero after it, which no document may hold: a scan ends there without counting. */
  readonly bytes: Buffer
  /** The same as a string, to take slices of, when there are only ASCII characters. */
  readonly ascii: string | undefined
  readonly limits: Limits
  /** Takes the former namespace for that of the standard, and former names for today's. */
  readonly takesFormer: boolean
  at: number
  /** The elements that are open: their names, and which of their kind they are, 0 where there can be but one. */
  readonly names: string[]
  readonly counts: number[]
  depth: number
  /** The namespace of names without a prefix, and the bindings of prefixes, innermost last. */
  defaultNamespace: string
  readonly prefixes: string[]
  readonly uris: string[]
  readonly tag: Tag
}

/** The last start tag that was read in full; its attributes are consumed before the next tag is read. */
type Tag = {
  qname: string
  local: string
  namespace: string
  /** Ended with `/>`. */
  empty: boolean
  /** What the tag's own namespace declarations hide, restored at its end. */
  outerNamespace: string
  outerBindings: number
  /** The prefixes that the tag itself declares. */
  readonly declared: string[]
  attributeCount: number
  readonly attributeNames: string[]
  readonly attributeValues: string[]
}

/** How far a document may go. */
export type Bounds = Readonly<{ limits: Limits; takesFormer: boolean }>

export function cursorOver(bytes: Buffer, ascii: string | undefined, { limits, takesFormer }: Bounds): Cursor {
  const tag: Tag = {
    qname: '',
    local: '',
    namespace: '',
    empty: false,
    outerNamespace: '',
    outerBindings: 0,
    declared: [],
    attributeCount: 0,
    attributeNames: [],
    attributeValues: [],
  }
  const bindings = { prefixes: ['xml'], uris: [xmlNamespace] }
  const start = { at: 0, names: [], counts: [], depth: 0, defaultNamespace: '' }
  return { bytes, ascii, limits, takesFormer, ...start, ...bindings, tag }
}

export function slice({ ascii, bytes }: Cursor, start: number, end: number): string {
  return ascii === undefined ? bytes.toString('utf8', start, end) : ascii.slice(start, end)
}

/** The next few characters, for an error to quote. */
export function ahead(cursor: Cursor): string {
  return slice(cursor, cursor.at, Math.min(cursor.at + 20, lengthOf(cursor)))
}

export function lengthOf({ bytes }: Cursor): number {
  return bytes.length - 1
}

export function startsWith({ bytes }: Cursor, expected: Uint8Array, at: number): boolean {
  for (let i = 0; i < expected.length; i++) {
    if (bytes[at + i] !== expected[i]) return false
  }
  return true
}

export function enter(cursor: Cursor, name: string, count: number): void {
  if (cursor.depth >= cursor.limits.depth) fail(cursor, 'limit-depth', `more than ${cursor.limits.depth} elements deep`)
  cursor.names[cursor.depth] = name
  cursor.counts[cursor.depth] = count
  cursor.depth += 1
}

/** The element at hand as `/DERControlList/DERControl[3]/interval`. */
function pathOf({ names, counts, depth }: Cursor): string {
  let path = ''
  for (let level = 0; level < depth; level++) {
    const count = counts[level] ?? 0
    path += `/${names[level]}${count > 0 ? `[${count}]` : ''}`
  }
  return path
}

export function fail(cursor: Cursor, rule: Rule, message: string, found?: string): never {
  throw faulty({ rule, path: pathOf(cursor), message, ...(found === undefined ? {} : { found }) })
}

/** The namespace that a prefix is bound to at the cursor. */
export function namespaceOf(cursor: Cursor, prefix: string): string {
  if (prefix === '') return cursor.defaultNamespace
  const at = cursor.prefixes.lastIndexOf(prefix)
  const uri = cursor.uris[at]
  if (uri === undefined) fail(cursor, 'namespace', 'the prefix is bound to no namespace', prefix)
  return uri
}

export function bind(cursor: Cursor, prefix: string, uri: string): void {
  // the namespace of nearly every element becomes the very string that the tables hold, so that comparing is a pointer's work
  const standard = uri === standardNamespace || (cursor.takesFormer && uri === formerNamespace)
  const shared = standard ? standardNamespace : uri
  if (prefix === '') {
    cursor.defaultNamespace = shared
  } else {
    cursor.prefixes.push(prefix)
    cursor.uris.push(shared)
  }
}

/** Ends the scope of the declarations made since there were so many bindings. */
export function unbind(cursor: Cursor, defaultNamespace: string, bindings: number): void {
  cursor.defaultNamespace = defaultNamespace
  cursor.prefixes.length = bindings
  cursor.uris.length = bindings
}
