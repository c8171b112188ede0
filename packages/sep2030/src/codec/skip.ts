import { enter, namespaceOf, unbind, type Cursor } from './cursor.ts'
import { prefixOf } from './names.ts'
import { readText, SLASH } from './scanner.ts'
import { readEndTag, readTag, requireQname } from './tag.ts'

/** Passes over the element whose start tag is in `cursor.tag`, holding it to the rules of XML only. */
export function skipElement(cursor: Cursor): void {
  const { qname, empty, outerNamespace, outerBindings } = cursor.tag
  requireNames(cursor)
  if (!empty) {
    skipContent(cursor)
    readEndTag(cursor, qname)
  }
  unbind(cursor, outerNamespace, outerBindings)
}

function skipContent(cursor: Cursor): void {
  for (;;) {
    readText(cursor)
    if (cursor.bytes[cursor.at + 1] === SLASH) return
    readTag(cursor)
    enter(cursor, cursor.tag.local, 0)
    skipElement(cursor)
    cursor.depth -= 1
  }
}

function requireNames(cursor: Cursor): void {
  const { attributeCount, attributeNames, qname } = cursor.tag
  requireQname(cursor, qname)
  for (const name of attributeNames.slice(0, attributeCount)) {
    requireQname(cursor, name)
    namespaceOf(cursor, prefixOf(name))
  }
}
