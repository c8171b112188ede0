import { anomaliesWithin, anomalyCount } from './anomalies.ts'
import { effectiveTrust, opinionOf } from './opinion.ts'
import type { Level, Severity, TrustParameters } from './parameters.ts'
import type { TrustFile } from './trust-file.ts'

/** The level after a message with weighted findings: it rises at once, and never falls (§5). */
export function raisedLevel(
  file: TrustFile,
  { t, findings }: Readonly<{ t: number; findings: readonly Readonly<{ severity: Severity }>[] }>,
  parameters: TrustParameters,
): Level {
  const { severityFloor, bursts } = parameters
  const severe = findings.map(({ severity }) => severityFloor[severity])
  const often = bursts
    .filter(({ count, within }) => anomaliesWithin(file.anomalies, t, within) >= count)
    .map(({ floor }) => floor)
  const scored = corroborated(candidateLevel(file, parameters), anomalyCount(file.anomalies))
  return [...severe, ...often, scored].reduce<Level>((most, level) => (level > most ? level : most), file.level)
}

/** The level after a clean message: at most one step down, and none from blocked, which only an operator releases (§5). */
export function loweredLevel(file: TrustFile, t: number, parameters: TrustParameters): Level {
  const { level } = file
  if (level === 0 || level === 4 || !isCertain(file, parameters)) return level
  const candidate = candidateLevel(file, parameters)
  if (level === 1 && candidate === 0 && anomalyCount(file.anomalies) === 0) return 0
  if (candidate >= level || !hasRecovered(file, { level, t }, parameters)) return level
  return below[level]
}

/** A provisional level is held for want of evidence, not because of any. */
export function isProvisional(file: TrustFile, parameters: TrustParameters): boolean {
  return !isCertain(file, parameters)
}

function candidateLevel(file: TrustFile, parameters: TrustParameters): Level {
  if (!isCertain(file, parameters)) return 1
  const Te = effectiveTrust(file, parameters)
  const [theta1, theta2, theta3, theta4] = parameters.thresholds
  if (Te >= theta1) return 0
  if (Te >= theta2) return 1
  if (Te >= theta3) return 2
  return Te >= theta4 ? 3 : 4
}

/** The score blocks on the third anomalous message of a day and distrusts on the second: one alone is not enough. */
function corroborated(candidate: Level, n24: number): Level {
  if (candidate >= 3 && n24 < 2) return 2
  return candidate === 4 && n24 < 3 ? 3 : candidate
}

const below = { 1: 0, 2: 1, 3: 2 } as const

function hasRecovered(
  file: TrustFile,
  { level, t }: Readonly<{ level: keyof typeof below; t: number }>,
  parameters: TrustParameters,
): boolean {
  const { thresholds, hysteresis, goodRun, dwell } = parameters
  const enough = thresholds[below[level]] + hysteresis
  return file.goodRun >= goodRun && t - file.levelSince >= dwell && effectiveTrust(file, parameters) >= enough
}

function isCertain(file: TrustFile, parameters: TrustParameters): boolean {
  return opinionOf(file, parameters).C >= parameters.leastCertainty
}
