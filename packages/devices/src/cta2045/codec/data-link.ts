import { faulty, good, type Message, type Reading } from './message.ts'
import { payloadSizes } from './scales.ts'

/** Opcodes that ask for something no node here offers: answered with NAK 07. */
const declined: Readonly<Record<number, string>> = {
  0x16: 'requestPowerMode',
  0x17: 'requestBitRate',
  0x1a: 'querySlotNumber',
  0x1c: 'queryFreeSlots',
  0x1e: 'nextCommandToSlot',
}
const slotAnswers: Readonly<Record<number, string>> = { 0x1b: 'slotNumber', 0x1d: 'freeSlots' }

export const queryMaxPayload: Message = { layer: 'dataLink', op: 'queryMaxPayload' }

/** The answer to a query of the max payload, by its code. */
export function maxPayload(code: number): Message {
  return { layer: 'dataLink', op: 'maxPayload', code, bytes: payloadSizes[code] }
}

export function readDataLink(opcode1: number, opcode2: number): Reading {
  const layer = 'dataLink'
  const refused = declined[opcode1]
  if (refused) return faulty('unsupported-opcode', { layer, op: refused, code: opcode2 })
  const answer = slotAnswers[opcode1]
  if (answer) return good({ layer, op: answer, code: opcode2 })
  if (opcode1 === 0x18) return opcode2 === 0 ? good(queryMaxPayload) : faulty('invalid-operand', queryMaxPayload)
  if (opcode1 !== 0x19) return faulty('unsupported-opcode', { layer, op: null, opcode1, opcode2 })
  if (opcode2 in payloadSizes) return good(maxPayload(opcode2))
  return faulty('invalid-operand', { layer, op: 'maxPayload', code: opcode2 })
}

export function writeDataLink({ op, code = 0 }: Message): readonly number[] {
  if (op === 'queryMaxPayload') return [0x18, 0]
  const named = Object.entries({ ...declined, ...slotAnswers, 0x19: 'maxPayload' }).find(([, name]) => name === op)
  if (!named) throw new TypeError(`there is no data-link message "${op}"`)
  return [Number(named[0]), Number(code)]
}
