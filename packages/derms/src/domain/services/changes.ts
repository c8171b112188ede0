import type { Award } from '@gridloom/contracts'
import type { Wanted } from './wanted.ts'

/** What has to be said so that devices do what is wanted. */
export type Changes = Readonly<{ place: readonly Wanted[]; release: readonly Award[] }>

export type ChangeRule = Readonly<{
  deadbandW: number
  /** What is not wanted any more and stays: as a cap that does not bind, without which a device might come back at any moment. */
  stays: (award: Award) => boolean
  /** An order from before this moment is said again, also when it is the same. */
  renewBefore?: number
  /** Room is given back only to whom was ordered before this moment; what has to be tighter is said at once. */
  relaxBefore?: number
}>

/** Compares what devices were told with what they shall do; small differences are not worth a control. */
export function changesOf(
  awards: readonly Award[],
  wanted: ReadonlyMap<string, Wanted>,
  { deadbandW, stays, renewBefore = -Infinity, relaxBefore = Infinity }: ChangeRule,
): Changes {
  const told = new Map(awards.filter(({ status }) => status !== 'dropped').map((award) => [award.lfdi, award]))
  const dropped = new Set(awards.filter(({ status }) => status === 'dropped').map(({ lfdi }) => lfdi))
  const mayRelax = ({ since }: Award): boolean => since < relaxBefore
  const place = [...wanted.values()].filter((one) => {
    const award = told.get(one.lfdi)
    if (dropped.has(one.lfdi)) return false
    if (!award || award.since < renewBefore) return true
    const isWorthIt = Math.abs(award.W - one.W) >= Math.max(deadbandW, one.deadbandW ?? 0)
    return isWorthIt && (isTighter(award, one) || mayRelax(award))
  })
  const release = [...told.values()].filter((award) => !wanted.has(award.lfdi) && !stays(award) && mayRelax(award))
  return { place, release }
}

/** Whether an order leaves a device less room than the one before. */
function isTighter({ steering, W, baseW }: Award, wanted: Wanted): boolean {
  if (steering !== wanted.steering) return true
  if (steering === 'export-cap') return wanted.W < W
  if (steering === 'import-cap') return wanted.W > W
  return Math.abs(wanted.W - wanted.baseW) > Math.abs(W - baseW)
}
