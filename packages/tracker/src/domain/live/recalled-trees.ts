import type { Lease } from '@gridloom/contracts'
import type { Member } from './member.ts'

/** The trees that consumers still live by: how a tracker that starts again knows them. */
export function recalledTrees(members: Iterable<Member>, region: number, now: number): ReadonlyMap<string, string> {
  const own = leasesOf(members, now).filter(([, lease]) => lease.region === region)
  return new Map(own.map(([id, { generator }]) => [id, generator]))
}

/** The leases by which consumers live in trees of neighbours: they are not fed here before these are over. */
export function recalledLoans(members: Iterable<Member>, region: number, now: number) {
  return leasesOf(members, now).filter(([, lease]) => lease.region !== region)
}

function leasesOf(members: Iterable<Member>, now: number): readonly (readonly [string, Lease])[] {
  return [...members].flatMap(({ report }) => {
    const lease = report?.kind === 'consumer' ? report.lease : undefined
    return report && lease && lease.validUntil > now ? [[report.id, lease] as const] : []
  })
}
