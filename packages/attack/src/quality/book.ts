import type { FindingEvent, LevelEvent } from '@gridloom/dtm'
import type { AttackName } from '../attack-names.ts'
import type { Trace } from '../traces/generate.ts'
import type { Batch } from '../traces/reporter.ts'
import { createLedger, isMessage } from './deeds.ts'
import { contradicting, isExcused, isOf } from './involved.ts'
import type { Confusion, Score } from './measures.ts'

/** What was found beside what was done. */
export type Book = Readonly<{
  enter(batch: Batch): void
  noteFinding(finding: FindingEvent): void
  noteLevel(event: LevelEvent): void
  /** Whose course is worth keeping: the first accused, and the first honest device. */
  watched(): readonly string[]
  isAccused(subject: string): boolean
  tally(): Tally
}>

export type Tally = Readonly<{
  observations: number
  messages: Confusion
  subjects: Confusion
  scores: readonly Score[]
  delays: readonly Delay[]
  falseAlerts: readonly string[]
  rules: Readonly<Record<'accused' | 'others', Readonly<Record<string, number>>>>
  missed: readonly string[]
}>

/** From the first deed of an attacker to level 2. */
export type Delay = Readonly<{ subject: string; seconds: number; messages: number }>

export function createBook({ attack, registrations, attackers }: Trace): Book {
  const ledger = createLedger(attackers)
  const lowest = new Map<string, number>()
  const suspected = new Set<string>()
  const mistaken = new Set<string>()
  const falseAlerts: string[] = []
  const rules = { accused: new Map<string, number>(), others: new Map<string, number>() }
  let observations = 0
  let clean = 0

  const honest = () => registrations.filter(({ lfdi, role }) => !ledger.isAccused(lfdi) && !isBystander(role, attack))
  const isServer = (subject: string) => registrations.some(({ lfdi, role }) => lfdi === subject && role === 'GSP')

  return {
    isAccused: ledger.isAccused,
    enter(batch) {
      observations += batch.observations.length
      if (!batch.label) clean += batch.observations.filter(isMessage).length
      ledger.enter(batch)
    },
    noteFinding(finding) {
      const { subject, rule, weight, at, after } = finding
      lowest.set(subject, Math.min(lowest.get(subject) ?? 1, after.Te))
      if (weight === 0) return
      ledger.noteFinding(finding)
      const side = ledger.isAccused(subject, at) || isExcused(rule, attack) ? 'accused' : 'others'
      rules[side].set(rule, (rules[side].get(rule) ?? 0) + 1)
      if (side === 'others') mistaken.add(`${subject} ${at}`)
    },
    noteLevel({ subject, from, to, at, cause }) {
      if (to <= from) return
      if (to < 2) return
      ledger.noteAlert(subject, at)
      const isDeserved = ledger.isAccused(subject, at) || (contradicting.has(attack) && isServer(subject))
      if (isDeserved) return
      suspected.add(subject)
      falseAlerts.push(`${subject} rose to ${to} by ${cause} at ${at}`)
    },
    watched() {
      const device = honest().find(({ role }) => role === 'DCM')
      return [ledger.accused()[0], device?.lfdi].filter((id) => id !== undefined)
    },
    tally() {
      const [accused, innocent] = [ledger.accused(), honest().map(({ lfdi }) => lfdi)]
      const score = (isAttacker: boolean) => (id: string) => ({ lowestTe: lowestOf(lowest, id), isAttacker })
      const found = ledger.delays().length
      const blamed = innocent.filter((id) => [...suspected].some((subject) => isOf(subject, id))).length
      const { hits, missed } = ledger.deeds()
      return {
        observations,
        messages: { TP: hits, FN: missed.length, FP: mistaken.size, TN: clean - mistaken.size },
        subjects: { TP: found, FN: accused.length - found, FP: blamed, TN: innocent.length - blamed },
        scores: [...accused.map(score(true)), ...innocent.map(score(false))],
        delays: ledger.delays(),
        falseAlerts,
        rules: { accused: Object.fromEntries(rules.accused), others: Object.fromEntries(rules.others) },
        missed,
      }
    },
  }
}

/** In some attacks the server stands suspected with the attacker: it counts neither way. */
function isBystander(role: string, attack: AttackName | undefined): boolean {
  return role === 'GSP' && contradicting.has(attack)
}

function lowestOf(of: ReadonlyMap<string, number>, id: string): number {
  return Math.min(1, ...[...of].flatMap(([subject, value]) => (isOf(subject, id) ? [value] : [])))
}
