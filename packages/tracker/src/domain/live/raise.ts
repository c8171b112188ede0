import { byMerit, setOutput, type Round } from '../round.ts'
import type { Load, Source, Trees } from '../trees.ts'

type Raising = Readonly<{ round: Round; trees: Trees; loads: readonly Load[]; sources: readonly Source[] }>

/**
 * The balance counts one pool; trees are pieces, and a consumer may fit into none of them although the sum would do. It is let
 * in by raising a continuous unit that has the room: what is too much then shows as surplus.
 */
export function raiseForStarving({ round, trees, loads, sources }: Raising): void {
  const roots = new Set(sources.map(({ id }) => id))
  const units = byMerit(round).filter(({ id }) => roots.has(id))
  const room = Math.max(0, ...units.map(({ output, usable }) => usable - output))
  if (room === 0) return
  const free = new Map(trees.residuals.entries())
  for (const load of loads) {
    if (trees.assignment.has(load.id)) continue
    const unit = units.find(({ id, output, usable }) => {
      return usable - output + (free.get(id) ?? 0) >= load.demand && trees.residuals.mayFeed(id, load.feeder)
    })
    if (!unit) continue
    const by = load.demand - (free.get(unit.id) ?? 0)
    setOutput(round, unit, unit.output + by)
    trees.residuals.take(unit.id, -by)
    trees.residuals.take(unit.id, load.demand, load.feeder)
    trees.assignment.set(load.id, unit.id)
    free.set(unit.id, 0)
  }
}
