import type { Observation, TrustAlert, TrustRegistration, TrustSubject } from '@gridloom/contracts'
import { onTestFinished } from 'vitest'
import { createClient } from '../client/create-client.ts'
import { issueServer, type Pki } from '../pki/pki.ts'
import { createServer } from '../server/create-server.ts'

/** A DTM of a few lines over real mutual TLS: it keeps what it is told, and says what a test wants it to say. */
export async function scriptedDtm(pki: Pki) {
  const certs = issueServer(pki, { name: 'dtm' })
  const observations: Observation[] = []
  const members = new Map<string, TrustRegistration>()
  let subjects: readonly TrustSubject[] = []
  let seq = 0
  let isAway = false
  const app = createServer({ name: 'dtm', certs, logLevel: 'silent' })
  app.addHook('onRequest', async (_request, reply) => (isAway ? reply.code(503).send() : undefined))
  app.post<{ Body: Observation[] }>('/dtm/observations', async ({ body }, reply) => {
    observations.push(...body)
    return reply.code(202).send({ accepted: body.length, rejected: [] })
  })
  app.put<{ Body: TrustRegistration[] }>('/dtm/registry', async ({ body }, reply) => {
    for (const member of body) members.set(member.lfdi, member)
    return reply.code(204).send()
  })
  app.get('/dtm/registry', () => [...members.values()])
  app.delete<{ Params: { lfdi: string } }>('/dtm/registry/:lfdi', async ({ params }, reply) =>
    reply.code(members.delete(params.lfdi) ? 204 : 404).send(),
  )
  app.get('/dtm/subjects', () => subjects)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => void (await app.close()))

  const alertOf = (subject: string, levelTo: number, change: Partial<TrustAlert> = {}): TrustAlert => {
    seq += 1
    const times = { at: seq, firstAt: seq, lastAt: seq }
    const recommended: TrustAlert['recommended'] = levelTo === 4 ? ['deny'] : []
    const own = { id: `alert-${seq}`, seq, type: 'level-change', subject, role: 'DCM', levelTo, text: '' } as const
    return { ...own, ...times, recommended, count: 1, ...change }
  }
  const post = async (origin: string, alerts: readonly TrustAlert[]): Promise<number> => {
    await using client = createClient({ origin, certs, mediaType: 'application/json' })
    return (await client.post('/trust/alerts', JSON.stringify(alerts))).status
  }
  return {
    url,
    certs,
    lfdi: certs.lfdi,
    observations,
    members,
    /** What its register says from now on. */
    show: (shown: readonly TrustSubject[]) => void (subjects = shown),
    /** Whether it answers nobody but with 503. */
    turnAway: (away: boolean) => void (isAway = away),
    alertOf,
    post,
    /** Alerts to a level, one for each subject. */
    raise: (origin: string, levelTo: number, ...about: readonly string[]) =>
      post(
        origin,
        about.map((subject) => alertOf(subject, levelTo)),
      ),
  }
}
