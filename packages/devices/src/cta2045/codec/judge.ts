import { basic, opcodeOf, readBasic } from './basic.ts'
import { isIntact } from './checksum.ts'
import { maxPayload, readDataLink } from './data-link.ts'
import { ack, declaredPayload, encodeFrame, framed, hexOf, isLinkCode, unitOf } from './frame.ts'
import { readIntermediate, type ResponseCode, responseCodes } from './intermediate.ts'
import { type Fault, faulty, good, layerOf, type Message, messageTypes, type Reading } from './message.ts'
import { payloadSizes } from './scales.ts'

/** What a receiver makes of one burst or frame, and what it answers. */
export type Judgement = Readonly<{
  fault: Fault | null
  decoded: Message | null
  /** An ACK or NAK; null for silence. */
  linkReply: Message | null
  /** The application answer that follows, as far as it does not depend on the state of the receiver. */
  appReply: Buffer | null
}>

/** The code of the max payload that a receiver has advertised: 256 bytes. */
const defaultPayloadCode = 7

/** The reasons of a link NAK; those in between are reserved and read as no reason. */
export const nakCodes = {
  noReason: 0,
  invalidByte: 1,
  invalidLength: 2,
  checksumError: 3,
  messageTimeout: 5,
  unsupportedMessageType: 6,
  requestNotSupported: 7,
} as const

/** Judges what came between two silences; of several messages in one burst, the first that is no link code. */
export function judgeBurst(burst: Uint8Array, payloadCode = defaultPayloadCode): Judgement {
  const unit = unitOf(burst, payloadSizes[payloadCode] ?? 2)
  switch (unit.kind) {
    case 'noise':
      return judgement(faulty('noise'), null)
    case 'oversize':
      return judgement(faulty('length-mismatch'), nak('invalidLength'))
    case 'incomplete':
      return judgeIncomplete(burst)
    case 'link': {
      const rest = burst.subarray(unit.length)
      return rest.length > 0 ? judgeBurst(rest, payloadCode) : judgeFrame(burst, payloadCode)
    }
    case 'frame': {
      const frame = judgeFrame(burst.subarray(0, unit.length), payloadCode)
      const isLonger = frame.fault === 'bad-checksum' && burst.length > unit.length && isIntact(burst)
      return isLonger ? { ...frame, fault: 'length-mismatch' } : frame
    }
    default:
      return unit satisfies never
  }
}

/** Judges one link code or one message of the length that it declares. */
export function judgeFrame(frame: Uint8Array, payloadCode = defaultPayloadCode): Judgement {
  const [type = 0, subtype = 0] = frame
  if (isLinkCode(type)) return judgement(readLink(type, subtype), null)
  if (!isIntact(frame)) return judgement(faulty('bad-checksum'), nak('checksumError'))
  const layer = layerOf(type, subtype)
  const payload = Buffer.from(frame.subarray(4, 4 + declaredPayload(frame)))
  if (payload.length === 0) return judgeTypeQuery(hexOf(frame.subarray(0, 2)), layer !== undefined)
  if (!layer) return judgement(faulty('unknown-type'), nak('unsupportedMessageType'))
  if (layer === 'intermediate') return judgeIntermediate(payload)
  const [opcode1 = 0, opcode2 = 0] = payload
  if (payload.length !== 2) return judgement(faulty('length-mismatch'), nak('invalidLength'))
  return layer === 'basic' ? judgeBasic(opcode1, opcode2) : judgeDataLink(opcode1, opcode2, payloadCode)
}

// Whole as it stands, it only declares more than was sent; otherwise its end is missing.
function judgeIncomplete(burst: Uint8Array): Judgement {
  if (isLinkCode(burst[0] ?? 0)) return judgement(faulty('truncated'), null)
  const isWhole = burst.length >= 6 && isIntact(burst)
  return judgement(faulty(isWhole ? 'length-mismatch' : 'truncated'), nak('messageTimeout'))
}

function judgeTypeQuery(messageType: string, isSupported: boolean): Judgement {
  const query: Message = { layer: 'link', op: 'messageTypeSupportedQuery', messageType }
  if (isSupported) return judgement(good(query), ack)
  return judgement(faulty('unknown-type', query), nak('unsupportedMessageType'))
}

function readLink(type: number, code: number): Reading {
  if (type === 0x15) return good({ layer: 'link', op: 'nak', code, reason: reasons[code] ?? 'noReason' })
  return code === 0 ? good(ack) : faulty('invalid-operand', ack)
}

const reasons: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(nakCodes).map(([reason, code]) => [code, reason]),
)

function judgeBasic(opcode1: number, opcode2: number): Judgement {
  const reading = readBasic(opcode1, opcode2)
  return judgement(reading, ack, basicReply(reading, opcode1))
}

// An answer is not answered again; an unknown opcode and a wrong operand are refused by the application, not the link.
function basicReply({ fault, decoded }: Reading, opcode1: number): Message | null {
  if (decoded?.op === 'appAck' || decoded?.op === 'appNak' || decoded?.op === 'operationalState') return null
  if (fault === 'unsupported-opcode') return basic('appNak', 1)
  if (fault === 'invalid-operand') return basic('appNak', 2)
  if (opcode1 === opcodeOf('queryOperationalState')) return basic('operationalState', 0)
  return basic('appAck', opcode1)
}

function judgeDataLink(opcode1: number, opcode2: number, payloadCode: number): Judgement {
  const reading = readDataLink(opcode1, opcode2)
  if (reading.decoded?.op === 'maxPayload') return judgement(reading, ack)
  if (reading.fault) return judgement(reading, nak('requestNotSupported'))
  return judgement(reading, ack, reading.decoded?.op === 'queryMaxPayload' ? maxPayload(payloadCode) : null)
}

function judgeIntermediate(payload: Buffer): Judgement {
  if (payload.length < 2) return judgement(faulty('length-mismatch'), nak('invalidLength'))
  const reading = readIntermediate(payload)
  if (reading.fault === 'unsupported-opcode') return judgement(reading, nak('requestNotSupported'))
  const isReply = ((payload[1] ?? 0) & 0x80) !== 0
  if (!reading.fault || isReply) return judgement(reading, ack)
  const code = reading.fault === 'length-mismatch' ? 'lengthError' : 'badValue'
  return { ...judgement(reading, ack), appReply: codeReply(payload, code) }
}

/** The reply that repeats the opcodes of a request and says with a code how it went. */
export function codeReply([opcode1 = 0, opcode2 = 0]: Uint8Array, code: ResponseCode): Buffer {
  return framed(messageTypes.intermediate, [opcode1, opcode2 | 0x80, responseCodes[code]])
}

function judgement(reading: Reading, linkReply: Message | null, appReply: Message | null = null): Judgement {
  return { ...reading, linkReply, appReply: appReply && encodeFrame(appReply) }
}

export function nak(reason: keyof typeof nakCodes): Message {
  return { layer: 'link', op: 'nak', code: nakCodes[reason], reason }
}
