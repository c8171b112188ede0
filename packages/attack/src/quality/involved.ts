import type { RuleId } from '@gridloom/dtm'
import type { AttackName } from '../attack-names.ts'

/** Rules that hold two ends against each other: which of the two is wrong they cannot tell. */
const betweenTwo: ReadonlySet<RuleId> = new Set(['PR-7', 'PR-8'])

/** Attacks in which the two ends of a link contradict each other, so that the honest one is suspected with the other. */
export const contradicting: ReadonlySet<AttackName | undefined> = new Set([
  'man-in-the-middle',
  'delayed-relay',
  'false-reporter',
])

/** Whether a finding or level of `subject` concerns the accused: itself, its DER, its links, the ends of an accused link. */
export function isInvolved(subject: string, accused: string): boolean {
  if (subject.includes('~') && accused.includes('~')) return subject === accused
  const [own, others] = [partsOf(subject), partsOf(accused)]
  return own.some((part) => others.includes(part))
}

/** Whether a finding is no mistake although its subject is not accused: it is the other end of an accused link. */
export function isExcused(rule: RuleId, attack: AttackName | undefined): boolean {
  return betweenTwo.has(rule) && contradicting.has(attack)
}

function partsOf(subject: string): readonly string[] {
  return subject.split('~').map((end) => end.replace(/\/der\/\d+$/, ''))
}

/** Whether a subject stands for an actor: itself, or its DER. */
export function isOf(subject: string, id: string): boolean {
  return subject === id || subject.startsWith(`${id}/der/`)
}
