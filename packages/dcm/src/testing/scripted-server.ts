import { createClient, createPki, createServer, issueDevice, issueServer, systemClock, type Clock } from '@gridloom/kit'
import { onTestFinished } from 'vitest'
import { createSession, type Session } from '../session.ts'

type Answer = Readonly<{ status?: number; body?: string; headers?: Readonly<Record<string, string>> }>

export type ScriptedServer = Readonly<{
  origin: string
  session: Session
  /** Method, path with query and body of each request, in order. */
  requests: readonly Readonly<{ method: string; url: string; body: string }>[]
  close(): Promise<void>
}>

/** Says what to answer to a request, the how-manieth of its method and URL it is being told. */
export type Script = (request: Readonly<{ method: string; url: string; time: number }>) => Answer

const pki = createPki()
const serverCredentials = issueServer(pki, { name: 'foreign' })
const deviceCredentials = issueDevice(pki, { serial: 'dcm' })

/** Somebody else's 2030.5 server over real mutual TLS, and a session with it. */
export async function scriptedServer(script: Script, clock: Clock = systemClock): Promise<ScriptedServer> {
  const requests: { method: string; url: string; body: string }[] = []
  const app = createServer({ name: 'foreign', certs: serverCredentials, logLevel: 'silent' })
  app.all('/*', async ({ method, url, body }, reply) => {
    const time = requests.filter((request) => request.method === method && request.url === url).length
    requests.push({ method, url, body: String(body ?? '') })
    const { status = 200, body: answer = '', headers = {} } = script({ method, url, time })
    return reply.code(status).headers(headers).type('application/sep+xml').send(Buffer.from(answer))
  })
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const client = createClient({ origin, certs: deviceCredentials })
  const close = async (): Promise<void> => void (await app.close())
  onTestFinished(async () => {
    await client[Symbol.asyncDispose]()
    await close()
  })
  return { origin, requests, session: createSession({ client, clock, profile: 'csipaus-1.2' }), close }
}

/** A document of the base namespace. */
export function document(text: string): string {
  return text.replace(/^<(\w+)/, '<$1 xmlns="urn:ieee:std:2030.5:ns"')
}
