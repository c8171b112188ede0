import { baseKva } from './branches.ts'
import type { Taps } from './feeder-file.ts'
import type { Drive, Feeder, Outcome, Solution, SolveOptions } from './feeder.ts'
import { has, phases, type Phase } from './phases.ts'

export type Relay = Readonly<{
  regulator: string
  phase: Phase
  volts: number
  centre: number
  bandwidth: number
  ganged: boolean
}>

/** What the relays of the regulators see: the voltage at the load centre that their compensator stands for. */
export function relaysOf({ plan, state: { v, j } }: Solution): Relay[] {
  return plan.regulators.flatMap(({ position, regulator: { id, control, ganged } }) => {
    if (!control) return []
    const volts = ((plan.kvLL[position] ?? 0) * 1000) / Math.sqrt(3)
    const amperes = (baseKva * 1000) / volts
    const live = [0, 1, 2].filter((phase) => has(plan.mask[position] ?? 0, phase))
    return live.map((phase): Relay => {
      const name = phases[phase] ?? 'a'
      const at = 6 * position + 2 * phase
      const [r, x] = [control.rV[name] ?? 0, control.xV[name] ?? 0]
      const iRe = ((j[at] ?? 0) * amperes) / control.ctPrimaryA
      const iIm = ((j[at + 1] ?? 0) * amperes) / control.ctPrimaryA
      const re = ((v[at] ?? 0) * volts) / control.ptRatio - (r * iRe - x * iIm)
      const im = ((v[at + 1] ?? 0) * volts) / control.ptRatio - (r * iIm + x * iRe)
      const { bandCenterV: centre, bandwidthV: bandwidth } = control
      return { regulator: id, phase: name, volts: Math.hypot(re, im), centre, bandwidth, ganged }
    })
  })
}

/** One tap for every relay outside its band, up when it sees too little; ganged phases follow a. */
function tapMovesOf(solution: Solution): ReadonlyMap<string, Taps> {
  const moves = new Map<string, Taps>()
  for (const { regulator, phase, volts, centre, bandwidth, ganged } of relaysOf(solution)) {
    const move = volts < centre - bandwidth / 2 ? 1 : volts > centre + bandwidth / 2 ? -1 : 0
    if (move === 0 || (ganged && phase !== 'a')) continue
    moves.set(regulator, ganged ? { a: move, b: move, c: move } : { ...moves.get(regulator), [phase]: move })
  }
  return moves
}

const maxMoves = 200

export type TapOutcome = Readonly<{ outcome: Outcome; taps: Readonly<Record<string, Taps>>; resting: boolean }>

/** Lets the regulators tap, from the taps of the drive or of the file, until every relay rests or is at its end. */
export function settleTaps(feeder: Feeder, drive: Drive = {}, options: SolveOptions = {}): TapOutcome {
  let taps: Readonly<Record<string, Taps>> = { ...tapsOf(feeder), ...drive.taps }
  let outcome = feeder.solve({ ...drive, taps }, options)
  for (let count = 0; count < maxMoves; count += 1) {
    if (outcome.kind === 'unsolved') return { outcome, taps, resting: false }
    const moved = tapsAfter(feeder, taps, outcome)
    if (!moved) return { outcome, taps, resting: true }
    taps = moved
    outcome = feeder.solve({ taps }, options)
  }
  return { outcome, taps, resting: false }
}

/** The taps of the file. */
function tapsOf({ plan }: Feeder): Record<string, Taps> {
  return Object.fromEntries(plan.regulators.map(({ regulator }) => [regulator.id, regulator.taps]))
}

/** The taps after one move of every relay outside its band, or nothing when no regulator moves. */
export function tapsAfter(
  { plan }: Feeder,
  taps: Readonly<Record<string, Taps>>,
  solution: Solution,
): Record<string, Taps> | undefined {
  const moves = tapMovesOf(solution)
  let any = false
  const next = { ...taps }
  for (const { regulator } of plan.regulators) {
    const { id, maxTap } = regulator
    for (const phase of phases) {
      const tap = next[id]?.[phase] ?? 0
      const wanted = Math.max(-maxTap, Math.min(maxTap, tap + (moves.get(id)?.[phase] ?? 0)))
      if (wanted === tap) continue
      next[id] = { ...next[id], [phase]: wanted }
      any = true
    }
  }
  return any ? next : undefined
}
