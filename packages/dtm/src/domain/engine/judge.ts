import type { Recommendation, TrustRole } from '@gridloom/contracts'
import { isProvisional } from '../level.ts'
import { observe } from '../observe.ts'
import { opinionOf, effectiveTrust } from '../opinion.ts'
import { baseRates, severities, type Category, type Level, type TrustParameters } from '../parameters.ts'
import type { RuleFinding } from '../rules/rule-finding.ts'
import { createTrustFile, type TrustFile } from '../trust-file.ts'
import { metricVectorOf } from '../vector.ts'
import { roleOf } from '../world/role-of.ts'
import type { Subject, World } from '../world/world.ts'
import { riseOf } from './group-watch.ts'
import { parametersOf, type EngineSettings } from './settings.ts'
import type { LevelEvent, Merged, Standing, TrustEvent } from './trust-event.ts'

/** What a message comes to for one of those it concerns. */
export type Case = Readonly<{
  subject: string
  t: number
  g: number
  delta: number
  tests: readonly Category[]
  findings: readonly RuleFinding[]
  observationIds: readonly string[]
}>

export type Bench = Readonly<{ world: World; settings: EngineSettings }>

const mergeSeconds = 300

/** Brings a subject's file up to date, and tells of what was found and of a level that changed. */
export function judge(one: Case, { world, settings }: Bench): readonly TrustEvent[] {
  const subject = subjectOf(world, one.subject, one.t)
  const parameters = parametersOf(settings, subject.role)
  const before = subject.file
  const message = one.findings.length > 0 ? { ...one, g: 0, tests: [] } : one
  const isOnlyInfo = one.findings.every(({ severity }) => severity === 'info')
  subject.file = observe(before, isOnlyInfo ? one : message, parameters)
  subject.lastAt = Math.max(subject.lastAt, one.t)
  const events = one.findings.length === 0 ? none : told(one, { subject, before, parameters })
  if (subject.file.level === before.level) return events
  return [...events, ...levelEvents(one, { subject, before, parameters }, world)]
}

const none: readonly TrustEvent[] = []

/** The subject of a key, with an empty file when it is new. */
export function subjectOf(world: World, id: string, t: number): Subject {
  const known = world.subjects.get(id)
  if (known) return known
  const role = roleOf(world, id)
  const a = role === 'UNKNOWN' ? baseRates.unknown : baseRates.registered
  const subject: Subject = { id, role, file: createTrustFile({ a, at: t }), lastAt: t, isStained: false, merged: {} }
  world.subjects.set(id, subject)
  return subject
}

type Change = Readonly<{ subject: Subject; before: TrustFile; parameters: TrustParameters }>

function told(one: Case, { subject, before, parameters }: Change): readonly TrustEvent[] {
  const { t: at, delta, observationIds } = one
  const [from, to] = [standingOf(before, parameters), standingOf(subject.file, parameters)]
  return one.findings.map(({ rule, category, severity, q, evidence = {} }) => {
    if (rule !== 'ID-1' && severity !== 'info') subject.isStained = true
    return {
      kind: 'finding',
      at,
      subject: subject.id,
      role: subject.role,
      rule,
      category,
      severity,
      q,
      delta,
      weight: parameters.severityWeight[severity] * q * delta,
      observationIds,
      evidence,
      before: from,
      after: to,
      merged: merged(subject, rule, at),
    }
  })
}

/** Findings of one subject and rule are told as one for 300 s. */
function merged(subject: Subject, rule: string, at: number): Merged {
  const known = subject.merged[rule]
  const isOpen = known !== undefined && at - known.firstAt < mergeSeconds
  const now = isOpen
    ? { count: known.count + 1, firstAt: known.firstAt, lastAt: at }
    : { count: 1, firstAt: at, lastAt: at }
  subject.merged[rule] = now
  return now
}

function levelEvents(one: Case, { subject, before, parameters }: Change, world: World): readonly TrustEvent[] {
  const { t: at, findings } = one
  const { level } = subject.file
  const rise =
    level > before.level ? riseOf(world, { subject, before: before.level, at }) : { isHeld: false, events: none }
  if (level === 4) subject.isHeld = rise.isHeld
  const worst = findings.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity))[0]
  const cause = level < before.level || !worst ? 'clean' : worst.rule
  const event: LevelEvent = {
    kind: 'level',
    at,
    subject: subject.id,
    role: subject.role,
    from: before.level,
    to: level,
    cause,
    ...(worst && cause !== 'clean' && { severity: worst.severity }),
    provisional: isProvisional(subject.file, parameters),
    held: rise.isHeld,
    recommended:
      level > before.level
        ? recommendedAt(level, subject.role).filter((advice) => !(rise.isHeld && isBlocking(advice)))
        : [],
    text: `${subject.role} ${short(subject.id)} is ${names[level]} (was ${names[before.level]}), ${cause}`,
    vector: metricVectorOf(subject.file, parameters),
  }
  return [...rise.events, event]
}

const isBlocking = (one: Recommendation): boolean => one === 'deny' || one === 'revoke'

const names = ['normal', 'watched', 'suspect', 'distrusted', 'blocked'] as const

function short(id: string): string {
  return id
    .split('~')
    .map((end) => (end.length > 12 ? `${end.slice(0, 8)}…${end.slice(40)}` : end))
    .join('~')
    .slice(0, 60)
}

/** What each level asks of those who deal with the subject (§5). */
export function recommendedAt(level: Level, role: TrustRole): readonly Recommendation[] {
  switch (level) {
    case 0:
    case 1:
      return []
    case 2:
      return role === 'GSP' ? ['readback'] : ['resync', 'readback', 'derate']
    case 3:
      return role === 'GSP' ? ['hold-new-events'] : ['hold-new-events', 'default-control', 'derate']
    case 4:
      return role === 'GSP' ? ['default-control'] : ['deny', 'revoke', 'default-control']
    default:
      return level satisfies never
  }
}

function standingOf(file: TrustFile, parameters: TrustParameters): Standing {
  const { T, C } = opinionOf(file, parameters)
  const rounded = (value: number) => Math.round(value * 1e4) / 1e4
  return { T: rounded(T), C: rounded(C), Te: rounded(effectiveTrust(file, parameters)), level: file.level }
}
