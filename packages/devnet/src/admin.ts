import { ErrorBody, SchedulingProblem } from '@gridloom/contracts'
import { createClient, type Client, type Credentials, type Outgoing, type Reply } from '@gridloom/kit'
import { z } from 'zod'

/** A JSON face of an actor, for an operator: every answer is checked against the schema of the contract. */
export type Admin = AsyncDisposable &
  Readonly<{
    get<T>(path: string, answer: z.ZodType<T>): Promise<T>
    post<T>(path: string, body: unknown, answer: z.ZodType<T>): Promise<T>
    put<T>(path: string, body: unknown, answer: z.ZodType<T>): Promise<T>
    delete<T>(path: string, answer: z.ZodType<T>): Promise<T>
  }>

/** Opens a mutual-TLS client to an admin face; an answer that is not a success becomes an error that says why. */
export function createAdmin(origin: string, certs: Credentials): Admin {
  const client = createClient({ origin, certs, mediaType: 'application/json' })
  return {
    get: (path, answer) => call(client, 'GET', path, answer),
    post: (path, body, answer) => call(client, 'POST', path, answer, body),
    put: (path, body, answer) => call(client, 'PUT', path, answer, body),
    delete: (path, answer) => call(client, 'DELETE', path, answer),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

async function call<T>(
  client: Client,
  method: Outgoing['method'],
  path: string,
  answer: z.ZodType<T>,
  body?: unknown,
): Promise<T> {
  const reply = await client.request({
    method,
    path,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (reply.status >= 400) throw new Error(reasonOf(reply))
  return answer.parse(reply.body.length > 0 ? JSON.parse(reply.body.toString()) : null)
}

function reasonOf({ status, body }: Reply): string {
  const text = body.toString()
  const problem = SchedulingProblem.safeParse(parsed(text))
  if (problem.success)
    return problem.data.path === undefined ? problem.data.detail : `${problem.data.path}: ${problem.data.detail}`
  const refusal = z.json().pipe(ErrorBody).safeParse(parsed(text))
  if (!refusal.success) return `${status}: ${text.slice(0, 200)}`
  const { message, issues } = refusal.data.error
  const others = issues.filter((issue) => issue.message !== message)
  return [message, ...others.map((issue) => `  ${issue.path}: ${issue.message}`)].join('\n')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
