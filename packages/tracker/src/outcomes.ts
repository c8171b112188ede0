import type { CommandOutcome } from '@gridloom/contracts'
import type { Logger } from '@gridloom/kit'
import type { Desk } from './desk.ts'
import { patched, type Member } from './domain/live/member.ts'
import type { Gauges } from './metrics.ts'

export type OutcomesOptions = Readonly<{
  region: number
  members: ReadonlyMap<string, Member>
  desk: Desk
  /** The LFDI of the tracker itself, which tells consumers where no generator can. */
  self: string
  gauges: Gauges
  log: Logger
}>

/** What became of the commands: what was done is believed, who refused is left alone for a while. */
export type Outcomes = Readonly<{
  /** True when something was not done, and another round is due; only who was told may say so. */
  take(outcome: CommandOutcome, from: string, at: number): boolean
  /** What was not acknowledged in time was not done. */
  giveUp(at: number): void
}>

// A consumer that does not acknowledge is passed over for so long.
const deafSeconds = 30

export function createOutcomes({ region, members, desk, self, gauges, log }: OutcomesOptions): Outcomes {
  const label = { region: String(region) }
  const carrierOf = (id: string): string => members.get(id)?.peer.host ?? self

  const believe = (member: Member, outcome: CommandOutcome, isShed: boolean): void => {
    const { pending, report } = member
    const { seq, status, kw, readyAt, availableKwh } = outcome
    if (!pending || pending.seq > seq) return
    member.pending = undefined
    if (status !== 'done' || !report) return
    member.report = patched(report, isShed ? { shedKw: kw } : pending.patch)
    if (member.report.kind === 'storage' && availableKwh !== undefined)
      member.report = { ...member.report, availableKwh }
    member.readyAt = readyAt
  }

  return {
    take(outcome, from, at) {
      const command = desk.settle(outcome, (id) => carrierOf(id) === from)
      const member = members.get(outcome.id)
      if (!command || !member) return false
      const { op } = command
      const isShed = op === 'shed' || op === 'release'
      if (op === 'shed' && outcome.seconds !== undefined) gauges.shedAck.observe(label, outcome.seconds)
      believe(member, outcome, isShed)
      if (outcome.status === 'done' && (op !== 'shed' || outcome.kw > 0)) return false
      log.warn({ ...label, id: outcome.id, op, status: outcome.status }, 'command not done')
      if (isShed) member.deafUntil = at + deafSeconds
      else member.changedAt = at
      return true
    },
    giveUp(at) {
      for (const member of members.values()) {
        if (!member.pending || at < member.pending.until) continue
        if (member.pending.patch.shedKw !== undefined) member.deafUntil = at + deafSeconds
        member.pending = undefined
      }
      desk.expire(at)
    },
  }
}
