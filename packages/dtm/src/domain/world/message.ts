import type { Observation, TrustRole } from '@gridloom/contracts'
import type { Facts } from './facts.ts'
import type { Content } from './reads-as.ts'
import type { Asked } from './world.ts'

export type End = Readonly<{ id: string; role: TrustRole }>

/** One message between two actors, as the rules see it: once, however many ends reported it. */
export type Message = Readonly<{
  /** When it is judged: DTM time. */
  t: number
  /** When the server saw it, as far as it tells; else when it was first heard of. A report may have waited at its reporter. */
  at: number
  observation: Observation
  /** The other end's report of it. */
  other?: Observation
  /** With the roles of the registry; who is not in it is unknown. */
  from: End
  to: End
  /** Only of a body that was reported and is what its digest says. */
  content?: Content
  facts: Facts
  /** Which end is the DCM and which the GSP, where there is one. */
  dcm?: string
  gsp?: string
  /** What an answer answers. */
  asked?: Asked
}>

export const noFacts: Facts = {}

export function isWrite({ observation: { method } }: Message): boolean {
  return method === 'POST' || method === 'PUT' || method === 'DELETE'
}

export function isRequest({ observation: { kind } }: Message): boolean {
  return kind === 'request'
}

export function isAnswer({ observation: { kind } }: Message): boolean {
  return kind === 'response'
}

export function isSuccess(status = 0): boolean {
  return (status >= 200 && status < 300) || status === 304
}
