// GENERATED from schemas/ by scripts/generate.ts. Change the schema, then run `pnpm generate`.
import type { SimpleType } from '../codec/element.ts'

/** 8 bits as up to two hexadecimal digits, always an even count; bit 0 is the least significant. */
export type HexBinary8 = string
/** 16 bits as up to four hexadecimal digits. */
export type HexBinary16 = string
/** 32 bits as up to eight hexadecimal digits. */
export type HexBinary32 = string
/** 48 bits as up to twelve hexadecimal digits. */
export type HexBinary48 = string
/** 64 bits as up to 16 hexadecimal digits. */
export type HexBinary64 = string
/** 128 bits as up to 32 hexadecimal digits. */
export type HexBinary128 = string
/** 160 bits as up to 40 hexadecimal digits. */
export type HexBinary160 = string
/** 0 not subscribable; 1 plain subscriptions; 2 conditional ones only; 3 both. */
export type SubscribableType = number
export type UInt8 = number
export type UInt16 = number
export type UInt32 = number
/** Bounded as if it had 48 bits. */
export type UInt40 = number
export type UInt48 = number
export type UInt64 = number | bigint
export type Int8 = number
export type Int16 = number
export type Int32 = number
/** Its upper bound is 2^47, one more than 48 bits hold. */
export type Int48 = number
export type Int64 = number | bigint
export type String6 = string
export type String16 = string
export type String20 = string
export type String32 = string
export type String42 = string
export type String192 = string

export const simpleTypes = {
  HexBinary8: { base: 'hexBinary', kind: 'hexBinary', maxBytes: 1 },
  HexBinary16: { base: 'hexBinary', kind: 'hexBinary', maxBytes: 2 },
  HexBinary32: { base: 'hexBinary', kind: 'hexBinary', maxBytes: 4 },
  HexBinary48: { base: 'hexBinary', kind: 'hexBinary', maxBytes: 6 },
  HexBinary64: { base: 'hexBinary', kind: 'hexBinary', maxBytes: 8 },
  HexBinary128: { base: 'hexBinary', kind: 'hexBinary', maxBytes: 16 },
  HexBinary160: { base: 'hexBinary', kind: 'hexBinary', maxBytes: 20 },
  SubscribableType: { base: 'UInt8', kind: 'integer', min: 0, max: 255 },
  UInt8: { base: 'unsignedByte', kind: 'integer', min: 0, max: 255 },
  UInt16: { base: 'unsignedShort', kind: 'integer', min: 0, max: 65535 },
  UInt32: { base: 'unsignedInt', kind: 'integer', min: 0, max: 4294967295 },
  UInt40: { base: 'unsignedLong', kind: 'integer', min: 0, max: 281474976710655 },
  UInt48: { base: 'unsignedLong', kind: 'integer', min: 0, max: 281474976710655 },
  UInt64: { base: 'unsignedLong', kind: 'integer', min: 0, max: 18446744073709551615n },
  Int8: { base: 'byte', kind: 'integer', min: -128, max: 127 },
  Int16: { base: 'short', kind: 'integer', min: -32768, max: 32767 },
  Int32: { base: 'int', kind: 'integer', min: -2147483648, max: 2147483647 },
  Int48: { base: 'long', kind: 'integer', min: -140737488355328, max: 140737488355328 },
  Int64: { base: 'long', kind: 'integer', min: -9223372036854775808n, max: 9223372036854775807n },
  String6: { base: 'string', kind: 'string', maxLength: 6 },
  String16: { base: 'string', kind: 'string', maxLength: 16 },
  String20: { base: 'string', kind: 'string', maxLength: 20 },
  String32: { base: 'string', kind: 'string', maxLength: 32 },
  String42: { base: 'string', kind: 'string', maxLength: 42 },
  String192: { base: 'string', kind: 'string', maxLength: 192 },
} as const satisfies Record<string, SimpleType>
