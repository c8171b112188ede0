/** What came of one request: the value, or the reason that the loops know how to answer. */
export type Outcome<T> = Readonly<{ kind: 'ok'; value: T; location?: string }> | Refusal

export type Refusal = Readonly<
  | { kind: 'missing' }
  | { kind: 'forbidden'; status: number }
  | { kind: 'rejected'; status: number; reason: string }
  | { kind: 'conflict'; status: number }
  | { kind: 'tooLarge' }
  | { kind: 'moved'; to: string }
  | { kind: 'later'; status: number; seconds?: number }
  | { kind: 'garbled'; reason: string }
  | { kind: 'unreachable'; reason: string }
>

type Answer = Readonly<{ status: number; location?: string; retryAfter?: number; body: Uint8Array }>

/** Sorts an HTTP answer other than 2xx by what a client does about it. */
export function refusalOf({ status, location, retryAfter, body }: Answer): Refusal {
  if (status >= 300 && status < 400 && location) return { kind: 'moved', to: location }
  if (status === 404 || status === 410) return { kind: 'missing' }
  if (status === 401 || status === 403) return { kind: 'forbidden', status }
  if (status === 409 || status === 412) return { kind: 'conflict', status }
  if (status === 413) return { kind: 'tooLarge' }
  // 501 is no passing state: the server will never know this method.
  if (status === 429 || (status >= 500 && status !== 501)) {
    return retryAfter === undefined ? { kind: 'later', status } : { kind: 'later', status, seconds: retryAfter }
  }
  return { kind: 'rejected', status, reason: Buffer.from(body).toString('utf8', 0, 500) }
}
