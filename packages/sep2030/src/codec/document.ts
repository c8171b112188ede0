import { isAscii, isUtf8 } from 'node:buffer'
import { ahead, cursorOver, fail, lengthOf, startsWith, type Bounds, type Cursor } from './cursor.ts'
import { faulty } from './fault.ts'
import { LT, skipCommentOrInstruction, skipSpace } from './scanner.ts'

/** A cursor over a document in UTF-8, the one encoding that the standard allows. */
export function openDocument(source: Uint8Array | string, bounds: Bounds): Cursor {
  const input = typeof source === 'string' ? encoded(source) : source
  const { bytes: most } = bounds.limits
  if (input.length > most) {
    throw faulty({
      rule: 'limit-bytes',
      path: '',
      message: `more than ${most} bytes`,
      found: String(input.length),
    })
  }
  const start = input[0] === 0xef && input[1] === 0xbb && input[2] === 0xbf ? 3 : 0
  const bytes = Buffer.allocUnsafe(input.length - start + 1)
  bytes.set(start === 0 ? input : input.subarray(start))
  bytes[bytes.length - 1] = 0
  if (isAscii(bytes)) return cursorOver(bytes, bytes.toString('latin1'), bounds)
  if (!isUtf8(bytes)) throw faulty({ rule: 'encoding', path: '', message: 'the document is not in UTF-8' })
  return cursorOver(bytes, undefined, bounds)
}

function encoded(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text)
  throw faulty({ rule: 'character', path: '', message: 'half of a surrogate pair is no character of XML' })
}

const encodings = new Set(['UTF-8', 'UTF8', 'US-ASCII'])

const declaration =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.[0-9]+\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z][A-Za-z0-9._-]*)\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\4)?[ \t\r\n]*\?>/

const commentStart = Buffer.from('<!--')
const instructionStart = Buffer.from('<?')
const doctypeStart = Buffer.from('<!DOCTYPE')

/** Takes the cursor to the root element. */
export function readProlog(cursor: Cursor): void {
  readDeclaration(cursor)
  skipMisc(cursor)
  if (startsWith(cursor, doctypeStart, cursor.at)) fail(cursor, 'doctype', 'a document type declaration is not allowed')
  if (cursor.bytes[cursor.at] !== LT) fail(cursor, 'well-formed', 'there is no root element', ahead(cursor))
}

function readDeclaration(cursor: Cursor): void {
  const head = cursor.bytes.toString('latin1', 0, 200)
  const match = declaration.exec(head)
  if (!match) {
    if (/^<\?xml[ \t\r\n]/.test(head)) fail(cursor, 'well-formed', 'the XML declaration is malformed', ahead(cursor))
    return
  }
  const encoding = match[3]?.toUpperCase() ?? 'UTF-8'
  if (!encodings.has(encoding)) fail(cursor, 'encoding', 'the encoding must be UTF-8', match[3])
  cursor.at = match[0].length
}

/** After the root element only comments and processing instructions may come. */
export function readEpilog(cursor: Cursor): void {
  skipMisc(cursor)
  if (cursor.at < lengthOf(cursor)) fail(cursor, 'well-formed', 'content after the root element', ahead(cursor))
}

function skipMisc(cursor: Cursor): void {
  skipSpace(cursor)
  while (startsWith(cursor, commentStart, cursor.at) || startsWith(cursor, instructionStart, cursor.at)) {
    skipCommentOrInstruction(cursor)
    skipSpace(cursor)
  }
}
