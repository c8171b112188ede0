import { createClient, type Client, type Credentials } from '@gridloom/kit'
import { parseLfdi } from '@gridloom/sep2030'
import type { z } from 'zod'
import type { Config } from './config.ts'

/** Another process, known by its address and its certificate. */
export type Far = Readonly<{ url: string; host: string }>

/** Speaks to hosts of peers and to other trackers; no name is looked for in their certificates, their LFDI is. */
export type Hosts = AsyncDisposable &
  Readonly<{
    /** Posts JSON and answers what came back, parsed; an error when nothing useful did. */
    post<T>(far: Far, path: string, body: unknown, answer: z.ZodType<T>, signal: AbortSignal): Promise<T>
  }>

export function createHosts({ tls }: Pick<Config, 'tls'>, certs: Credentials): Hosts {
  const clients = new Map<string, Client>()
  const clientOf = ({ url, host }: Far): Client => {
    const { origin } = new URL(url)
    const key = `${origin} ${host}`
    const known = clients.get(key)
    if (known) return known
    const identity = { serverName: false, serverLfdi: parseLfdi(host) } as const
    const client = createClient({ origin, certs, tls, ...identity, mediaType: 'application/json', totalSeconds: 10 })
    clients.set(key, client)
    return client
  }
  return {
    async post(far, path, body, answer, signal) {
      const reply = await clientOf(far).post(path, JSON.stringify(body), signal)
      const text = reply.body.toString()
      if (reply.status !== 200) throw new Error(`${far.url}${path} answered ${reply.status}: ${text.slice(0, 200)}`)
      return answer.parse(JSON.parse(text))
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...clients.values()].map((client) => client[Symbol.asyncDispose]()))
    },
  }
}
