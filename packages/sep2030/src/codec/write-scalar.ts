import { isRefusal, isWithin, outside, parseHex, parseString, parseUri, collapsed, type Refusal } from './parse.ts'
import type { Scalar } from './scalar.ts'
import { isOddCharacter } from './scanner.ts'

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
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) {
    return { rule: 'integer', message: `not a number of type ${scalar.name}` }
  }
  const number = value as number | bigint
  return isWithin(number, scalar) ? String(number) : outside(scalar)
}

function uriText(value: string): string | Refusal {
  // a reader would not give back the spaces that are written here
  if (collapsed(value) !== value) return { rule: 'uri', message: 'a URI with white space that reading would change' }
  return escaped(value, parseUri(value))
}

function wrong(expected: string): Refusal {
  return { rule: 'kind', message: `not ${expected}` }
}

function escaped(value: string, parsed: ReturnType<typeof parseString>): string | Refusal {
  if (typeof parsed !== 'string') return parsed as Refusal
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    // the printable characters of ASCII without " & < > stand for themselves
    if (code > 0x3e ? code < 0xd8_00 : code >= 0x20 && code !== 0x22 && code !== 0x26 && code !== 0x3c && code !== 0x3e) continue
    return escapedFrom(value)
  }
  return value
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;', '\n': '&#10;', '\t': '&#9;' }

function escapedFrom(value: string): string | Refusal {
  for (let at = 0; at < value.length; at++) {
    if (value.charCodeAt(at) < 0x20 || value.charCodeAt(at) >= 0xd8_00) {
      if (!isOddCharacter(value, at)) return { rule: 'character', message: 'a character that XML cannot hold' }
    }
  }
  return value.replaceAll(/[&<>"\r\n\t]/g, (character) => escapes[character] ?? character)
}
