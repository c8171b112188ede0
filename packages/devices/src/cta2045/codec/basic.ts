import { faulty, good, type Message, type Reading } from './message.ts'
import { durationOf, relativePriceOf } from './scales.ts'

type Opcode = Readonly<{
  op: string
  /** Opcode 1 and what its operand says; undefined for an operand that means nothing. */
  says: (operand: number) => Readonly<Record<string, unknown>> | undefined
}>

const nothing = (): Readonly<Record<string, unknown>> => ({})
const duration = (operand: number) => ({ durationSeconds: durationOf(operand) })
const price = (operand: number) => ({ relativePrice: relativePriceOf(operand) })

const oneOf =
  (name: string, words: readonly unknown[]) =>
  (operand: number): Readonly<Record<string, unknown>> | undefined =>
    operand < words.length ? { [name]: words[operand] } : undefined

/** The words of operand byte 2 of the operational state message; a maker's own states stay numbers. */
const operationalStates = [
  'idleNormal',
  'runningNormal',
  'runningCurtailed',
  'runningHeightened',
  'idleCurtailed',
  'sgdError',
  'idleHeightened',
  'cyclingOn',
  'cyclingOff',
  'variableFollowing',
  'variableNotFollowing',
  'idleOptedOut',
  'runningOptedOut',
  'runningPriceStream',
  'idlePriceStream',
] as const

/** The basic demand response opcodes and what their operand says (05, 0D, 0F, 10 and those above 1A are found in no source). */
const opcodes: Readonly<Record<number, Opcode>> = {
  0x01: { op: 'shed', says: duration },
  0x02: { op: 'endShed', says: nothing },
  0x03: { op: 'appAck', says: (operand) => ({ acknowledges: opcodes[operand]?.op ?? null }) },
  0x04: {
    op: 'appNak',
    says: oneOf('reason', [
      'noReason',
      'opcode1NotSupported',
      'opcode2Invalid',
      'busy',
      'lengthInvalid',
      'customerOverride',
    ]),
  },
  0x06: {
    op: 'powerLevel',
    says: (operand) => ({
      direction: operand & 0x80 ? 'produce' : 'absorb',
      percent: ((operand & 0x7f) * 100) / 127,
    }),
  },
  0x07: { op: 'presentRelativePrice', says: price },
  0x08: { op: 'nextRelativePrice', says: price },
  0x09: { op: 'timeRemainingInPricePeriod', says: duration },
  0x0a: { op: 'criticalPeak', says: duration },
  0x0b: { op: 'gridEmergency', says: duration },
  0x0c: { op: 'gridGuidance', says: oneOf('guidance', ['bad', 'neutral', 'good']) },
  0x0e: { op: 'outsideCommStatus', says: oneOf('status', ['lost', 'good', 'poor']) },
  0x11: { op: 'customerOverride', says: oneOf('override', [false, true]) },
  0x12: { op: 'queryOperationalState', says: nothing },
  0x13: { op: 'operationalState', says: (operand) => ({ state: operationalStates[operand] ?? operand }) },
  0x14: { op: 'sleep', says: nothing },
  0x15: { op: 'wake', says: nothing },
  0x16: { op: 'simpleTimeSync', says: weekdayAndHour },
  0x17: { op: 'loadUp', says: duration },
  0x18: { op: 'pendingEventTime', says: duration },
  0x19: { op: 'pendingEventType', says: pendingEvent },
  0x1a: { op: 'reboot', says: oneOf('kind', ['soft', 'factoryDefaults']) },
}

const numbers = new Map(Object.entries(opcodes).map(([number, { op }]) => [op, Number(number)]))

export type BasicOp =
  | 'shed'
  | 'endShed'
  | 'appAck'
  | 'appNak'
  | 'powerLevel'
  | 'presentRelativePrice'
  | 'nextRelativePrice'
  | 'timeRemainingInPricePeriod'
  | 'criticalPeak'
  | 'gridEmergency'
  | 'gridGuidance'
  | 'outsideCommStatus'
  | 'customerOverride'
  | 'queryOperationalState'
  | 'operationalState'
  | 'sleep'
  | 'wake'
  | 'simpleTimeSync'
  | 'loadUp'
  | 'pendingEventTime'
  | 'pendingEventType'
  | 'reboot'

/** A basic message from its name and its operand byte. */
export function basic(op: BasicOp, operand = 0): Message {
  const { decoded } = readBasic(opcodeOf(op), operand)
  return decoded ?? { layer: 'basic', op, opcode1: opcodeOf(op), opcode2: operand }
}

/** The first byte of a basic message of this name. */
export function opcodeOf(op: BasicOp): number {
  return numbers.get(op) ?? 0
}

export function readBasic(opcode1: number, opcode2: number): Reading {
  const opcode = opcodes[opcode1]
  const message = { layer: 'basic', op: opcode?.op ?? null, opcode1, opcode2 } as const
  if (!opcode) return faulty('unsupported-opcode', message)
  const meaning = opcode.says(opcode2)
  return meaning ? good({ ...message, ...meaning }) : faulty('invalid-operand', message)
}

function weekdayAndHour(operand: number): Readonly<Record<string, unknown>> | undefined {
  const weekday = operand >> 5
  const hour = operand & 0x1f
  return weekday <= 6 && hour <= 23 ? { weekday, hour } : undefined
}

function pendingEvent(operand: number): Readonly<Record<string, unknown>> | undefined {
  return [0x01, 0x02, 0x0a, 0x0b, 0x17].includes(operand) ? { eventType: opcodes[operand]?.op } : undefined
}
