export type ClientErrorCode =
  | 'refused'
  | 'timeout'
  | 'reset'
  | 'tls'
  | 'aborted'
  | 'tooLarge'
  | 'protocol'
  | 'unavailable'
export type ClientErrorOptions = ErrorOptions & Readonly<{ retryAfter?: number | undefined }>

/** A request without an answer; 'unavailable' is for callers that treat an answer as none, with the wait it asked for. */
export class ClientError extends Error {
  override readonly name = 'ClientError'
  readonly code: ClientErrorCode
  /** Seconds. */
  readonly retryAfter: number | undefined

  constructor(code: ClientErrorCode, message: string, options: ClientErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.retryAfter = options.retryAfter
  }
}

/** Sorts what undici, Node and OpenSSL throw into what a caller can act on. */
export function clientErrorOf(error: unknown, what: string, signal: AbortSignal | undefined): ClientError {
  const code = signal?.aborted ? 'aborted' : codeOf(error)
  const reason = error instanceof Error ? error.message : String(error)
  return new ClientError(code, `${what}: ${reason || code}`, { cause: error })
}

const patterns: readonly (readonly [RegExp, ClientErrorCode])[] = [
  [/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'refused'],
  [/TIMEOUT|ETIMEDOUT|^TimeoutError$/, 'timeout'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'reset'],
  [/^UND_ERR_RES_EXCEEDED_MAX_SIZE$/, 'tooLarge'],
  [/CERT|^ERR_(TLS|SSL|OSSL)_|^UNABLE_TO_|^EPROTO$|^HOSTNAME_MISMATCH$|^INVALID_(CA|PURPOSE)$|^ERR_CHAIN/, 'tls'],
]

function codeOf(error: unknown): ClientErrorCode {
  // Node's server ends a connection whose certificate it refuses in the middle of the handshake, without an alert.
  if (error instanceof Error && error.message.includes('before secure TLS connection')) return 'tls'
  const found = namesOf(error).flatMap((name) => patterns.find(([pattern]) => pattern.test(name))?.[1] ?? [])
  return found[0] ?? 'protocol'
}

/** The codes of an error, of its causes and, for several addresses tried, of each of them. */
function namesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  const inner = error instanceof AggregateError ? error.errors : [error.cause]
  return [...own, error.name, ...inner.flatMap(namesOf)]
}
