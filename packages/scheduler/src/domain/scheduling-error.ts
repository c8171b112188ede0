import type { EnableError } from './enabling.ts'

/** What can be wrong with a request, and the HTTP status that it is answered with. */
export const statusOf = {
  invalid: 400,
  forbidden: 403,
  missing: 404,
  locked: 409,
  full: 409,
  'value-invalid': 422,
  'not-enabled': 422,
  'bad-configuration': 422,
} as const

export type SchedulingErrorCode = keyof typeof statusOf

export class SchedulingError extends Error {
  override readonly name = 'SchedulingError'
  readonly code: SchedulingErrorCode
  readonly path: string | undefined
  readonly schdEnaErr: EnableError | undefined
  constructor(
    code: SchedulingErrorCode,
    message: string,
    details: Readonly<{ path?: string; schdEnaErr?: EnableError }> = {},
  ) {
    super(message)
    this.code = code
    this.path = details.path
    this.schdEnaErr = details.schdEnaErr
  }
}
