import { has, maskOf, pairsOf } from './phases.ts'
import type { Drive, Feeder, Outcome, SolveOptions } from './feeder.ts'
import { magnitudesOf } from './voltages.ts'

/** Points (V in pu, Q as a share of the rated kVA, injection positive), voltages rising; flat outside. */
export type Curve = readonly (readonly [number, number])[]

export type VoltVarOutcome =
  | Readonly<{ kind: 'settled'; rounds: number; kvar: Float64Array; solution: Extract<Outcome, { kind: 'solved' }> }>
  | Readonly<{ kind: 'restless'; rounds: number; movedKvar: number }>
  | Extract<Outcome, { kind: 'unsolved' }>

/** A full step towards the curve may never settle on a weak feeder; half of it does. */
const gain = 0.5
const restKvar = 1e-6
const maxRounds = 1000

/** The joint rest of a feeder and the devices that follow a volt-var curve; kvar holds three branches a device. */
export function settleVoltVar(
  feeder: Feeder,
  curve: Curve,
  { drive = {}, options = {} }: Readonly<{ drive?: Drive; options?: SolveOptions }> = {},
): VoltVarOutcome {
  const devices = followers(feeder)
  const kw = Float64Array.from(feeder.plan.ders.flatMap((der) => der.kw))
  const kvar = Float64Array.from(feeder.plan.ders.flatMap((der) => der.kvar))
  const magnitudes = new Float64Array(3 * feeder.plan.ids.length)
  let outcome = feeder.solve({ ...drive, ders: { kw, kvar } }, options)
  let moved = Number.POSITIVE_INFINITY
  for (let round = 1; round <= maxRounds; round += 1) {
    if (outcome.kind === 'unsolved') return outcome
    magnitudesOf(outcome, magnitudes)
    moved = 0
    for (const device of devices) {
      const wanted = valueOn(curve, sensedPu(device, magnitudes)) * device.kvaRated
      moved = Math.max(moved, moveTowards(wanted, device, kvar))
    }
    outcome = feeder.solve({ ders: { kw, kvar } }, options)
    if (moved > restKvar || outcome.kind === 'unsolved') continue
    return { kind: 'settled', rounds: round, kvar, solution: outcome }
  }
  return { kind: 'restless', rounds: maxRounds, movedKvar: moved }
}

/** Linear between the points, flat before the first and after the last. */
export function valueOn(curve: Curve, at: number): number {
  const next = curve.findIndex(([x]) => x > at)
  const [x1, y1] = curve[next === -1 ? curve.length - 1 : next] ?? [0, 0]
  const [x0, y0] = curve[next - 1] ?? [x1, y1]
  return x1 === x0 ? y1 : y0 + ((at - x0) * (y1 - y0)) / (x1 - x0)
}

type Follower = Readonly<{ kvaRated: number; slots: readonly number[]; senses: readonly number[] }>

/** The devices with a rating that stand on live phases: where each senses its voltage and which of its branches carry Q. */
function followers({ plan }: Feeder): Follower[] {
  const position = new Map(plan.ids.map((id, at) => [id, at]))
  return plan.ders.flatMap((der, index) => {
    const at = position.get(der.node)
    if (der.kvaRated === undefined || at === undefined) return []
    const sensed = maskOf(der.phases ?? 'abc') & (plan.mask[at] ?? 0)
    const slots = membersOf(der.connection === 'Y' ? sensed : pairsOf(sensed)).map((branch) => 3 * index + branch)
    if (slots.length === 0) return []
    return [{ kvaRated: der.kvaRated, slots, senses: membersOf(sensed).map((phase) => 3 * at + phase) }]
  })
}

function membersOf(mask: number): number[] {
  return [0, 1, 2].filter((bit) => has(mask, bit))
}

function sensedPu({ senses }: Follower, magnitudes: Float64Array): number {
  return senses.reduce((all, at) => all + (magnitudes[at] ?? 0), 0) / senses.length
}

/** Moves the Q of a device a step towards what is wanted and returns how far that was. */
function moveTowards(wanted: number, { slots }: Follower, kvar: Float64Array): number {
  const now = slots.reduce((all, slot) => all + (kvar[slot] ?? 0), 0)
  const step = gain * (wanted - now)
  for (const slot of slots) kvar[slot] = (now + step) / slots.length
  return Math.abs(step)
}
