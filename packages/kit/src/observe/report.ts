import { hash } from 'node:crypto'
import type { DtmConfig } from '../config/parts.ts'
import type { Sighting } from './sighting.ts'

/** How soon a report gives way when the queue is full: polls first, then what a device tells of itself, control traffic never. */
export type Rank = 'poll' | 'data' | 'control'

/** What was seen, measured: the digest is known, the number is not. */
export type Report = Readonly<{
  rank: Rank
  seen: Omit<Sighting, 'body'>
  observedAt: number
  length: number
  sha256: string
  body?: string
}>

/** A report as it waits: JSON without a number. */
export type Waiting = Readonly<{ rank: Rank; text: string }>

/** A sighting with the moment of its hand-over. */
export type Taken = Readonly<{ sighting: Sighting; at: number }>

// §2: a longer body is reported by its digest
const longestBody = 65_536
const nothing = hash('sha256', '')

/** Measures the body of a sighting and keeps its text, if it is short enough and the privacy filter lets it pass. */
export function reportOf({ sighting, at }: Taken, privacy: DtmConfig['privacy']): Report {
  const { body, observedAt: _, ...seen } = sighting
  const observedAt = Math.round(at * 1000) / 1000
  const rank = rankOf(sighting)
  if (body === undefined || body.length === 0) return { rank, seen, observedAt, length: 0, sha256: nothing }
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  const measured = { rank, seen, observedAt, length, sha256: hash('sha256', body) }
  if (privacy === 'digest' || length > longestBody) return measured
  return {
    ...measured,
    body: typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, length).toString(),
  }
}

/** The report as JSON without its number: what `numbered` completes. */
export function textOf({ seen, observedAt, length, sha256, body }: Report): string {
  return JSON.stringify({ observedAt, ...seen, length, sha256, body })
}

/** The JSON of a report with its number and its reporter in front. */
export function numbered(text: string, seq: number, reporter: string): string {
  return `{"v":1,"seq":${seq},"reporter":"${reporter}",${text.slice(1)}`
}

/** Whether it is one half of reading a resource: the request, or an answer that went well. */
export function isPoll({ kind, method, status = 200 }: Sighting): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  return kind === 'request' || (kind === 'response' && (status < 300 || status === 304))
}

/** Whether an answer carries what a device has to follow: such a one is no plain poll when it is new. */
export function carriesControl({ resource, path = '' }: Sighting): boolean {
  return controlling.test(resource ?? path)
}

const controlling = /Control|Curve|Program|FlowReservationResponse|FunctionSetAssignments|derc|dderc|derp|frp|fsa/

function rankOf(sighting: Sighting): Rank {
  if (sighting.kind === 'heartbeat') return 'poll'
  if (isPoll(sighting)) return sighting.kind === 'response' && carriesControl(sighting) ? 'control' : 'poll'
  return sighting.kind === 'device-reply' || isOwnData(sighting) ? 'data' : 'control'
}

/** What a device writes of itself, but for its answers to controls. */
function isOwnData({ kind, leg, resource = '', from }: Sighting): boolean {
  return leg === 'GSP-DCM' && kind === 'request' && from.role === 'DCM' && !/Response|FlowReservation/.test(resource)
}
