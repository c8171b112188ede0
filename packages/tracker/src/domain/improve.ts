import type { Load, Trees } from './trees.ts'

/** How many pairs are looked at before a consumer goes on starving. */
const mostLooks = 20_000

/**
 * Lets starving consumers in by one move or one swap between two trees that makes room (§4); `loads` in greedy order, so every
 * one that is let in makes the matching better, and nobody is put out. Bounded: `mostLooks` pairs in all.
 */
export function improveTrees(trees: Trees, loads: readonly Load[]): readonly string[] {
  const starving = loads.filter(({ id }) => !trees.assignment.has(id))
  if (starving.length === 0) return []
  const members = membersOf(trees, loads)
  const looks = { left: mostLooks }
  const letIn: string[] = []
  for (const load of starving) {
    if (looks.left <= 0) break
    if (!makeRoom(trees, members, load, looks)) continue
    letIn.push(load.id)
  }
  return letIn
}

type Members = ReadonlyMap<string, Set<Load>>

function makeRoom(trees: Trees, members: Members, load: Load, looks: { left: number }): boolean {
  const { residuals } = trees
  const roots = residuals.entries().filter(([id]) => residuals.mayFeed(id, load.feeder))
  for (const [root, free] of roots.toSorted((a, b) => b[1] - a[1])) {
    const lacking = load.demand - free
    for (const member of members.get(root) ?? []) {
      if (looks.left-- <= 0) return false
      if (member.demand < lacking) continue
      const place = moveOf(trees, member, root) ?? swapOf(trees, members, { member, root, lacking }, looks)
      if (!place) continue
      for (const leaving of [member, ...place.back]) leave(trees, members, leaving)
      join(trees, members, member, place.to)
      for (const coming of [...place.back, load]) join(trees, members, coming, root)
      return true
    }
  }
  return false
}

type Place = Readonly<{ to: string; back: readonly Load[] }>

function moveOf({ residuals }: Trees, { demand, feeder }: Load, root: string): Place | undefined {
  const to = residuals.fitting(demand, feeder).find((id) => id !== root)
  return to === undefined ? undefined : { to, back: [] }
}

type Wanted = Readonly<{ member: Load; root: string; lacking: number }>

/** A smaller consumer elsewhere whose place the member can take. */
function swapOf(
  { residuals }: Trees,
  members: Members,
  { member, root, lacking }: Wanted,
  looks: { left: number },
): Place | undefined {
  for (const [to, free] of residuals.entries()) {
    if (to === root || !residuals.mayFeed(to, member.feeder)) continue
    for (const back of members.get(to) ?? []) {
      if (looks.left-- <= 0) return undefined
      const gain = member.demand - back.demand
      if (gain >= lacking && gain <= free && residuals.mayFeed(root, back.feeder)) return { to, back: [back] }
    }
  }
  return undefined
}

function leave({ assignment, residuals }: Trees, members: Members, load: Load): void {
  const root = assignment.get(load.id)
  if (root === undefined) return
  residuals.take(root, -load.demand)
  members.get(root)?.delete(load)
  assignment.delete(load.id)
}

function join({ assignment, residuals }: Trees, members: Members, load: Load, root: string): void {
  residuals.take(root, load.demand, load.feeder)
  members.get(root)?.add(load)
  assignment.set(load.id, root)
}

function membersOf({ assignment, residuals }: Trees, loads: readonly Load[]): Members {
  const members = new Map(residuals.entries().map(([id]) => [id, new Set<Load>()]))
  for (const load of loads) members.get(assignment.get(load.id) ?? '')?.add(load)
  return members
}
