import type { Observation } from '@gridloom/contracts'
import { roleOf } from './role-of.ts'
import { noFacts, type Message } from './message.ts'
import type { Content } from './reads-as.ts'
import type { World } from './world.ts'

type Told = Readonly<{ at: number; observation: Observation; other?: Observation }>

export type Reading = Readonly<{ world: World; read: (body: string) => Content; t: number }>

/** A message made of what its ends told, and the reporter of a body that is not what its digest says. */
export function messageOf(told: Told, { world, read, t }: Reading): Readonly<{ message: Message; forger?: string }> {
  const { observation, other, at } = told
  const { content, forger } = contentOf(observation, other, read)
  const [from, to] = [observation.from.id, observation.to.id]
  const gsp = [from, to].find((id) => world.registry.get(id)?.role === 'GSP')
  const client = clientOf(observation, gsp)
  const asked =
    observation.kind === 'response' && gsp !== undefined ? world.asked.get(`${gsp} ${observation.corr}`) : undefined
  const message: Message = {
    t,
    at: Math.min(at, seenAt(observation, gsp), seenAt(other, gsp)),
    observation,
    from: { id: from, role: roleOf(world, from) },
    to: { id: to, role: roleOf(world, to) },
    facts: content?.facts ?? noFacts,
    ...(other && { other }),
    ...(content && { content }),
    ...(gsp !== undefined && { gsp }),
    ...(client !== undefined && world.registry.has(client) && { dcm: client }),
    ...(asked && { asked }),
  }
  return forger === undefined ? { message } : { message, forger }
}

function seenAt(report: Observation | undefined, server: string | undefined): number {
  return report !== undefined && report.reporter === server ? report.observedAt : Infinity
}

/** The other end of a server's message, or the DCM that a device is behind. */
function clientOf({ leg, from, to }: Observation, gsp: string | undefined): string | undefined {
  if (leg === 'DCM-DER') return (from.id.includes('/der/') ? from : to).id.slice(0, 40)
  if (gsp === undefined) return undefined
  return from.id === gsp ? to.id : from.id
}

const replaced = '\uFFFD'

function contentOf(observation: Observation, other: Observation | undefined, read: Reading['read']) {
  const teller = observation.body === undefined ? other : observation
  if (teller?.body === undefined || !isDocument(teller)) return {}
  const content = read(teller.body)
  if (content.sha256 === teller.sha256) return { content }
  // bytes that are no text read otherwise than they were sent: the sender's fault, not the reporter's
  if (!teller.body.includes(replaced)) return { forger: teller.reporter }
  return {
    content: { ...content, facts: noFacts, fault: { kind: 'ill-formed', detail: 'not UTF-8' } } satisfies Content,
  }
}

/** A 2030.5 document: errors are answered in whatever form, and devices speak their own. */
function isDocument({ leg, kind, status = 200, body, contentType = '' }: Observation): boolean {
  if (leg !== 'GSP-DCM' || body === undefined || body === '' || status >= 300) return false
  return kind !== 'heartbeat' && kind !== 'handshake' && !contentType.includes('json') && !contentType.includes('exi')
}
