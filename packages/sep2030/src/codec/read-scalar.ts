import { fail, type Cursor } from './cursor.ts'
import { isRefusal, parseScalar, type Value } from './parse.ts'
import type { Scalar } from './scalar.ts'
import { LT, readText, SLASH } from './scanner.ts'

const MINUS = 0x2d
const ZERO = 0x30

/** Reads the text of an element of simple content, up to its end tag. */
export function readScalar(cursor: Cursor, scalar: Scalar): Value {
  if (scalar.kind === 'integer') {
    const value = readPlainInteger(cursor, scalar)
    if (!Number.isNaN(value)) return value
  }
  return valueOf(cursor, readText(cursor), scalar)
}

export function valueOf(cursor: Cursor, text: string, scalar: Scalar): Value {
  const value = parseScalar(text, scalar)
  return isRefusal(value) ? fail(cursor, value.rule, value.message, text) : value
}

/** A few digits and nothing else, as nearly every number is written; else NaN, the cursor unmoved. */
function readPlainInteger(cursor: Cursor, scalar: Scalar): number {
  const { bytes } = cursor
  const negative = bytes[cursor.at] === MINUS
  const start = negative ? cursor.at + 1 : cursor.at
  let at = start
  let value = 0
  for (;;) {
    const digit = (bytes[at] ?? 0) - ZERO
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
    at += 1
  }
  const plain = at > start && at - start < 16 && bytes[at] === LT && bytes[at + 1] === SLASH
  if (negative && value > 0) value = -value
  if (!plain || value < scalar.least || value > scalar.greatest) return Number.NaN
  cursor.at = at
  return value
}
