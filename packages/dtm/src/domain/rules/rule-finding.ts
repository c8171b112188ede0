import type { Evidence } from '../engine/trust-event.ts'
import type { Finding } from '../observe.ts'
import type { Category, Severity } from '../parameters.ts'

const categoryOf = {
  ID: 'identity',
  FM: 'format',
  TM: 'timing',
  PR: 'protocol',
  PH: 'physics',
  AV: 'availability',
} as const satisfies Record<string, Category>

type Family = keyof typeof categoryOf

/** A rule of §6, by its number there. */
export type RuleId = `${Family}-${number}`

/** Whom a finding is held against, as they stood in the message. */
export type Party = 'sender' | 'receiver' | 'link'

export type RuleFinding = Finding &
  Readonly<{
    rule: RuleId
    on: Party
    /** In place of a party: a subject by its key. */
    subject?: string
    /** What the rule saw, in figures and names. */
    evidence?: Evidence
  }>

/** A rule that fired: against the sender and with full confidence unless it says otherwise. */
export function fired(
  rule: RuleId,
  severity: Severity,
  { on = 'sender', q = 1, ...rest }: Readonly<{ on?: Party; q?: number; subject?: string; evidence?: Evidence }> = {},
): RuleFinding {
  const family = rule.slice(0, 2) as Family
  return { rule, category: categoryOf[family], severity, q, on, ...rest }
}
