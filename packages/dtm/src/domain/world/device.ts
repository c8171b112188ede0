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

/** `varied` counts how often a value differed from the one before it. */
export type Last = {
  at: number
  value: number
  same: number
  varied: number
  over: number
  off: number
}

/** What is known of a DCM and its device from what was said by and to it; all of it bounded, and plain JSON. */
export type Device = {
  server?: string
  programs?: ProgramFact[]
  pollRate?: number
  rates?: Record<string, number>
  controls?: Record<string, Held>
  /** It has been seen to read a list of controls. */
  hasLists?: boolean
  fallback?: { order: Order; since: number }
  /** PH-3: targets by their start. */
  targets?: [number, number][]
  series?: Record<string, Series>
  capability?: { watts: number; vars?: number; voltAmperes?: number; type: number }
  settings?: { watts: number; gradW: number }
  status?: { at: number; isOff: boolean }
  /** The last reading of each series, and how often running: the same value, over a limit, off a target. */
  last?: Record<string, Last>
  /** PH-9: energy at the beginning of the window, and what has flowed since. */
  flow?: { source: string; energy: number; at: number; given: number; taken: number; seconds: number }
  charge?: { soc: number; at: number; leastWatts: number; mostWatts: number }
  subscribed?: string[]
  postRate?: number
  postedAt?: number
  /** A timer waits for its next report. */
  isAwaited?: boolean
}
