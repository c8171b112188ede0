import type { ControlFact, Order } from './control-facts.ts'
import type { ProgramFact } from './facts.ts'
import type { Series } from './reading-facts.ts'

/** A control as a device got it. */
export type Held = {
  fact: ControlFact
  /** When it was first delivered. */
  at: number
  /** mRID and primacy of its program, where it is known. */
  program?: string
  primacy: number
  /** Response statuses that came, in their order. */
  statuses: number[]
  /** Watts when it began, as far as they were seen. */
  startWatts?: number
}

/** The last value of a series; `same` counts how often running it was repeated, `varied` how often it changed. */
export type Last = {
  at: number
  value: number
  same: number
  /** How often running it was the same at most, before it changed. */
  longest: number
  varied: number
  over: number
  off: number
}

/** Where a value comes from: the mirror at the server, or a reply of the device to its DCM. */
export type Origin = 'mirror' | 'reply'

/** Energy of one counter at the beginning of a window, and what flowed since by one series of power; all in Wh. */
export type Flow = {
  counter: string
  power?: string
  energy: number
  at: number
  given: number
  taken: number
  /** How far the flow may be off, for want of readings in between. */
  doubt: number
  /** How much of the window the readings of power cover. */
  seconds: number
}

/** What is known of a DCM and its device from what was said by and to it; all of it bounded, and plain JSON. */
export type Device = {
  server?: string
  /** The serial number that it says it has. */
  serial?: string
  programs?: ProgramFact[]
  pollRate?: number
  rates?: Record<string, number>
  controls?: Record<string, Held>
  /** It has been seen to read a list of controls. */
  hasLists?: boolean
  fallback?: { order: Order; since: number }
  /** When its DCM last said to have commanded it, whoever asked for that. */
  commandedAt?: number
  /** PH-3: targets by their start. */
  targets?: [number, number][]
  series?: Record<string, Series>
  capability?: { watts: number; vars?: number; voltAmperes?: number; type: number }
  settings?: { watts: number; gradW: number }
  status?: { at: number; isOff: boolean }
  /** The last reading of each series, and how often running: the same value, over a limit, off a target. */
  last?: Record<string, Last>
  /** PH-9, for what is mirrored and what the device replies. */
  flows?: Partial<Record<Origin, Flow>>
  charge?: { soc: number; at: number; leastWatts: number; mostWatts: number }
  subscribed?: string[]
  postRate?: number
  postedAt?: number
  /** A timer waits for its next report. */
  isAwaited?: boolean
}
