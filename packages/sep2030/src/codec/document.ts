import { isAscii, isUtf8 } from 'node:buffer'
import { fail, type Cursor } from './cursor.ts'
import { faulty } from './fault.ts'
import type { Limits } from './limits.ts'
import { isSpace, LT, skipCommentOrInstruction, skipSpace } from './scanner.ts'

/** The text of a document in UTF-8, the one encoding that the standard allows. */
export function textOf(source: Uint8Array | string, limits: Limits): string {
  const length = typeof source === 'string' ? Buffer.byteLength(source) : source.length
  if (length > limits.bytes) {
    throw faulty({ rule: 'limit-bytes', path: '', message: `more than ${limits.bytes} bytes`, found: String(length) })
  }
  const text = typeof source === 'string' ? source : decoded(source)
  return text.charCodeAt(0) === 0xfe_ff ? text.slice(1) : text
}

function decoded(source: Uint8Array): string {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  if (isAscii(bytes)) return bytes.toString('latin1')
  if (!isUtf8(bytes)) throw faulty({ rule: 'encoding', path: '', message: 'the document is not in UTF-8' })
  return bytes.toString('utf8')
}

const declaration =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.[0-9]+\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z][A-Za-z0-9._-]*)\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\4)?[ \t\r\n]*\?>/

/** Takes the cursor to the root element. */
export function readProlog(cursor: Cursor): void {
  if (cursor.text.startsWith('<?xml') && isSpace(cursor.text.charCodeAt(5))) readDeclaration(cursor)
  skipMisc(cursor)
  if (cursor.text.startsWith('<!DOCTYPE', cursor.at)) fail(cursor, 'doctype', 'a document type declaration is not allowed')
  if (cursor.text.charCodeAt(cursor.at) !== LT) fail(cursor, 'well-formed', 'there is no root element')
}

function readDeclaration(cursor: Cursor): void {
  const match = declaration.exec(cursor.text)
  if (!match) return fail(cursor, 'well-formed', 'the XML declaration is malformed')
  const encoding = match[3]?.toUpperCase() ?? 'UTF-8'
  if (encoding !== 'UTF-8' && encoding !== 'US-ASCII') fail(cursor, 'encoding', 'the encoding must be UTF-8', match[3])
  cursor.at = match[0].length
}

/** After the root element only comments and processing instructions may come. */
export function readEpilog(cursor: Cursor): void {
  skipMisc(cursor)
  if (cursor.at < cursor.text.length) {
    fail(cursor, 'well-formed', 'content after the root element', cursor.text.slice(cursor.at, cursor.at + 20))
  }
}

function skipMisc(cursor: Cursor): void {
  do skipSpace(cursor)
  while (cursor.text.startsWith('<!--', cursor.at) || cursor.text.startsWith('<?', cursor.at) ? skipCommentOrInstruction(cursor) : false)
}
