import type { Observation, TrustRegistration } from '@gridloom/contracts'
import { encode, type Element } from '@gridloom/sep2030'
import { hash } from 'node:crypto'
import { createTrustEngine } from '../engine/create-trust-engine.ts'
import type { EngineOptions } from '../engine/settings.ts'
import type { TrustEvent } from '../engine/trust-event.ts'

export const gsp = 'A'.repeat(40)
export const dcm = 'B'.repeat(40)
export const other = 'C'.repeat(40)
const der = `${dcm}/der/1`

const names = new Map([
  [gsp, 'gsp'],
  [dcm, 'dcm'],
  [other, 'other'],
  [der, 'der'],
  [`${gsp}~${dcm}`, 'link'],
  [`${gsp}~${other}`, 'other link'],
])

/** A request of a client and its answer, as both ends report it unless it is said otherwise. */
export type Exchange = Readonly<{
  at: number
  from?: string
  method?: string
  path: string
  body?: string
  status?: number
  answer?: string
  /** Who tells of it. */
  by?: readonly string[]
  answeredAfter?: number
  changed?: Partial<Observation>
}>

export type Scene = ReturnType<typeof createScene>

/** A GSP and two DCMs of 5 kW that are known to an engine, and what they say to one another. */
export function createScene(
  options: EngineOptions = {},
  registrations: Readonly<Record<string, Partial<TrustRegistration>>> = {},
) {
  const engine = createTrustEngine(options)
  const events: TrustEvent[] = []
  const seqs = new Map<string, number>()
  let exchanges = 0
  const rating = { role: 'DCM', rtgMaxW: 5000 } as const
  const known: readonly TrustRegistration[] = [
    { lfdi: gsp, role: 'GSP', ...registrations[gsp] },
    { lfdi: dcm, ...rating, ...registrations[dcm] },
    { lfdi: other, ...rating, ...registrations[other] },
  ]
  engine.register(known, 0)

  const tell = (at: number, reporter: string, told: Partial<Observation>): void => {
    const seq = told.seq ?? (seqs.get(reporter) ?? -1) + 1
    seqs.set(reporter, Math.max(seq, seqs.get(reporter) ?? -1))
    const { body = '' } = told
    const sha256 = hash('sha256', body, 'hex')
    const observation = {
      v: 1,
      leg: 'GSP-DCM',
      observedAt: at,
      length: body.length,
      sha256,
      ...told,
      seq,
      reporter,
    } as Observation
    events.push(...engine.observe([observation], at, reporter))
  }

  const exchange = ({ at, from = dcm, method = 'GET', path, body, status = 200, answer, ...rest }: Exchange): void => {
    const corr = `x${exchanges++}`
    const shared = { corr, method, path, contentType: 'application/sep+xml' }
    const [client, server] = [end(from), end(gsp)]
    const { by = [from, gsp], answeredAfter = 0, changed = {} } = rest
    for (const reporter of by) {
      tell(at, reporter, {
        ...shared,
        kind: 'request',
        from: client,
        to: server,
        ...(body !== undefined && { body }),
        ...(reporter === from ? changed : {}),
      })
    }
    for (const reporter of by) {
      const answered = {
        ...shared,
        kind: 'response',
        from: server,
        to: client,
        status,
        ...(answer !== undefined && { body: answer }),
      } as const
      tell(at + answeredAfter, reporter, answered)
    }
  }

  return {
    engine,
    events,
    /** Whose mirror was made. */
    mirrored: new Set<string>(),
    tell,
    exchange,
    get: (at: number, path: string, answer: string, from = dcm) => exchange({ at, path, answer, from }),
    post: (at: number, path: string, body: string, from = dcm) =>
      exchange({ at, method: 'POST', path, body, status: 201, from }),
    put: (at: number, path: string, body: string, from = dcm) =>
      exchange({ at, method: 'PUT', path, body, status: 204, from }),
    handshake: (at: number, tls: NonNullable<Observation['tls']>, from = dcm) =>
      tell(at, gsp, { leg: 'TLS', kind: 'handshake', from: end(from), to: end(gsp), tls }),
    reply: (at: number, values: object) =>
      tell(at, dcm, {
        leg: 'DCM-DER',
        kind: 'device-reply',
        from: { role: 'DER', id: der },
        to: end(dcm),
        body: JSON.stringify(values),
      }),
    advance: (at: number) => void events.push(...engine.advance(at)),
    /** What was found so far, as `RULE severity subject`, each once. */
    found: () => [...new Set(events.flatMap(said))],
    /** How often a rule fired. */
    count: (rule: string) => events.filter((event) => event.kind === 'finding' && event.rule === rule).length,
  }
}

function said(event: TrustEvent): readonly string[] {
  if (event.kind === 'group') return [`${event.rule ?? 'group'} ${event.severity} fleet`]
  if (event.kind !== 'finding') return []
  const q = event.q < 1 ? ` q ${event.q}` : ''
  return [`${event.rule} ${event.severity} ${names.get(event.subject) ?? event.subject}${q}`]
}

export function end(id: string) {
  if (id === gsp) return { role: 'GSP', id } as const
  return { role: id.startsWith('addr/') ? 'UNKNOWN' : 'DCM', id } as const
}

/** A document as it goes over the wire. */
export function xml<T>(element: Element<T>, value: T): string {
  return new TextDecoder().decode(encode(element, value))
}
