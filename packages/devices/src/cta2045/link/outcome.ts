import { responseCodes } from '../codec/intermediate.ts'
import type { Message } from '../codec/message.ts'

/** How one exchange ended; none of them ends the process. */
export type Outcome = 'accepted' | 'optedOut' | 'notSupported' | 'busy' | 'refused' | 'noAnswer'

/** Whether `answer` answers `request`, both as whole frames. */
export function isAnswer(request: Uint8Array, answer: Uint8Array): boolean {
  const [, layer, , , opcode1 = 0, opcode2 = 0] = request
  const [, answerLayer, , , answer1 = 0, answer2 = 0] = answer
  if (layer !== answerLayer) return false
  if (layer === 0x02) return answer1 === opcode1 && answer2 === (opcode2 | 0x80)
  if (layer === 0x03) return opcode1 === 0x18 && answer1 === 0x19
  if (answer1 === 0x13) return opcode1 === 0x12
  return answer1 === 0x04 || (answer1 === 0x03 && answer2 === opcode1)
}

/** What an answer means for the request. */
export function outcomeOf({ layer, op, opcode2, responseCode }: Message): Outcome {
  if (layer === 'basic') return op === 'appNak' ? (afterNak[Number(opcode2)] ?? 'refused') : 'accepted'
  if (typeof responseCode !== 'number') return 'accepted'
  return afterCode[responseCode] ?? 'refused'
}

const afterNak: Readonly<Record<number, Outcome>> = {
  1: 'notSupported',
  2: 'notSupported',
  3: 'busy',
  4: 'notSupported',
  5: 'optedOut',
}

const afterCode: Readonly<Record<number, Outcome>> = {
  [responseCodes.success]: 'accepted',
  [responseCodes.notImplemented]: 'notSupported',
  [responseCodes.badValue]: 'notSupported',
  [responseCodes.lengthError]: 'notSupported',
  [responseCodes.busy]: 'busy',
  [responseCodes.customerOverride]: 'optedOut',
  [responseCodes.notEnabled]: 'notSupported',
}
