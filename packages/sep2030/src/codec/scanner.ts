import { fail, type Cursor } from './cursor.ts'
import { isNcName } from './names.ts'

export const LT = 0x3c
export const GT = 0x3e
export const SLASH = 0x2f
const AMP = 0x26
const BANG = 0x21
const QUESTION = 0x3f
const BRACKET = 0x5d
const CR = 0x0d
const SURROGATES = 0xd800

export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === CR
}

export function skipSpace(cursor: Cursor): void {
  const { text } = cursor
  while (isSpace(text.charCodeAt(cursor.at))) cursor.at += 1
}

/** The characters up to markup or a reference, line ends as XML gives them to an application. */
export function readRun(cursor: Cursor): string {
  const { text } = cursor
  const start = cursor.at
  let at = start
  let returns = false
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === LT || code === AMP) break
    if (code === CR) returns = true
    else if (code === BRACKET && text.startsWith(']]>', at)) return failAt(cursor, at, 'well-formed', ']]> in text')
    // NaN, at the end of the text, is no greater than anything
    else if (!(code >= 0x20 && code < SURROGATES) && !isOddCharacter(text, at)) return failCharacter(cursor, at)
    at += 1
  }
  cursor.at = at
  const run = text.slice(start, at)
  return returns ? withLineFeeds(run) : run
}

/** The text up to a start or an end tag: references resolved, CDATA sections taken in, comments and instructions left out. */
export function readText(cursor: Cursor): string {
  let text = readRun(cursor)
  for (;;) {
    if (cursor.text.charCodeAt(cursor.at) === AMP) text += readReference(cursor)
    else if (cursor.text.startsWith('<![CDATA[', cursor.at)) text += readCdata(cursor)
    else if (!skipCommentOrInstruction(cursor)) return text
    text += readRun(cursor)
  }
}

/** What stands between the children of an element: nothing but white space, comments and processing instructions. */
export function skipBetween(cursor: Cursor, allowSpace: boolean): void {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at)
    if (code === LT) {
      const next = cursor.text.charCodeAt(cursor.at + 1)
      if (next !== BANG && next !== QUESTION) return
    }
    const text = readText(cursor)
    if (text === '') continue
    if (!allowSpace || /[^ \t\r\n]/.test(text)) {
      fail(cursor, 'content', allowSpace ? 'no text is allowed here' : 'the element must be empty', text.trim())
    }
  }
}

export function skipCommentOrInstruction(cursor: Cursor): boolean {
  if (cursor.text.startsWith('<!--', cursor.at)) return skipComment(cursor)
  if (cursor.text.startsWith('<?', cursor.at)) return skipInstruction(cursor)
  if (cursor.text.charCodeAt(cursor.at + 1) === BANG) fail(cursor, 'well-formed', 'a declaration where none is allowed')
  return false
}

function skipComment(cursor: Cursor): true {
  const start = cursor.at + 4
  const end = cursor.text.indexOf('--', start)
  if (end < 0) fail(cursor, 'well-formed', 'a comment has no end')
  if (cursor.text.charCodeAt(end + 2) !== GT) fail(cursor, 'well-formed', '-- inside a comment')
  requireCharacters(cursor, start, end)
  cursor.at = end + 3
  return true
}

function skipInstruction(cursor: Cursor): true {
  const start = cursor.at + 2
  const end = cursor.text.indexOf('?>', start)
  if (end < 0) fail(cursor, 'well-formed', 'a processing instruction has no end')
  const body = cursor.text.slice(start, end)
  const target = body.split(/[ \t\r\n]/, 1)[0] ?? ''
  if (!isNcName(target) || target.toLowerCase() === 'xml') {
    fail(cursor, 'well-formed', 'not a target of a processing instruction', target)
  }
  requireCharacters(cursor, start, end)
  cursor.at = end + 2
  return true
}

function readCdata(cursor: Cursor): string {
  const start = cursor.at + 9
  const end = cursor.text.indexOf(']]>', start)
  if (end < 0) fail(cursor, 'well-formed', 'a CDATA section has no end')
  requireCharacters(cursor, start, end)
  cursor.at = end + 3
  return withLineFeeds(cursor.text.slice(start, end))
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
  const end = cursor.text.indexOf(';', cursor.at)
  const name = end < 0 ? '' : cursor.text.slice(cursor.at + 1, end)
  const number = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name)
  if (number) {
    const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16)
    if (!isCharacter(code)) fail(cursor, 'character', 'not a character of XML', `&${name};`)
    cursor.at = end + 1
    return String.fromCodePoint(code)
  }
  const character = entities.get(name)
  if (character === undefined) return fail(cursor, 'entity', 'no such entity', cursor.text.slice(cursor.at, cursor.at + 20))
  cursor.at = end + 1
  return character
}

export function requireCharacters(cursor: Cursor, start: number, end: number): void {
  for (let at = start; at < end; at++) {
    const code = cursor.text.charCodeAt(at)
    if (!(code >= 0x20 && code < SURROGATES) && !isOddCharacter(cursor.text, at)) failCharacter(cursor, at)
  }
}

/** True of the characters outside the plain range that XML allows; the second half of a pair answers for the first. */
export function isOddCharacter(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === CR
  if (code >= 0xdc00 && code <= 0xdfff) return isHighSurrogate(text.charCodeAt(at - 1))
  if (isHighSurrogate(code)) return (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
  return code < 0xfffe
}

function isHighSurrogate(code: number): boolean {
  return (code & 0xfc00) === SURROGATES
}

function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === CR
  return code < SURROGATES || (code >= 0xe000 && code < 0xfffe) || (code >= 0x1_00_00 && code <= 0x10_ff_ff)
}

export function withLineFeeds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n')
}

export function failCharacter(cursor: Cursor, at: number): never {
  const code = cursor.text.charCodeAt(at)
  if (Number.isNaN(code)) return failAt(cursor, at, 'well-formed', 'the document ends too early')
  return failAt(cursor, at, 'character', `not a character of XML: U+${code.toString(16).toUpperCase().padStart(4, '0')}`)
}

function failAt(cursor: Cursor, at: number, rule: 'well-formed' | 'character', message: string): never {
  cursor.at = at
  return fail(cursor, rule, message)
}
