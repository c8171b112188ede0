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
  /** Our time since which it is distrusted or worse. */
  distrustedSince?: number
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
  return {
    subject,
    role,
    ...atLevel(known, levelTo, now),
    held,
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
  return { subject: id, role, ...atLevel(known, level, now), held, seq: known?.seq ?? 0, Te }
}

function atLevel(known: Standing | undefined, level: number, now: number) {
  const since = known?.level === level ? known.since : now
  return { level, since, ...(level >= distrusted && { distrustedSince: known?.distrustedSince ?? now }) }
}

/** The levels of trust.md §5 at which somebody has to act. */
export const suspect = 2
export const distrusted = 3
export const blocked = 4
