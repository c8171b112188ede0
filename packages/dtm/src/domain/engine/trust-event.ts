import type { Recommendation, TrustRole, TrustSeverity } from '@gridloom/contracts'
import type { Category, Level } from '../parameters.ts'
import type { RuleId } from '../rules/rule-finding.ts'
import type { MetricVector } from '../vector.ts'

/** How a subject stood, rounded as published. */
export type Standing = Readonly<{ T: number; C: number; Te: number; level: Level }>

/** What a rule saw: figures and names, never whole bodies. */
export type Evidence = Readonly<Record<string, string | number | boolean>>

/** Findings of one subject and rule within 300 s are told as one: how many, and since when. */
export type Merged = Readonly<{ count: number; firstAt: number; lastAt: number }>

export type FindingEvent = Readonly<{
  kind: 'finding'
  at: number
  subject: string
  role: TrustRole
  rule: RuleId
  category: Category
  severity: TrustSeverity
  q: number
  delta: number
  /** v(severity) x q x delta: what the finding alone would have added to s. */
  weight: number
  /** `<reporter>:<seq>` of what it was seen in; none for a timer. */
  observationIds: readonly string[]
  evidence: Evidence
  before: Standing
  after: Standing
  merged: Merged
}>

export type LevelEvent = Readonly<{
  kind: 'level'
  at: number
  subject: string
  role: TrustRole
  from: Level
  to: Level
  /** Why: the worst rule that fired, `clean` for a step down, `release` for an operator's act. */
  cause: RuleId | 'clean' | 'release'
  severity?: TrustSeverity
  provisional: boolean
  /** A group alert holds the blocking: told, but not to be enforced. */
  held: boolean
  recommended: readonly Recommendation[]
  text: string
  vector: MetricVector
}>

export type GroupEvent = Readonly<{
  kind: 'group'
  at: number
  /** The GSP or the group. */
  subject: string
  role: TrustRole
  rule?: RuleId
  severity: TrustSeverity
  members: readonly string[]
  recommended: readonly Recommendation[]
  text: string
}>

/** A probe was judged otherwise than its label says: the DTM itself is at fault. */
export type SelfTestEvent = Readonly<{
  kind: 'self-test'
  at: number
  subject: string
  role: TrustRole
  expected: readonly string[]
  found: readonly string[]
  observationIds: readonly string[]
  text: string
}>

/** What the engine has to tell of an input; nothing for nearly all clean messages. */
export type TrustEvent = FindingEvent | LevelEvent | GroupEvent | SelfTestEvent
