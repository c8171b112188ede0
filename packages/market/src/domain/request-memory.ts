import { isDeepStrictEqual } from 'node:util'
import { type Answer, type Outcome, refused } from './answer.ts'

export type Request = Readonly<{ partyId: string; requestId: string }>

/** Remembers the answer to every request of a party: a repeat gets it again and has no effect. */
export function createRequestMemory() {
  const seen = new Map<string, Readonly<{ message: unknown; answer: Answer }>>()

  return function once({ partyId, requestId }: Request, message: unknown, decide: () => Outcome): Outcome {
    const key = `${partyId} ${requestId}`
    const known = seen.get(key)
    if (known && !isDeepStrictEqual(known.message, message)) return refused('DUPLICATE_REQUEST_ID')
    if (known) return { answer: { ...known.answer, replay: true }, events: [] }
    const outcome = decide()
    seen.set(key, { message, answer: outcome.answer })
    return outcome
  }
}
