import type { Answer } from './answer.ts'

export type Request = Readonly<{ partyId: string; requestId: string }>
/** What was asked and answered; `reply` is the very text, where there is one. */
export type Remembered = Readonly<{ message: unknown; answer: Answer; reply?: string }>

/** What a market remembers for ever: the requests it answered, and the legs of the tenders it accepted. */
export type Archive = Readonly<{
  requestOf: (request: Request) => Remembered | undefined
  keepRequest: (request: Request, remembered: Remembered) => void
  legsOf: (partyId: string, tenderId: string) => readonly string[] | undefined
  keepTender: (partyId: string, tenderId: string, legs: readonly string[]) => void
}>

export function memoryArchive(): Archive {
  const requests = new Map<string, Remembered>()
  const tenders = new Map<string, readonly string[]>()
  return {
    requestOf: ({ partyId, requestId }) => requests.get(`${partyId} ${requestId}`),
    keepRequest: ({ partyId, requestId }, remembered) => void requests.set(`${partyId} ${requestId}`, remembered),
    legsOf: (partyId, tenderId) => tenders.get(`${partyId} ${tenderId}`),
    keepTender: (partyId, tenderId, legs) => void tenders.set(`${partyId} ${tenderId}`, legs),
  }
}
