import { ErrorBody } from '@gridloom/contracts'
import { createClient, type Credentials, type Outgoing, type Reply } from '@gridloom/kit'
import { parseLfdi } from '@gridloom/sep2030'
import type { z } from 'zod'

/** Another actor's JSON face; every answer is checked against its contract. */
export type Peer = AsyncDisposable &
  Readonly<{
    get<T>(path: string, answer: z.ZodType<T>, signal?: AbortSignal): Promise<T>
    post<T>(path: string, body: unknown, answer: z.ZodType<T>, signal?: AbortSignal): Promise<T>
    put<T>(path: string, body: unknown, answer: z.ZodType<T>): Promise<T>
    delete<T>(path: string, answer: z.ZodType<T>): Promise<T>
  }>

export type PeerConfig = Readonly<{ url: string; name?: string | false | undefined; lfdi?: string | undefined }>

/** What another actor said no to, in its own words. */
export class PeerRefusal extends Error {
  override readonly name = 'PeerRefusal'
  readonly status: number
  /** Where it says so, what is wrong with each part of what was said. */
  readonly issues: ErrorBody['error']['issues']
  constructor(status: number, message: string, issues: ErrorBody['error']['issues'] = []) {
    super(message)
    this.status = status
    this.issues = issues
  }
}

export function openPeer({ url, name, lfdi }: PeerConfig, certs: Credentials): Peer {
  const client = createClient({
    origin: url,
    certs,
    mediaType: 'application/json',
    bodyBytes: 64 * 1_048_576,
    ...(name !== undefined && { serverName: name }),
    ...(lfdi !== undefined && { serverLfdi: parseLfdi(lfdi) }),
  })
  const call = async <T>(outgoing: Outgoing, answer: z.ZodType<T>, signal?: AbortSignal): Promise<T> => {
    const reply = await client.request(outgoing, signal)
    if (reply.status >= 400) throw refusalOf(reply)
    return answer.parse(reply.body.length > 0 ? JSON.parse(reply.body.toString()) : null)
  }
  return {
    get: (path, answer, signal) => call({ method: 'GET', path }, answer, signal),
    post: (path, body, answer, signal) => call({ method: 'POST', path, body: JSON.stringify(body) }, answer, signal),
    put: (path, body, answer) => call({ method: 'PUT', path, body: JSON.stringify(body) }, answer),
    delete: (path, answer) => call({ method: 'DELETE', path }, answer),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

function refusalOf({ status, body }: Reply): PeerRefusal {
  const text = body.toString()
  try {
    const { message, issues } = ErrorBody.parse(JSON.parse(text)).error
    const reason = [message, ...issues.slice(0, mostTold).map((issue) => `${issue.path}: ${issue.message}`)].join('; ')
    return new PeerRefusal(status, reason, issues)
  } catch {
    return new PeerRefusal(status, `${status}: ${text.slice(0, 200)}`)
  }
}

const mostTold = 5
