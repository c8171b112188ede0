import { noAnomalies, withoutOld, type Anomalies } from './anomalies.ts'
import type { Category, Level, TrustParameters } from './parameters.ts'

export type Masses = Readonly<Record<Category, number>>

/** What is remembered of a subject or a link (§3), in the letters of the specification. */
export type TrustFile = Readonly<{
  a: number
  r: number
  s: number
  rc: Masses
  sc: Masses
  level: Level
  levelSince: number
  goodRun: number
  /** The anomalous messages of the last 24 h: n24 is their count. */
  anomalies: Anomalies
  tLast: number
}>

/** The file of a subject of whom nothing is known yet. */
export function createTrustFile({ a, at }: Readonly<{ a: number; at: number }>): TrustFile {
  const none = perCategory(() => 0)
  return { a, r: 0, s: 0, rc: none, sc: none, level: 1, levelSince: at, goodRun: 0, anomalies: noAnomalies, tLast: at }
}

/** A known device under a new certificate keeps what counts against it and earns its good name anew: no whitewashing. */
export function succeedTrustFile(old: TrustFile, at: number): TrustFile {
  return { ...createTrustFile({ a: old.a, at }), s: old.s, sc: old.sc, tLast: old.tLast }
}

/** Lets evidence fade up to time t (§4 step 1); certainty falls, the level stays. */
export function forget(file: TrustFile, t: number, { goodHalfLife, badHalfLife }: TrustParameters): TrustFile {
  const dt = Math.max(0, t - file.tLast)
  const good = 2 ** (-dt / goodHalfLife)
  const bad = 2 ** (-dt / badHalfLife)
  return {
    ...file,
    r: file.r * good,
    s: file.s * bad,
    rc: faded(file.rc, good),
    sc: faded(file.sc, bad),
    anomalies: withoutOld(file.anomalies, t),
    tLast: Math.max(file.tLast, t),
  }
}

// for every message: without a call for each category
function faded({ identity, format, timing, protocol, physics, availability }: Masses, share: number): Masses {
  return {
    identity: identity * share,
    format: format * share,
    timing: timing * share,
    protocol: protocol * share,
    physics: physics * share,
    availability: availability * share,
  }
}

/** Asks for one value per category. */
export function perCategory<T>(valueOf: (category: Category) => T): Readonly<Record<Category, T>> {
  return {
    identity: valueOf('identity'),
    format: valueOf('format'),
    timing: valueOf('timing'),
    protocol: valueOf('protocol'),
    physics: valueOf('physics'),
    availability: valueOf('availability'),
  }
}
