import type { MarketFact, Observation, TrustGroup, TrustRegistration, TrustSubject } from '@gridloom/contracts'
import type { TrustEvent } from './trust-event.ts'

/** One row of a snapshot: plain JSON, so that a store can keep it as it likes; the order of the rows matters. */
export type SnapshotRecord = Readonly<{ table: string; key: string; value: unknown }>

/**
 * Judges what is reported: the same inputs in the same order give the same trust, bit for bit, also through a snapshot.
 * Times are seconds of the DTM's clock and never decrease; a time that runs back is taken for the latest one.
 */
export type TrustEngine = Readonly<{
  /** Enters or changes registrations; one with a known serial under a new LFDI inherits what counts against the old. */
  register: (registrations: readonly TrustRegistration[], t: number) => readonly TrustEvent[]
  /** Takes a registration out; its file is kept aside for its return. */
  unregister: (lfdi: string, t: number) => readonly TrustEvent[]
  /**
   * Takes a batch as it came over mutual TLS; `peer` is the LFDI of the certificate that brought it, `sentAt` the reporter's
   * time when it left: what had waited until then is old without being late.
   */
  observe: (observations: readonly Observation[], t: number, peer?: string, sentAt?: number) => readonly TrustEvent[]
  /** Lets time pass: unwitnessed messages, missing responses, missing heartbeats. */
  advance: (t: number) => readonly TrustEvent[]
  /** When there is something to do next, if nothing comes before. */
  nextDue: () => number | undefined
  /** The DTM was away since the last input: nobody is blamed for what is old or missing because of that. */
  resume: (t: number) => readonly TrustEvent[]
  market: (fact: MarketFact, t: number) => readonly TrustEvent[]
  /** An operator ends a block, or a hold of blocking by its group's or server's key. */
  release: (subject: string, t: number) => readonly TrustEvent[]
  isReporter: (lfdi: string) => boolean
  registration: (lfdi: string) => TrustRegistration | undefined
  subject: (id: string) => TrustSubject | undefined
  subjects: (atLeast?: number) => Iterable<TrustSubject>
  link: (a: string, b: string) => TrustSubject | undefined
  links: () => Iterable<TrustSubject>
  group: (id: string) => TrustGroup | undefined
  snapshot: () => Iterable<SnapshotRecord>
}>
