import type { Award } from '@gridloom/contracts'
import type { Wanted } from './wanted.ts'

/** What has to be said so that devices do what is wanted. */
export type Changes = Readonly<{ place: readonly Wanted[]; release: readonly Award[] }>

export type ChangeRule = Readonly<{
  deadbandW: number
  /** A cap that does not bind stays: without it a device might come back at any moment. */
  isIdleCap: (award: Award) => boolean
  /** An order from before this moment is said again, also when it is the same. */
  renewBefore?: number
}>

/** Compares what devices were told with what they shall do; small differences are not worth a control. */
export function changesOf(
  awards: readonly Award[],
  wanted: ReadonlyMap<string, Wanted>,
  { deadbandW, isIdleCap, renewBefore = -Infinity }: ChangeRule,
): Changes {
  const told = new Map(awards.filter(({ status }) => status !== 'dropped').map((award) => [award.lfdi, award]))
  const dropped = new Set(awards.filter(({ status }) => status === 'dropped').map(({ lfdi }) => lfdi))
  const place = [...wanted.values()].filter(({ lfdi, W, deadbandW: own = 0 }) => {
    const award = told.get(lfdi)
    return (
      !dropped.has(lfdi) && (!award || award.since < renewBefore || Math.abs(award.W - W) >= Math.max(deadbandW, own))
    )
  })
  const release = [...told.values()].filter((award) => !wanted.has(award.lfdi) && !isIdleCap(award))
  return { place, release }
}
