import type { EventCopy } from './event.ts'
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
