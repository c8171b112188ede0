import type { Scalar } from './scalar.ts'
import type { Rule } from './fault.ts'
import { isUriReference } from './uri.ts'

const SPACE = 0x20
const ZERO = 0x30
const NINE = 0x39
const UPPER_A = 0x41
const LOWER_A = 0x61
const LOWER_F = 0x66

export type Value = number | bigint | string | boolean
export type Refusal = Readonly<{ rule: Rule; message: string }>

/** The value that a text spells under a simple type, or why it spells none. */
export function parseScalar(raw: string, scalar: Scalar): Value | Refusal {
  switch (scalar.kind) {
    case 'integer':
      return parseInteger(collapsed(raw), scalar)
    case 'boolean':
      return parseBoolean(collapsed(raw))
    case 'hexBinary':
      return parseHex(collapsed(raw), scalar)
    case 'uri':
      return parseUri(collapsed(raw))
    case 'string':
      return parseString(raw, scalar)
    default:
      return scalar.kind satisfies never
  }
}

export function isRefusal(value: Value | Refusal): value is Refusal {
  return typeof value === 'object'
}

function parseInteger(text: string, scalar: Scalar): Value | Refusal {
  if (!/^[+-]?[0-9]+$/.test(text)) return { rule: 'integer', message: `not a number of type ${scalar.name}` }
  const value = text.length < 16 ? Number(text) : exact(BigInt(text.startsWith('+') ? text.slice(1) : text))
  // -0 is the number 0 of XML Schema
  return isWithin(value, scalar) ? value || 0 : outside(scalar)
}

/** A number where a double holds it, else a bigint, so that each value has one form. */
function exact(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

export function isWithin(value: number | bigint, { min, max }: Scalar): boolean {
  return min <= value && value <= max
}

export function outside({ name, min, max }: Scalar): Refusal {
  return { rule: 'range', message: `${name} reaches from ${min} to ${max}` }
}

function parseBoolean(text: string): Value | Refusal {
  if (text === 'true' || text === '1') return true
  if (text === 'false' || text === '0') return false
  return { rule: 'boolean', message: 'not a boolean' }
}

export function parseHex(text: string, { name, maxLength }: Scalar): string | Refusal {
  let lower = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= ZERO && code <= NINE) continue
    if (code < UPPER_A || (code | 0x20) > LOWER_F || (code | 0x20) < LOWER_A) {
      return { rule: 'hex', message: 'not a text of hexadecimal digits' }
    }
    if (code >= LOWER_A) lower = true
  }
  if (text.length % 2 === 1) return { rule: 'hex', message: 'an odd number of hexadecimal digits' }
  if (text.length > maxLength) return { rule: 'length', message: `${name} holds at most ${maxLength} digits` }
  return lower ? text.toUpperCase() : text
}

export function parseUri(text: string): string | Refusal {
  return isUriReference(text) ? text : { rule: 'uri', message: 'not a URI reference' }
}

export function parseString(raw: string, { name, maxLength, space, pattern }: Scalar): string | Refusal {
  const text = space === 'preserve' ? raw : space === 'replace' ? raw.replaceAll(/[\t\r\n]/g, ' ') : collapsed(raw)
  if (text.length > maxLength && codePoints(text) > maxLength) {
    return { rule: 'length', message: `${name} holds at most ${maxLength} characters` }
  }
  return pattern && !pattern.test(text) ? { rule: 'lexical', message: `not of the form of ${name}` } : text
}

function codePoints(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    if ((text.charCodeAt(at) & 0xfc_00) !== 0xdc_00) count += 1
  }
  return count
}

/** The text with its white space collapsed, as XML Schema reads all but strings. */
export function collapsed(text: string): string {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) <= SPACE) return text.replaceAll(/[ \t\r\n]+/g, ' ').replaceAll(/^ | $/g, '')
  }
  return text
}
