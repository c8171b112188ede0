import { baseKva } from '../feeder/branches.ts'
import type { FeederFile, Regulator } from '../feeder/feeder-file.ts'
import { createFeeder, type Outcome } from '../feeder/feeder.ts'
import { has } from '../feeder/phases.ts'
import type { Plan } from '../feeder/plan.ts'
import { settleTaps, tapsAfter } from '../feeder/tap-control.ts'
import { magnitudesOf } from '../feeder/voltages.ts'
import type { Place } from './placement.ts'

export type Injection = Readonly<{ place: Place; watts: number; vars: number }>

export type Tick = Readonly<{
  seconds: number
  injections: readonly Injection[]
  /** of the profiles that the loads take in turn */
  shares: readonly number[]
  source: number
  darkNodes: readonly string[]
}>

/** A feeder that devices come to and go from, solved tick by tick. */
export type LiveFeeder = Readonly<{
  plan: Plan
  step(tick: Tick): Outcome
  /** Magnitudes in pu, three a node: those of the last tick that had a solution, nominal before. */
  magnitudes: Float64Array
  /** Kilowatts from the source, of the last tick that had a solution. */
  sourceKw(): number
  /** The node and all between it and the source. */
  upstream(position: number): ReadonlySet<string>
}>

export type LiveFeederOptions = Readonly<{ file: FeederFile; tapSeconds: number }>

/**
 * Lays a feeder out with room for devices at every node; the DER of its file give way to them. Regulators tap by their own relays, one
 * step every `tapSeconds`, never when that is 0; one without a relay holds 122 V of 120.
 */
export function createLiveFeeder({ file, tapSeconds }: LiveFeederOptions): LiveFeeder {
  const feeder = createFeeder({ ...file, regulators: file.regulators.map(relayed(file)), ders: file.nodes.map(slotAt) })
  const { plan } = feeder
  const slots = slotsByPosition(plan)
  const kw = new Float64Array(3 * plan.ders.length)
  const kvar = new Float64Array(3 * plan.ders.length)
  const magnitudes = Float64Array.from({ length: 3 * plan.ids.length }, (_, k) =>
    has(plan.mask[Math.trunc(k / 3)] ?? 0, k % 3) ? 1 : 0,
  )
  const positions = new Map(plan.ids.map((id, position) => [id, position]))
  const upstream = createUpstream(plan)
  let taps: ReturnType<typeof tapsAfter>
  let tappedAt = -Infinity
  let sourceKw = 0

  const inject = (injections: readonly Injection[]): void => {
    kw.fill(0)
    kvar.fill(0)
    for (const { place, watts, vars } of injections) {
      const slot = 3 * (slots[place.position] ?? 0)
      for (const phase of place.phases) {
        kw[slot + phase] = (kw[slot + phase] ?? 0) + watts / 1000 / place.phases.length
        kvar[slot + phase] = (kvar[slot + phase] ?? 0) + vars / 1000 / place.phases.length
      }
    }
  }
  const loadScale = ({ shares, darkNodes }: Tick): number[] => {
    const isDark = (node: string): boolean => darkNodes.some((dark) => upstream(positions.get(node) ?? 0).has(dark))
    return plan.loads.map(({ node }, index) => (isDark(node) ? 0 : (shares[index % shares.length] ?? 1)))
  }
  const solve = (tick: Tick): Outcome => {
    const drive = { ders: { kw, kvar }, loadScale: loadScale(tick), source: tick.source }
    if (taps || tapSeconds === 0) return feeder.solve(drive)
    const settled = settleTaps(feeder, drive)
    taps = { ...settled.taps }
    tappedAt = tick.seconds
    return settled.outcome
  }
  const tap = (outcome: Outcome, seconds: number): Outcome => {
    if (outcome.kind === 'unsolved' || !taps || seconds - tappedAt < tapSeconds) return outcome
    tappedAt = seconds
    const moved = tapsAfter(feeder, taps, outcome)
    if (!moved) return outcome
    taps = moved
    return feeder.solve({ taps })
  }

  return {
    plan,
    magnitudes,
    sourceKw: () => sourceKw,
    upstream,
    step(tick) {
      inject(tick.injections)
      const outcome = tap(solve(tick), tick.seconds)
      if (outcome.kind === 'solved') {
        magnitudesOf(outcome, magnitudes)
        sourceKw = sourceKwOf(outcome.state)
      }
      return outcome
    },
  }
}

function slotAt({ id }: FeederFile['nodes'][number]): FeederFile['ders'][number] {
  return { id: `devices at ${id}`, node: id, connection: 'Y', kw: [0, 0, 0], kvar: [0, 0, 0] }
}

function slotsByPosition({ ids, ders }: Plan): number[] {
  const bySlot = new Map(ders.map(({ node }, slot) => [node, slot]))
  return ids.map((id) => bySlot.get(id) ?? -1)
}

function relayed({ nodes }: FeederFile) {
  return (regulator: Regulator): Regulator => {
    const kvLL = nodes.find(({ id }) => id === regulator.to)?.kvLL ?? 1
    const ptRatio = (kvLL * 1000) / Math.sqrt(3) / 120
    const control = { bandCenterV: 122, bandwidthV: 2, ptRatio, ctPrimaryA: 1, rV: {}, xV: {} }
    return { control, ...regulator }
  }
}

function createUpstream({ ids, parent }: Plan): LiveFeeder['upstream'] {
  const known = new Map<number, ReadonlySet<string>>()
  return (position) => {
    const before = known.get(position)
    if (before) return before
    const nodes = new Set<string>([ids[0] ?? ''])
    for (let at = position; at > 0; at = parent[at] ?? 0) nodes.add(ids[at] ?? '')
    known.set(position, nodes)
    return nodes
  }
}

function sourceKwOf({ v, j }: Readonly<{ v: Float64Array; j: Float64Array }>): number {
  let perUnit = 0
  for (let k = 0; k < 6; k += 1) perUnit += (v[k] ?? 0) * (j[k] ?? 0)
  return perUnit * baseKva
}
