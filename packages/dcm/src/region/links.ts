import { createClient, type Client, type ClientOptions, type Credentials } from '@gridloom/kit'
import { parseLfdi } from '@gridloom/sep2030'
import type { z } from 'zod'
import type { Config } from '../config.ts'

/** JSON to trackers and to hosts of other peers, one connection each; known by their LFDI. */
export type Links = AsyncDisposable &
  Readonly<{
    post<T>(far: Readonly<{ url: string; lfdi: string }>, path: string, body: unknown, ask: Ask<T>): Promise<T>
    join<T>(body: unknown, ask: Ask<T>): Promise<T>
  }>

type Ask<T> = Readonly<{ answer: z.ZodType<T>; signal: AbortSignal }>

export function openLinks({ tls }: Config, bootstrap: RegionConfig['bootstrap'], certs: Credentials): Links {
  const clients = new Map<string, Client>()
  const clientOf = (key: string, options: Pick<ClientOptions, 'origin' | 'serverName' | 'serverLfdi'>): Client => {
    const known = clients.get(key)
    if (known) return known
    const client = createClient({ ...options, certs, tls, mediaType: 'application/json', totalSeconds: 10 })
    clients.set(key, client)
    return client
  }
  const exchange = async <T>(client: Client, path: string, body: unknown, { answer, signal }: Ask<T>): Promise<T> => {
    const reply = await client.post(path, JSON.stringify(body), signal)
    const text = reply.body.toString()
    if (reply.status !== 200) throw new Error(`${client.origin}${path} answered ${reply.status}: ${text.slice(0, 200)}`)
    return answer.parse(JSON.parse(text))
  }
  return {
    post({ url, lfdi }, path, body, ask) {
      const { origin } = new URL(url)
      const client = clientOf(`${origin} ${lfdi}`, { origin, serverName: false, serverLfdi: parseLfdi(lfdi) })
      return exchange(client, path, body, ask)
    },
    join(body, ask) {
      const { url: origin, lfdi, name } = bootstrap
      const identity = {
        ...(name !== undefined && { serverName: name }),
        ...(lfdi !== undefined && { serverLfdi: parseLfdi(lfdi) }),
      }
      return exchange(clientOf('bootstrap', { origin, ...identity }), '/join', body, ask)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...clients.values()].map((client) => client[Symbol.asyncDispose]()))
    },
  }
}

type RegionConfig = NonNullable<Config['region']>
