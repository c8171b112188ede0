import { checksum } from './checksum.ts'
import { writeDataLink } from './data-link.ts'
import { writeIntermediate } from './intermediate.ts'
import { type Message, messageTypes } from './message.ts'

/** What the bytes that have come begin with. */
export type Unit = Readonly<
  | { kind: 'link' | 'frame'; length: number }
  /** More bytes are needed. */
  | { kind: 'incomplete' }
  /** Declares more than we said we can take. */
  | { kind: 'oversize' }
  | { kind: 'noise' }
>

/** Where the first link code or message of `bytes` ends, by what it declares of itself. */
export function unitOf(bytes: Uint8Array, maxPayload: number): Unit {
  const [first = 0] = bytes
  if (isLinkCode(first)) return bytes.length < 2 ? { kind: 'incomplete' } : { kind: 'link', length: 2 }
  if (!beginsMessage(first)) return { kind: 'noise' }
  if (bytes.length < 4) return { kind: 'incomplete' }
  const payload = declaredPayload(bytes)
  if (payload > maxPayload) return { kind: 'oversize' }
  const length = payload + 6
  return bytes.length < length ? { kind: 'incomplete' } : { kind: 'frame', length }
}

/** The payload length in the header; the top three bits are reserved. */
export function declaredPayload([, , high = 0, low = 0]: Uint8Array): number {
  return ((high & 0x1f) << 8) | low
}

export const isLinkCode = (byte: number): boolean => byte === 0x06 || byte === 0x15

// 08 and 09 name the standard's types, F0 and above a maker's own; FF is a line without a driver
const beginsMessage = (byte: number): boolean => byte === 0x08 || byte === 0x09 || (byte >= 0xf0 && byte < 0xff)

/** The bytes of a message, with its header and checksum, or of a link code. */
export function encodeFrame(message: Message): Buffer {
  const { layer, op } = message
  switch (layer) {
    case 'link':
      return encodeLink(message)
    case 'basic':
      return framed(messageTypes.basic, [Number(message['opcode1']), Number(message['opcode2'])])
    case 'dataLink':
      return framed(messageTypes.dataLink, writeDataLink(message))
    case 'intermediate':
      return framed(messageTypes.intermediate, writeIntermediate(message))
    default:
      throw new TypeError(`there is no layer "${String(layer satisfies never)}" for "${op}"`)
  }
}

function encodeLink({ op, code, messageType }: Message): Buffer {
  if (op === 'ack') return Buffer.of(0x06, 0x00)
  if (op === 'nak') return Buffer.of(0x15, Number(code))
  return framed([...Buffer.from(String(messageType).replaceAll(' ', ''), 'hex')], [])
}

/** A message from its type and payload: header before, checksum behind. */
export function framed(type: readonly number[], payload: Uint8Array | readonly number[]): Buffer {
  const head = Buffer.from([...type, payload.length >> 8, payload.length & 0xff, ...payload])
  return Buffer.concat([head, Buffer.from(checksum(head))])
}

/** Asks whether the other end supports the messages of a layer. */
export function typeQuery(layer: keyof typeof messageTypes): Message {
  return { layer: 'link', op: 'messageTypeSupportedQuery', messageType: hexOf(Uint8Array.from(messageTypes[layer])) }
}

export const ack: Message = { layer: 'link', op: 'ack' }

/** Upper-case hex digits with a space between the bytes. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}

/** The bytes of a line of hex digits; a character that is no digit is an error that names it. */
export function bytesOf(hex: string): Buffer {
  const digits = hex.replaceAll(/\s/g, '')
  const stray = /[^0-9a-f]/i.exec(digits)
  if (stray || digits.length % 2 === 1) throw new TypeError(`not bytes in hex: "${hex}"`)
  return Buffer.from(digits, 'hex')
}
