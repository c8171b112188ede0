import type { Member } from './member.ts'

/** The trees that consumers still live by: how a tracker that starts again knows them. */
export function recalledTrees(members: Iterable<Member>, region: number, now: number): ReadonlyMap<string, string> {
  const trees = new Map<string, string>()
  for (const { report } of members) {
    const lease = report?.kind === 'consumer' ? report.lease : undefined
    if (report && lease?.region === region && lease.validUntil > now) trees.set(report.id, lease.generator)
  }
  return trees
}
