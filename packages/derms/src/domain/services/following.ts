import type { Award } from '@gridloom/contracts'
import type { Metered } from '../knowledge/history.ts'

export type Verdict = Readonly<
  | { kind: 'ordered' | 'received' | 'following' }
  /** `isFault`: it said yes and did not, or said nothing; a user who opts out may do so. */
  | { kind: 'dropped'; reason: string; isFault: boolean }
>

export type Signs = Readonly<{
  award: Award
  /** Statuses that the device told of the control of its award. */
  responses: readonly number[]
  recent: readonly Metered[]
  /** When the order is in force: not before the service begins. */
  from: number
  ratedW: number
  now: number
}>

export type FollowingRule = Readonly<{
  respondSeconds: number
  settleSeconds: number
  silentSeconds: number
  tolerance: number
}>

/** Response.status by which a device says that it does not take part (function-sets, 1.2). */
const refusals: Readonly<Record<number, string>> = {
  4: 'its user opted out',
  8: 'its user partly opted out',
  10: 'did not take part',
  13: 'aborted',
  14: 'aborted',
  252: 'rejected the control as not applicable',
  253: 'rejected the control as invalid',
  254: 'rejected the control as expired',
}
const begun: ReadonlySet<number> = new Set([2, 3, 5, 9])

/** Whether a device does what it was told, by what it says and by what its meter shows. */
export function verdictOf(signs: Signs, rule: FollowingRule): Verdict {
  const { award, responses, now, from } = signs
  const last = responses.at(-1)
  const refusal = last === undefined ? undefined : refusals[last]
  if (refusal !== undefined) return { kind: 'dropped', reason: refusal, isFault: false }
  // what it said once may be too long ago to be told again
  if (last === undefined && award.status === 'ordered' && now > award.since + rule.respondSeconds) {
    return { kind: 'dropped', reason: `no response in ${rule.respondSeconds} s`, isFault: true }
  }
  if (award.steering === 'none') return { kind: standing(award, responses) }
  const counted = signs.recent.filter(({ start }) => start >= Math.max(award.since, from) + rule.settleSeconds)
  const lastTwo = counted.slice(-2)
  if (lastTwo.length === 2 && lastTwo.every((reading) => isOff(signs, reading, rule))) {
    const metered = Math.round(lastTwo[1]?.watts ?? 0)
    return { kind: 'dropped', reason: `metered ${metered} W, ordered ${Math.round(award.W)} W`, isFault: true }
  }
  const newest = signs.recent.at(-1)
  const silentFrom = Math.max(newest ? newest.start + newest.seconds : 0, award.since, from)
  if (now > silentFrom + rule.silentSeconds) return { kind: 'dropped', reason: 'its meter is silent', isFault: true }
  return { kind: standing(award, responses) }
}

function standing({ status }: Award, responses: readonly number[]): 'ordered' | 'received' | 'following' {
  if (status === 'following' || responses.some((one) => begun.has(one))) return 'following'
  return status === 'received' || responses.length > 0 ? 'received' : 'ordered'
}

function isOff({ award: { W, steering }, ratedW }: Signs, reading: Metered, { tolerance }: FollowingRule): boolean {
  const allowed = tolerance * ratedW
  const off = reading.watts - W
  switch (steering) {
    case 'target':
      return Math.abs(off) > allowed
    case 'export-cap':
      return off > allowed
    case 'import-cap':
      return off < -allowed
    case 'none':
      return false
    default:
      return steering satisfies never
  }
}
