import type { DerTerms, KnownDer, ResponseEntry } from '@gridloom/contracts'
import type { Der } from './der.ts'
import { expectedOf, scheduledLimitW, strongerSchedule, type Commitments } from './expected.ts'
import type { History } from './history.ts'

/** All that is known of a DER when a decision is taken. */
export type Known = Commitments &
  Readonly<{
    der: Der
    history: History
    responses: readonly ResponseEntry[]
    trust: Readonly<{ level: number; Te: number }>
    terms: DerTerms
    usedWh: number
    counts: Readonly<{ asked: number; followed: number; dropped: number }>
    envelope?: Readonly<{ exportW: number; importW: number }> | undefined
    name?: string | undefined
    /** Frequency at its connection point, where that is known. */
    hertz?: number | undefined
    /** In the market, of the running interval; positive: bought. */
    positionWh?: number | undefined
    region?: string | undefined
  }>

/** The last reading is the state of a DER as far as power goes. */
export function nowW({ history }: Pick<Known, 'history'>): number | undefined {
  return history.recent.at(-1)?.watts
}

export function isSilent({ history }: Pick<Known, 'history'>, now: number, silentSeconds: number): boolean {
  const newest = history.recent.at(-1)
  return !newest || now > newest.start + newest.seconds + silentSeconds
}

/** What its connection point bears and its schedules let through. */
export function bearable(known: Known): Known['envelope'] {
  const { der, envelope } = known
  const limitW = scheduledLimitW(known)
  if (limitW === Infinity) return envelope
  const { exportW = Infinity, importW = Infinity } = envelope ?? {}
  // of a load it is a cap on what it draws
  if (der.kind === 'load') return { exportW, importW: Math.min(importW, limitW) }
  return { exportW: Math.min(exportW, limitW), importW }
}

export type ShownOptions = Readonly<{
  now: number
  silentSeconds: number
  presentSeconds: number
  steps: number
  stepSeconds: number
  running: readonly string[]
  primacy: number
}>

/** A DER as operators see it. */
export function shown(known: Known, options: ShownOptions): KnownDer {
  const { der, history, trust, counts, usedWh, terms, envelope, name, hertz, positionWh, region, schedules } = known
  const { groupKeys: _keys, rampWPerSecond: _ramp, ratedVA: _va, ...rest } = der
  const { isOff, isFaulty, trust: _gsp, ...told } = rest
  const { now, steps, stepSeconds, presentSeconds } = options
  const foretold = expectedOf(known, presentSeconds)
  const newest = history.recent.at(-1)
  const state = isFaulty ? 'faulty' : isOff ? 'off' : isSilent(known, now, options.silentSeconds) ? 'silent' : 'ready'
  return {
    ...told,
    ...(name !== undefined && { name }),
    groups: [...der.groups],
    modes: [...der.modes],
    state,
    ...(newest && { reading: { W: newest.watts, at: newest.start + newest.seconds } }),
    forecast: Array.from({ length: steps }, (_, step) => Math.round(foretold(now + (step + 0.5) * stepSeconds))),
    trust: { ...trust },
    responses: { ...counts },
    ...(positionWh !== undefined && { positionWh }),
    ...(region !== undefined && { region }),
    ...(envelope && { envelope: { ...envelope } }),
    ...(hertz !== undefined && Number.isFinite(hertz) && { hertz }),
    ...(schedules && { schedules: [...schedules], isHeld: strongerSchedule(known, options.primacy) !== undefined }),
    running: [...options.running],
    usedWh: Math.round(usedWh),
    terms,
  }
}
