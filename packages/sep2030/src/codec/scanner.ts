import { ahead, fail, lengthOf, slice, startsWith, type Cursor } from './cursor.ts'
import { isNcName } from './names.ts'

export const LT = 0x3c
export const GT = 0x3e
export const SLASH = 0x2f
export const AMP = 0x26
const BANG = 0x21
const QUESTION = 0x3f
const BRACKET = 0x5d
const CR = 0x0d

const commentStart = Buffer.from('<!--')
const instructionStart = Buffer.from('<?')
const cdataStart = Buffer.from('<![CDATA[')
const cdataEnd = Buffer.from(']]>')

export function isSpace(code: number | undefined): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === CR
}

export function skipSpace(cursor: Cursor): void {
  const { bytes } = cursor
  while (isSpace(bytes[cursor.at])) cursor.at += 1
}

/** The characters up to markup or a reference, line ends as XML gives them to an application. */
function readRun(cursor: Cursor): string {
  const { bytes } = cursor
  const start = cursor.at
  let at = start
  let returns = false
  for (;;) {
    const code = bytes[at] ?? 0
    if (code === LT || code === AMP) break
    if (code < 0x20 || code === 0xef) requireCharacter(cursor, at)
    if (code === CR) returns = true
    else if (code === BRACKET && startsWith(cursor, cdataEnd, at)) fail(cursor, 'well-formed', ']]> in text')
    at += 1
  }
  cursor.at = at
  const run = slice(cursor, start, at)
  return returns ? withLineFeeds(run) : run
}

/** The text up to a start or an end tag: references resolved, CDATA sections taken in, comments and instructions left out. */
export function readText(cursor: Cursor): string {
  let text = readRun(cursor)
  for (;;) {
    if (cursor.bytes[cursor.at] === AMP) text += readReference(cursor)
    else if (startsWith(cursor, cdataStart, cursor.at)) text += readCdata(cursor)
    else if (!skipCommentOrInstruction(cursor)) return text
    text += readRun(cursor)
  }
}

/** Passes what may stand between tags: white space where it is allowed, comments and processing instructions. */
export function skipBetween(cursor: Cursor, spaceAllowed: boolean): void {
  if (spaceAllowed) skipSpace(cursor)
  const next = cursor.bytes[cursor.at + 1]
  if (cursor.bytes[cursor.at] === LT && next !== BANG && next !== QUESTION) return
  const text = readText(cursor)
  if (spaceAllowed ? /[^ \t\r\n]/.test(text) : text !== '') {
    fail(cursor, 'content', spaceAllowed ? 'no text is allowed here' : 'the element must be empty', text.trim())
  }
}

export function skipCommentOrInstruction(cursor: Cursor): boolean {
  if (startsWith(cursor, commentStart, cursor.at)) return skipComment(cursor)
  if (startsWith(cursor, instructionStart, cursor.at)) return skipInstruction(cursor)
  if (cursor.bytes[cursor.at + 1] === BANG)
    fail(cursor, 'well-formed', 'a declaration where none is allowed', ahead(cursor))
  return false
}

function skipComment(cursor: Cursor): true {
  const start = cursor.at + 4
  const end = cursor.bytes.indexOf('--', start)
  if (end < 0) fail(cursor, 'well-formed', 'a comment has no end')
  if (cursor.bytes[end + 2] !== GT) fail(cursor, 'well-formed', '-- inside a comment')
  requireCharacters(cursor, start, end)
  cursor.at = end + 3
  return true
}

function skipInstruction(cursor: Cursor): true {
  const start = cursor.at + 2
  const end = cursor.bytes.indexOf('?>', start)
  if (end < 0) fail(cursor, 'well-formed', 'a processing instruction has no end')
  const [target = ''] = slice(cursor, start, end).split(/[ \t\r\n]/, 1)
  if (!isNcName(target) || target.toLowerCase() === 'xml') {
    fail(cursor, 'well-formed', 'not a target of a processing instruction', target)
  }
  requireCharacters(cursor, start, end)
  cursor.at = end + 2
  return true
}

function readCdata(cursor: Cursor): string {
  const start = cursor.at + cdataStart.length
  const end = cursor.bytes.indexOf(cdataEnd, start)
  if (end < 0) fail(cursor, 'well-formed', 'a CDATA section has no end')
  requireCharacters(cursor, start, end)
  cursor.at = end + 3
  return withLineFeeds(slice(cursor, start, end))
}

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** The character that a reference at the cursor stands for; without a DTD there are five names and the numbers. */
export function readReference(cursor: Cursor): string {
  const end = cursor.bytes.indexOf(';', cursor.at)
  const name = end < 0 ? '' : slice(cursor, cursor.at + 1, end)
  const number = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name)
  if (!number && !entities.has(name)) fail(cursor, 'entity', 'no such entity', ahead(cursor))
  cursor.at = end + 1
  if (!number) return entities.get(name) ?? ''
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16)
  if (!isCharacter(code)) fail(cursor, 'character', 'not a character of XML', `&${name};`)
  return String.fromCodePoint(code)
}

function requireCharacters(cursor: Cursor, start: number, end: number): void {
  for (let at = start; at < end; at++) requireCharacter(cursor, at)
}

/** Of what UTF-8 can spell XML leaves out most control characters and U+FFFE, U+FFFF. */
export function requireCharacter(cursor: Cursor, at: number): void {
  const { bytes } = cursor
  const code = bytes[at] ?? 0
  if (code >= 0x20 ? code !== 0xef || bytes[at + 1] !== 0xbf || (bytes[at + 2] ?? 0) < 0xbe : isCharacter(code)) return
  if (at >= lengthOf(cursor)) fail(cursor, 'well-formed', 'the document ends too early')
  const character = code < 0x20 ? code : 0xff_40 + (bytes[at + 2] ?? 0)
  fail(cursor, 'character', `not a character of XML: U+${character.toString(16).toUpperCase().padStart(4, '0')}`)
}

function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === CR
  return code < 0xd8_00 || (code >= 0xe0_00 && code < 0xff_fe) || (code >= 0x1_00_00 && code <= 0x10_ff_ff)
}

function withLineFeeds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n')
}
