import { STATUS_CODES } from 'node:http'
import { SepError, statusOf } from '@gridloom/sep2030'
import type { FastifyReply } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'

/** What went wrong with a request, before a face puts it into its own words. */
export type Failure = Readonly<{
  status: number
  code: string
  message: string
  /** The element path or JSON key that is to blame. */
  path?: string
  /** Every place that does not fit its schema. */
  issues?: readonly Readonly<{ path: string; message: string }>[]
  /** The rule that was broken, where the error names one. */
  rule?: string
  /** Seconds. */
  retryAfter?: number
  /** The methods of a path that lacks the one asked for. */
  allow?: readonly string[]
  /** How a client may show who it is, with a 401. */
  challenge?: string
  /** What a face tells beyond these. */
  members?: Readonly<Record<string, unknown>>
}>
export type FailureBody = Readonly<{ type: string; body: Buffer | string }>
export type WriteFailure = (failure: Failure) => FailureBody

/** An ErrorBody: what is wrong, and each place where. */
export const jsonFailure: WriteFailure = ({ code, message, path, issues }) => {
  const places = issues ?? (path === undefined ? [] : [{ path, message }])
  return {
    type: 'application/json; charset=utf-8',
    body: JSON.stringify({ error: { code, message, issues: places } }),
  }
}

/** An error that a client can act on by its status; of any other it learns nothing. */
export function failureOf(error: unknown): Failure {
  if (error instanceof SepError) {
    const { code, message, path, rule } = error
    return {
      status: statusOf[code],
      code,
      message,
      ...(path !== undefined && { path }),
      ...(rule !== undefined && { rule }),
    }
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map(({ instancePath, message = 'invalid' }) => ({
      path: instancePath.slice(1).replaceAll('/', '.'),
      message,
    }))
    return { status: 400, code: 'invalid', message: `not valid: ${error.validationContext ?? 'request'}`, issues }
  }
  const status = statusCodeOf(error)
  if (!(error instanceof Error) || status < 400 || status > 499) {
    return { status: 500, code: 'internal', message: 'the server failed to answer' }
  }
  return { status, code: codeOf(status), message: error.message }
}

export function codeOf(status: number): string {
  const sep = Object.entries(statusOf).find(([, known]) => known === status)?.[0]
  return sep ?? (STATUS_CODES[status] ?? 'error').toLowerCase().replaceAll(' ', '-')
}

/** Answers with a failure in the words of the reply's own face. */
export function sendFailure(reply: FastifyReply, failure: Failure): FastifyReply {
  const { type, body } = reply.server.writeFailure(failure)
  if (failure.retryAfter !== undefined) reply.header('retry-after', Math.ceil(failure.retryAfter))
  if (failure.allow) reply.header('allow', failure.allow.join(', '))
  if (failure.challenge !== undefined) reply.header('www-authenticate', failure.challenge)
  return reply.code(failure.status).type(type).send(body)
}

declare module 'fastify' {
  interface FastifyInstance {
    writeFailure: WriteFailure
  }
}

function statusCodeOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' ? status : 500
}
