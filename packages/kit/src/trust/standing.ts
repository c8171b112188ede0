import type { TrustAlert, TrustRole, TrustSubject } from '@gridloom/contracts'

/** How a subject stands with the DTM, as an actor that obeys has to know it: plain values, kept across restarts. */
export type Standing = Readonly<{
  subject: string
  role: TrustRole
  level: number
  /** A group alert holds its automatic blocking (trust.md §5). */
  held: boolean
  /** Our time of the change to this level, with its fraction. */
  since: number
  /** Of the alert that said so: an older one changes nothing. */
  seq: number
  Te?: number
  rule?: string
}>

/** What an alert makes of a subject's standing; undefined when it tells nothing new about it. */
export function standingAfter(
  known: Standing | undefined,
  { type, subject, role, levelTo, seq, recommended, vector, rule }: TrustAlert,
  now: number,
): Standing | undefined {
  if (type !== 'level-change' || levelTo === undefined || seq <= (known?.seq ?? 0)) return undefined
  const held = levelTo === blocked && !recommended.includes('deny')
  const since = known?.level === levelTo ? known.since : now
  return {
    subject,
    role,
    level: levelTo,
    held,
    since,
    seq,
    ...(vector && { Te: vector.Te }),
    ...(rule !== undefined && { rule }),
  }
}

/** The same from the DTM's own register, which is read after a restart. */
export function standingRead(
  known: Standing | undefined,
  { id, role, vector: { level, Te }, held }: TrustSubject,
  now: number,
): Standing {
  const since = known?.level === level ? known.since : now
  return { ...known, subject: id, role, level, held, since, seq: known?.seq ?? 0, Te }
}

/** The levels of trust.md §5 at which somebody has to act. */
export const suspect = 2
export const distrusted = 3
export const blocked = 4
