import type { Observation } from '@gridloom/contracts'
import type { FindingEvent } from '@gridloom/dtm'
import type { Trace } from '../traces/generate.ts'
import type { Batch } from '../traces/reporter.ts'
import type { Delay } from './book.ts'
import { isInvolved } from './involved.ts'

/** What was done by whom, and whether it was noticed. */
export type Ledger = Readonly<{
  enter(batch: Batch): void
  noteFinding(finding: FindingEvent): void
  /** Somebody rose to level 2 or more. */
  noteAlert(subject: string, at: number): void
  /** Who has begun an attack by now. */
  accused(): readonly string[]
  isAccused(subject: string, at?: number): boolean
  deeds(): Readonly<{ hits: number; missed: readonly string[] }>
  delays(): readonly Delay[]
}>

type Deed = { readonly subject: string; readonly from: number; until: number; isFound: boolean }
type Suspect = { readonly since: number; firstDeed: number | undefined; messages: number; found: Delay | undefined }

/** A deed may be noticed by what does not come after it. */
const graceSeconds = 60

export function createLedger(attackers: Trace['attackers'] = []): Ledger {
  const deeds = new Map<string, Deed>()
  const open = new Set<Deed>()
  const deedOf = new Map<string, Deed>()
  const suspects = new Map(attackers.toReversed().map(({ subject, since }) => [subject, suspectSince(since)]))

  const enterDeed = ({ t, observations }: Batch, { act, subject }: NonNullable<Batch['label']>): void => {
    const deed = deeds.get(act) ?? { subject, from: t, until: t, isFound: false }
    deed.until = t
    deeds.set(act, deed)
    open.add(deed)
    const suspect = suspects.get(subject) ?? suspectSince(t)
    suspect.firstDeed ??= t
    suspects.set(subject, suspect)
    for (const { reporter, seq } of observations) deedOf.set(`${reporter}:${seq}`, deed)
  }
  const find = (deed: Deed): void => {
    deed.isFound = true
    open.delete(deed)
  }

  return {
    enter(batch) {
      if (batch.label) enterDeed(batch, batch.label)
      for (const one of batch.observations.filter(isMessage)) {
        for (const [subject, suspect] of suspects) {
          const isOurs = isInvolved(one.from.id, subject) || isInvolved(one.to.id, subject)
          if (suspect.firstDeed !== undefined && !suspect.found && isOurs) suspect.messages += 1
        }
      }
    },
    noteFinding({ subject, at, observationIds }) {
      for (const id of observationIds) {
        const deed = deedOf.get(id)
        if (deed) find(deed)
      }
      for (const deed of open) {
        if (at > deed.until + graceSeconds) open.delete(deed)
        else if (isInvolved(subject, deed.subject)) find(deed)
      }
    },
    noteAlert(subject, at) {
      for (const [accused, suspect] of suspects) {
        if (at < suspect.since || !isInvolved(subject, accused)) continue
        const seconds = Math.max(0, at - (suspect.firstDeed ?? at))
        suspect.found ??= { subject: accused, seconds, messages: suspect.messages }
      }
    },
    accused: () => [...suspects.keys()],
    isAccused: (subject, at = Infinity) =>
      [...suspects].some(([accused, { since }]) => since <= at && isInvolved(subject, accused)),
    deeds() {
      const missed = [...deeds].flatMap(([act, { isFound }]) => (isFound ? [] : [act]))
      return { hits: deeds.size - missed.length, missed }
    },
    delays: () => [...suspects.values()].flatMap(({ found }) => (found ? [found] : [])),
  }
}

function suspectSince(since: number): Suspect {
  return { since, firstDeed: undefined, messages: 0, found: undefined }
}

/** Each message once, although both its ends tell of it. */
export function isMessage({ leg, from, reporter }: Observation): boolean {
  return leg !== 'GSP-DCM' || from.id === reporter
}
