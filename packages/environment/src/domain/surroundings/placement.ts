import { createRandom } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { Plan } from '../feeder/plan.ts'
import { has, phases } from '../feeder/phases.ts'

/** Where a device stands on a feeder: a node by its position, and its live phases. */
export type Place = Readonly<{ text: string; position: number; phases: readonly number[] }>

export type Placement = (name: string) => Place

/**
 * Puts devices on a feeder: as configured, by name, on a node ("671") or one phase of it ("671.a"), else on a phase of a node that
 * has a load, drawn by seed and name alone, so that it does not matter who comes first.
 */
export function createPlacement(plan: Plan, seed: number, configured: Readonly<Record<string, string>>): Placement {
  const positions = new Map(plan.ids.map((id, position) => [id, position]))
  const fixed = new Map(
    Object.entries(configured).map(([name, text]) => [name, parsePlace(plan, positions, name, text)]),
  )
  const loaded = new Set(plan.loads.map(({ node }) => node))
  const [near, all] = [loaded, new Set(plan.ids)].map((some) =>
    plan.ids.flatMap((id, position) => (some.has(id) ? placesAt(plan, position) : [])),
  )
  const candidates = near?.length ? near : (all ?? [])
  return (name) => {
    const drawn = candidates[createRandom(`${seed}/place/${name}`).integer(0, candidates.length - 1)]
    const place = fixed.get(name) ?? drawn
    if (!place) throw new SepError('invalid', 'the feeder has no node to put a device on')
    return place
  }
}

function placesAt(plan: Plan, position: number): Place[] {
  if (isBehindDelta(plan, position) || plan.ids[position]?.includes('~')) return []
  return livePhases(plan, position).map((phase) => ({
    text: `${plan.ids[position]}.${phases[phase]}`,
    position,
    phases: [phase],
  }))
}

function parsePlace(plan: Plan, positions: ReadonlyMap<string, number>, name: string, text: string): Place {
  const [, node = text, letter] = /^(.+)\.([abc])$/.exec(text) ?? []
  const position = positions.get(node)
  if (position === undefined) throw new SepError('invalid', `placement of "${name}": there is no live node "${node}"`)
  const live = livePhases(plan, position)
  if (isBehindDelta(plan, position)) {
    throw new SepError('invalid', `placement of "${name}": no neutral reaches node "${node}" behind its delta winding`)
  }
  if (letter === undefined) return { text, position, phases: live }
  const phase = phases.findIndex((one) => one === letter)
  if (!live.includes(phase)) {
    throw new SepError('invalid', `placement of "${name}": node "${node}" has no live phase ${letter}`)
  }
  return { text, position, phases: [phase] }
}

function livePhases({ mask }: Plan, position: number): number[] {
  return [0, 1, 2].filter((phase) => has(mask[position] ?? 0, phase))
}

function isBehindDelta({ delta, parent }: Plan, position: number): boolean {
  for (let at = position; at > 0; at = parent[at] ?? 0) if (delta[at] === 1) return true
  return false
}
