import type { Award, ControlFields, Service } from '@gridloom/contracts'
import type { BlackStart } from '../black-start/black-start.ts'
import type { ServiceBaseline } from './baseline.ts'

/** A service and what is remembered of it to go on after a restart. */
export type Running = Readonly<{
  service: Service
  /** LFDIs of the devices at its point. */
  members: readonly string[]
  /** What each would have done, as foretold before it was first moved. */
  baselines: Readonly<Record<string, ServiceBaseline>>
  /** Of delivery and settlement. */
  intervalSeconds: number
  /** Of a regulation: the pace of its meters. */
  sampleSeconds?: number
  /** What each was asked for since when; null: nothing any more. */
  trail: Readonly<Record<string, readonly Asked[]>>
  signals: readonly Readonly<{ at: number; value: number }>[]
  /** W that each holds for a call, or in both directions for a signal. */
  held: Readonly<Record<string, number>>
  /** Intervals are settled up to here. */
  closedUntil: number
  /** Orders and cancels that the GSP has not confirmed yet: said again until it has. */
  pending: readonly Order[]
  cancels: readonly Readonly<{ mRID: string; reason: string }>[]
  /** Controls to groups, by group: of a voltage service or a black start. */
  groupControls: Readonly<Record<string, string>>
  blackStart?: BlackStart
  /** Group whose flow reservations this service limits; null: there is nothing to limit. */
  flows?: string | null
  /** Program whose default control has fields of this service; null: not any more. */
  standing?: Readonly<{ program: string; fields: readonly string[] }> | null
}>

/** An order on its way: the control has its mRID before the GSP knows it, so that it can be said again. */
export type Order = Readonly<{
  mRID: string
  /** Absent: a control to a group or program. */
  lfdi?: string
  target: Readonly<{ device: string } | { group: string } | { program: string }>
  controls: ControlFields
  start: number
  duration: number
  primacy: number
}>

export type Asked = Readonly<{ at: number; W: number | null; steering: Award['steering'] }>

const over: ReadonlySet<Service['status']> = new Set(['refused', 'settled', 'cancelled'])

export function isOver({ status }: Pick<Service, 'status'>): boolean {
  return over.has(status)
}

/** A new status with its time and reason. */
export function moved(service: Service, status: Service['status'], at: number, reason?: string): Service {
  const entry = { status, at, ...(reason !== undefined && { reason }) }
  return { ...service, status, history: [...service.history, entry] }
}

/** What a device was asked for at a moment; null: nothing. */
export function askedAt(trail: readonly Asked[] | undefined, time: number): Asked | undefined {
  return trail?.findLast(({ at }) => at <= time)
}

/** All that a device was asked for in a span of time. */
export function askedWithin(trail: readonly Asked[] = [], from: number, to: number): readonly Asked[] {
  const before = askedAt(trail, from)
  return [...(before ? [before] : []), ...trail.filter(({ at }) => from < at && at <= to)]
}

/** Awards that are in force: ordered, not dropped. */
export function inForce({ awards }: Pick<Service, 'awards'>): readonly Award[] {
  return awards.filter(({ status }) => status !== 'dropped')
}
