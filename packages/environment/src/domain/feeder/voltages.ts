import type { Solution } from './feeder.ts'
import { has, phases, type Phase } from './phases.ts'

/** Magnitude in pu and angle in degrees, (-180, 180]. */
export type Phasor = readonly [number, number]
export type NodeVoltages = Readonly<Partial<Record<Phase, Phasor>>>

/** The voltage of every live phase, by node in sweep order. */
export function* voltagesOf({ plan, state: { v } }: Solution): Generator<readonly [string, NodeVoltages]> {
  for (const [node, id] of plan.ids.entries()) {
    const live = phases.keys().filter((phase) => has(plan.mask[node] ?? 0, phase))
    yield [id, Object.fromEntries(live.map((phase) => [phases[phase], phasor(v, 6 * node + 2 * phase)]))]
  }
}

/** Magnitudes in pu, three a node, 0 on a phase that is not there; written into `into` when a tick should allocate nothing. */
export function magnitudesOf(
  { plan, state: { v } }: Solution,
  into = new Float64Array(3 * plan.ids.length),
): Float64Array {
  for (let k = 0; k < into.length; k += 1) into[k] = Math.hypot(v[2 * k] ?? 0, v[2 * k + 1] ?? 0)
  return into
}

function phasor(v: Float64Array, at: number): Phasor {
  const [re, im] = [v[at] ?? 0, v[at + 1] ?? 0]
  return [Math.hypot(re, im), (Math.atan2(im, re) * 180) / Math.PI]
}
