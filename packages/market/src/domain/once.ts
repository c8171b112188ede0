import { isDeepStrictEqual } from 'node:util'
import { type Outcome, refused } from './answer.ts'
import type { Archive, Request } from './archive.ts'

/** Answers every request of a party once: a repeat gets the same again and has no effect. */
export function createOnce({ requestOf, keepRequest }: Archive) {
  return function once<T extends Outcome>(
    { partyId, requestId }: Request,
    message: unknown,
    decide: () => T,
  ): T | Outcome {
    const known = requestOf({ partyId, requestId })
    if (known && !isDeepStrictEqual(known.message, message)) return refused('DUPLICATE_REQUEST_ID')
    if (known) return { answer: { ...known.answer, replay: true }, events: [], repeats: known }
    const outcome = decide()
    keepRequest({ partyId, requestId }, { message, answer: outcome.answer })
    return outcome
  }
}
