import { encode, Error as ErrorDocument } from '@gridloom/sep2030'
import { sepXml } from './media-type.ts'

/** Error.reasonCode (csip-server, 2). */
const reason = { format: 0, values: 1, limit: 2, tooOften: 4 } as const

/** What is told of a failed request beside its status. */
type Fault = Readonly<{ status: number; path?: string; rule?: string; retryAfter?: number }>

/** Writes the Error document of a failure, as the server answers it and its framework too. */
export function errorDocument(fault: Fault): Readonly<{ type: string; body: Buffer }> {
  const { retryAfter } = fault
  const body = encode(ErrorDocument, {
    ...(retryAfter !== undefined && { maxRetryDuration: Math.min(Math.ceil(retryAfter), 65_535) }),
    reasonCode: reasonOf(fault),
  })
  return { type: sepXml, body }
}

/** The rule that a SepError names when a client has as many of something as it may have. */
export const limitReached = 'limit-reached'

function reasonOf({ status, path, rule }: Fault): number {
  if (status === 429) return reason.tooOften
  if (rule === limitReached) return reason.limit
  // the codec names an element path, and our own checks of values do not
  if (status === 400 && path !== undefined) return reason.format
  return status === 400 || status === 403 || status === 409 ? reason.values : reason.format
}
