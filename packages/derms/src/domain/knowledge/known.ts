import type { DerTerms, KnownDer, ResponseEntry } from '@gridloom/contracts'
import type { Der } from './der.ts'
import { forecastOf, type History } from './history.ts'

/** All that is known of a DER when a decision is taken. */
export type Known = Readonly<{
  der: Der
  history: History
  responses: readonly ResponseEntry[]
  trust: Readonly<{ level: number; Te: number }>
  terms: DerTerms
  usedWh: number
  counts: Readonly<{ asked: number; followed: number; dropped: number }>
  envelope?: Readonly<{ exportW: number; importW: number }> | undefined
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

export type ShownOptions = Readonly<{
  now: number
  silentSeconds: number
  presentSeconds: number
  steps: number
  stepSeconds: number
  running: readonly string[]
}>

/** A DER as operators see it. */
export function shown(known: Known, options: ShownOptions): KnownDer {
  const { der, history, trust, counts, usedWh, terms, envelope, positionWh, region } = known
  const { groupKeys: _keys, rampWPerSecond: _ramp, nominalVolts: _volts, ratedVA: _va, ...rest } = der
  const { isOff, isFaulty, trust: _gsp, ...told } = rest
  const { now, steps, stepSeconds, presentSeconds } = options
  const foretold = forecastOf(history, presentSeconds)
  const newest = history.recent.at(-1)
  const state = isFaulty ? 'faulty' : isOff ? 'off' : isSilent(known, now, options.silentSeconds) ? 'silent' : 'ready'
  return {
    ...told,
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
    running: [...options.running],
    usedWh: Math.round(usedWh),
    terms,
  }
}
