import type { EventCopy, EventKind } from './event.ts'
import { bitmap } from './fields.ts'

const receipt = 1
const course = 2
const user = 4

const bitOf: Readonly<Record<number, number>> = { 1: receipt, 4: user, 5: user, 8: user, 9: user, 11: user }

/** The bits of responseRequired that count: none where there is no place to answer to. */
export function askedBy({ responseRequired, replyTo }: EventCopy): number {
  return replyTo === undefined ? 0 : bitmap(responseRequired)
}

/** Whether a server that asks for these bits wants to hear a status (D25). */
export function isAsked(asks: number, status: number): boolean {
  return (asks & (bitOf[status] ?? course)) !== 0
}

const everyKind = [1, 2, 3, 6, 7, 253, 254]
const known: Readonly<Record<EventKind, ReadonlySet<number>>> = {
  DERControl: new Set([...everyKind, 4, 5, 8, 9, 10, 13, 14, 252]),
  EndDeviceControl: new Set([...everyKind, 4, 5, 8, 9, 10, 13, 14, 252]),
  TimeTariffInterval: new Set(everyKind),
  FlowReservationResponse: new Set([...everyKind, 252]),
}

/** Whether a client sends a status for this kind of event at all; the schedule reports by the bits alone. */
export function isSpoken(kind: EventKind, status: number): boolean {
  return known[kind].has(status)
}
