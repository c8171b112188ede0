import type { TrustAlert } from '@gridloom/contracts'
import { distrusted } from '@gridloom/kit'
import type { LogEvent } from '@gridloom/sep2030'

/** The categories of trust.md §3 in their order, by the letters that their rules begin with. */
const categories = ['ID', 'FM', 'TM', 'PR', 'PH', 'AV'] as const
const severities = ['info', 'minor', 'moderate', 'major', 'critical'] as const

type Entry = Readonly<{ pen: number; id: number; now: number }>

/**
 * What stands in the subject's own log about an alert (trust.md §7). Undefined for one without a rule, and for a subject at
 * level 3 or worse: it reads its log, and is not to learn what gave it away.
 */
export function logEventOf(
  { rule, severity, vector, levelTo }: TrustAlert,
  { pen, id, now }: Entry,
): LogEvent | undefined {
  const level = levelTo ?? vector?.level ?? 0
  const category = categories.findIndex((letters) => rule?.startsWith(`${letters}-`))
  if (rule === undefined || severity === undefined || category < 0 || level >= distrusted) return undefined
  return {
    createdDateTime: now,
    details: rule.slice(0, 32),
    ...(vector && { extendedData: Math.round(vector.Te * 10_000) }),
    functionSet: 0,
    logEventCode: 100 + 10 * category + severities.indexOf(severity),
    logEventID: id,
    logEventPEN: pen,
    profileID: 2,
  }
}
