/** The codes of what can be wrong with a message or a request, and the HTTP status that each is answered with. */
export const statusOf = {
  invalid: 400,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  tooLarge: 413,
  unsupported: 415,
  busy: 429,
  unavailable: 503,
} as const
export type SepErrorCode = keyof typeof statusOf

export type SepErrorDetails = Readonly<{
  /** Where: the element path, as in `/DERControlList/DERControl[3]/interval/duration`; an attribute ends it with `@name`. */
  path?: string
  /** Which rule was broken: one of `Rule`, stable enough to count by. */
  rule?: string
  /** What was found in place of what the rule allows. */
  found?: string
  cause?: unknown
}>

export class SepError extends Error {
  override readonly name = 'SepError'
  readonly code: SepErrorCode
  readonly path: string | undefined
  readonly rule: string | undefined
  readonly found: string | undefined

  constructor(code: SepErrorCode, message: string, { path, rule, found, cause }: SepErrorDetails = {}) {
    super(message, cause === undefined ? {} : { cause })
    this.code = code
    this.path = path
    this.rule = rule
    this.found = found
  }
}
