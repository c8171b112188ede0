import { rounded } from '../feeder/report.ts'
import { phases } from '../feeder/phases.ts'
import type { LiveFeeder } from './live-feeder.ts'

type Extreme = Readonly<{ node: string; phase: string; pu: number }>

/** Where the voltage is lowest and highest. */
export function extremesOf({ plan, magnitudes }: LiveFeeder): Partial<Record<'lowest' | 'highest', Extreme>> {
  let lowest = -1
  let highest = -1
  for (const [k, pu] of magnitudes.entries()) {
    if (pu === 0) continue
    if (lowest < 0 || pu < (magnitudes[lowest] ?? 0)) lowest = k
    if (highest < 0 || pu > (magnitudes[highest] ?? 0)) highest = k
  }
  if (lowest < 0) return {}
  const extreme = (k: number): Extreme => ({
    node: plan.ids[Math.trunc(k / 3)] ?? '',
    phase: phases[k % 3] ?? '',
    pu: rounded(magnitudes[k] ?? 0, 6),
  })
  return { lowest: extreme(lowest), highest: extreme(highest) }
}

/** The magnitude of every live phase, by node. */
export function magnitudesByNode({ plan, magnitudes }: LiveFeeder): Record<string, Record<string, number>> {
  const rows = plan.ids.map((id, node) => {
    const own = phases.map((phase, k) => [phase, rounded(magnitudes[3 * node + k] ?? 0, 6)] as const)
    return [id, Object.fromEntries(own.filter(([, pu]) => pu > 0))] as const
  })
  return Object.fromEntries(rows)
}
