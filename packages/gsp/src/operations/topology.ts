import { topologyLevels } from '@gridloom/contracts'

/** 0 for the whole system, rising to 6 at the service point; a group without a level counts as the whole system. */
export function levelRank(level: string | undefined): number {
  return Math.max(
    0,
    topologyLevels.findIndex((name) => name === level),
  )
}

/** The primacy of a group's program where the operator names none: the nearer to the service point, the lower (stronger). */
export function usualPrimacy(level: string | undefined): number {
  return 100 - 5 * levelRank(level)
}
