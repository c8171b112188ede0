import type { Outcome } from './answer.ts'
import { responseOf } from './response-of.ts'

/** Type, request and response: what every reply begins with. */
export function headOf(type: string, message: unknown, { answer }: Outcome, now: number, detail?: string) {
  const inResponseTo = idIn(message, 'requestId') ?? idIn(message, 'inResponseTo')
  return { type, ...(inResponseTo !== undefined && { inResponseTo }), response: responseOf(answer.reason, now, detail) }
}

/** A member of a message, if it is a text. */
export function idIn(message: unknown, member: string): string | undefined {
  const value = typeof message === 'object' && message !== null ? Reflect.get(message, member) : undefined
  return typeof value === 'string' ? value : undefined
}
