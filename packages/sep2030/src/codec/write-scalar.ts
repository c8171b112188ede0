import { isWithin, outside, parseHex, parseString, parseUri, collapsed, type Refusal } from './parse.ts'
import type { Scalar } from './scalar.ts'

/** The text of a value under a simple type, markup escaped; or why it is no value of the type. */
export function scalarText(value: unknown, scalar: Scalar): string | Refusal {
  switch (scalar.kind) {
    case 'integer':
      return integerText(value, scalar)
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : wrong('a boolean')
    case 'hexBinary':
      return typeof value === 'string' ? parseHex(value, scalar) : wrong('a text of hexadecimal digits')
    case 'uri':
      return typeof value === 'string' ? uriText(value) : wrong('a text')
    case 'string':
      return typeof value === 'string' ? escaped(value, parseString(value, scalar)) : wrong('a text')
    default:
      return scalar.kind satisfies never
  }
}

function integerText(value: unknown, scalar: Scalar): string | Refusal {
  if (typeof value === 'number' ? !Number.isSafeInteger(value) : typeof value !== 'bigint') {
    return { rule: 'integer', message: `not a number of type ${scalar.name}` }
  }
  if (typeof value === 'number' && value >= scalar.least && value <= scalar.greatest) return `${value}`
  return isWithin(value as number | bigint, scalar) ? `${value}` : outside(scalar)
}

function uriText(value: string): string | Refusal {
  // a reader would not give back the spaces that are written here
  if (collapsed(value) !== value) return { rule: 'uri', message: 'a URI with white space that reading would change' }
  return escaped(value, parseUri(value))
}

function wrong(expected: string): Refusal {
  return { rule: 'kind', message: `not ${expected}` }
}

function escaped(value: string, parsed: string | Refusal): string | Refusal {
  return typeof parsed !== 'string' || isPlain(value) ? parsed : escapedMarkup(value)
}

/** True of a text of characters that stand for themselves and that XML surely has, as nearly every text is. */
function isPlain(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code < 0x20 || code === 0x22 || code === 0x26 || code === 0x3c || code === 0x3e || code >= 0xd8_00) return false
  }
  return true
}

const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

const escapes = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  // XML would give these to a reader as other white space
  ['\t', '&#9;'],
  ['\n', '&#10;'],
  ['\r', '&#13;'],
])

function escapedMarkup(value: string): string | Refusal {
  if (illegal.test(value)) return { rule: 'character', message: 'a character that XML does not have' }
  return value.replaceAll(/[&<>"\t\n\r]/g, (character) => escapes.get(character) ?? character)
}
