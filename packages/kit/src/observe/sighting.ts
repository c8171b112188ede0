import type { Observation } from '@gridloom/contracts'
import type { Credentials } from '../pki/credentials.ts'

type Stamped = 'v' | 'seq' | 'reporter' | 'observedAt' | 'length' | 'sha256' | 'body'

/** What one end of an exchange saw, before it is numbered and its body is measured. */
export type Sighting = Readonly<Omit<Observation, Stamped>> &
  Readonly<{
    /** Seconds, from the actor's clock: the moment of the hand-over when absent. */
    observedAt?: number | undefined
    /** The bytes as they went over the wire, or their text: not to be changed afterwards. */
    body?: Uint8Array | string | undefined
  }>

/** Takes what was seen and returns at once: hashing, numbering, writing and sending happen later. */
export type Observer = (sighting: Sighting) => void

/** The observers of a process: one for each certificate it speaks with; they share the queue on disk and the pace of sending. */
export type Observers = AsyncDisposable &
  Readonly<{
    /** The observer that reports under a certificate, the same one for the same certificate. */
    of(credentials: Credentials): Observer
  }>
