import { withAnomaly } from './anomalies.ts'
import { loweredLevel, raisedLevel } from './level.ts'
import { defaults, type Category, type Level, type Severity, type TrustParameters } from './parameters.ts'
import { forget, perCategory, type TrustFile } from './trust-file.ts'

/** One rule that fired on a message, with confidence q in (0, 1]. */
export type Finding = Readonly<{ category: Category; severity: Severity; q: number }>

/** One message as the rules left it: received at t, worth g when clean, believed as far as delta. */
export type Message = Readonly<{
  t: number
  g: number
  delta: number
  tests: readonly Category[]
  findings: readonly Finding[]
}>

/** The file of a subject after one more message (§4 steps 1 and 3 to 7). */
export function observe(file: TrustFile, message: Message, parameters: TrustParameters = defaults): TrustFile {
  const aged = forget(file, message.t, parameters)
  const weights = message.findings.map((finding) => weightOf(finding, message, parameters))
  return weights.some((weight) => weight > 0) ? blame(aged, message, parameters) : credit(aged, message, parameters)
}

function credit(file: TrustFile, { t, g, delta, tests }: Message, parameters: TrustParameters): TrustFile {
  const x = g * delta
  const add = (mass: number) => Math.min(mass + x, parameters.goodCap)
  const credited = {
    ...file,
    r: add(file.r),
    rc: perCategory((category) => (tests.includes(category) ? add(file.rc[category]) : file.rc[category])),
    goodRun: file.goodRun + 1,
  }
  return atLevel(credited, loweredLevel(credited, t, parameters), t)
}

/** One message counts once, by its worst finding; each category by the worst finding in it. */
function blame(file: TrustFile, message: Message, parameters: TrustParameters): TrustFile {
  const { t, findings } = message
  const worst = (some: readonly Finding[]) => Math.max(0, ...some.map((one) => weightOf(one, message, parameters)))
  const add = (mass: number, weight: number) => Math.min(mass + weight, parameters.badCap)
  const blamed = {
    ...file,
    s: add(file.s, worst(findings)),
    sc: perCategory((hit) => add(file.sc[hit], worst(findings.filter(({ category }) => category === hit)))),
    goodRun: 0,
    anomalies: withAnomaly(file.anomalies, t),
  }
  return atLevel(blamed, raisedLevel(blamed, message, parameters), t)
}

function weightOf({ severity, q }: Finding, { delta }: Message, { severityWeight }: TrustParameters): number {
  return severityWeight[severity] * q * delta
}

function atLevel(file: TrustFile, level: Level, t: number): TrustFile {
  return level === file.level ? file : { ...file, level, levelSince: t }
}
