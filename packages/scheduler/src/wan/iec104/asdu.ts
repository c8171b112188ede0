import { encodeTime, decodeTime } from './time.ts'

/** Type identifications in use (IEC 60870-5-101 §7.2.1). */
export const types = {
  M_SP_NA_1: 1,
  M_ME_NC_1: 13,
  M_SP_TB_1: 30,
  M_ME_TF_1: 36,
  C_SC_NA_1: 45,
  C_SE_NC_1: 50,
  C_SC_TA_1: 58,
  C_SE_TC_1: 63,
  M_EI_NA_1: 70,
  C_IC_NA_1: 100,
  C_CS_NA_1: 103,
} as const

/** Causes of transmission. */
export const causes = {
  spontaneous: 3,
  initialized: 4,
  activation: 6,
  activationCon: 7,
  deactivation: 8,
  deactivationCon: 9,
  activationTerm: 10,
  interrogated: 20,
  unknownType: 44,
  unknownCause: 45,
  unknownAddress: 46,
  unknownObject: 47,
} as const

/** One information object; `information` are its octets after the address. */
export type Asdu = Readonly<{
  type: number
  cause: number
  isNegative: boolean
  isTest: boolean
  originator: number
  commonAddress: number
  object: number
  information: Buffer
}>

const headLength = 9

/** Reads an ASDU that carries one information object: what a controlling station sends. */
export function decodeAsdu(octets: Buffer): Asdu {
  if (octets.length < headLength) throw new Error(`an ASDU of ${octets.length} octets`)
  const count = octets.readUInt8(1) & 0x7f
  if (count !== 1) throw new Error(`an ASDU of ${count} objects, where one is expected`)
  const cause = octets.readUInt8(2)
  return {
    type: octets.readUInt8(0),
    cause: causeOf(octets),
    isNegative: (cause & 0x40) !== 0,
    isTest: (cause & 0x80) !== 0,
    originator: octets.readUInt8(3),
    commonAddress: octets.readUInt16LE(4),
    object: octets.readUIntLE(6, 3),
    information: octets.subarray(headLength),
  }
}

/** The cause of transmission of an encoded ASDU. */
export function causeOf(octets: Buffer): number {
  return octets.readUInt8(2) & 0x3f
}

export function encodeAsdu(asdu: Asdu): Buffer {
  const head = Buffer.alloc(headLength)
  head[0] = asdu.type
  head[1] = 1
  head[2] = asdu.cause | (asdu.isNegative ? 0x40 : 0) | (asdu.isTest ? 0x80 : 0)
  head[3] = asdu.originator
  head.writeUInt16LE(asdu.commonAddress, 4)
  head.writeUIntLE(asdu.object, 6, 3)
  return Buffer.concat([head, asdu.information])
}

/** A command as a control centre gives it; `isSelect` only announces it. */
export type Command = Readonly<{ value: number | boolean; isSelect: boolean; at: number | undefined }>

const lengths: Readonly<Record<number, number>> = {
  [types.C_SC_NA_1]: 1,
  [types.C_SE_NC_1]: 5,
  [types.C_SC_TA_1]: 8,
  [types.C_SE_TC_1]: 12,
}

/** The command in an ASDU; undefined when its type is none of the four. */
export function commandOf({ type, information }: Asdu): Command | undefined {
  const length = lengths[type]
  if (length === undefined) return undefined
  if (information.length !== length) throw new Error(`type ${type} with ${information.length} octets, not ${length}`)
  const isTimed = type === types.C_SC_TA_1 || type === types.C_SE_TC_1
  const at = isTimed ? decodeTime(information.subarray(-7)) : undefined
  if (type === types.C_SC_NA_1 || type === types.C_SC_TA_1) {
    const octet = information.readUInt8(0)
    return { value: (octet & 1) === 1, isSelect: (octet & 0x80) !== 0, at }
  }
  const isSelect = (information.readUInt8(4) & 0x80) !== 0
  return { value: information.readFloatLE(0), isSelect, at }
}

/** A value with its quality, and with its time where it is told by itself; null is invalid. */
export function measuredOf(value: number | boolean | null, isBoolean: boolean, at: number | undefined) {
  const time = at === undefined ? Buffer.alloc(0) : encodeTime(at)
  const invalid = value === null ? 0x80 : 0
  if (isBoolean) {
    const type = at === undefined ? types.M_SP_NA_1 : types.M_SP_TB_1
    return { type, information: Buffer.concat([Buffer.from([invalid | (value === true ? 1 : 0)]), time]) }
  }
  const float = Buffer.alloc(5)
  float.writeFloatLE(typeof value === 'number' ? value : 0, 0)
  float[4] = invalid
  const type = at === undefined ? types.M_ME_NC_1 : types.M_ME_TF_1
  return { type, information: Buffer.concat([float, time]) }
}
