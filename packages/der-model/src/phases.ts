import type { DerState } from './der.ts'
import { type Complex, phasesOf, plus, polar, type Sequences, times } from './phasor.ts'

/** Per phase: amperes and volts line to neutral, per unit of rating and nominal voltage, and radians. */
export type Phase = Readonly<{ pu: number; si: number; radians: number }>

/** The current that the device injects into each phase; a single-phase device has one (fact sheet, end of section 10; R13). */
export function currentsOf({ tile, currents: c }: DerState): readonly Phase[] {
  const s = tile.model.settings
  const root = s.NP_PHASE === 'THREE' ? Math.sqrt(3) : 1
  const sequences = { pos: [c.iPosRe, c.iPosIm], neg: [c.iNegRe, c.iNegIm], zero: [0, 0] } as const
  return scaled(s.NP_PHASE, sequences, s.NP_VA_MAX / s.NP_AC_V_NOM / root)
}

/** The voltage behind the device's impedance: what its source would have to be. */
export function sourceVoltagesOf({ tile, currents: c, grid }: DerState): readonly Phase[] {
  const s = tile.model.settings
  const root = s.NP_PHASE === 'THREE' ? Math.sqrt(3) : 1
  const z: Complex = [s.NP_RESISTANCE, s.NP_REACTANCE]
  const pos = plus([grid.posRe, grid.posIm], times([c.iPosRe, c.iPosIm], z))
  const neg = plus([grid.negRe, grid.negIm], times([c.iNegRe, c.iNegIm], z))
  const largest = Math.max(...phasesOf({ pos, neg, zero: [0, 0] }).map((phase) => polar(phase).size))
  // the DC side bounds what the source can give
  const k: Complex = [Math.min(1, s.NP_V_DC / s.NP_AC_V_NOM / largest), 0]
  const zero = s.NP_PHASE === 'THREE' ? zeroSequence(tile.input) : ([0, 0] as const)
  return scaled(s.NP_PHASE, { pos: times(pos, k), neg: times(neg, k), zero }, s.NP_AC_V_NOM / root)

  function zeroSequence({ va, vb, vc, thetaA, thetaB, thetaC }: typeof tile.input): Complex {
    const scale = Math.sqrt(3) / s.NP_AC_V_NOM / 3
    const a = phasor(va, thetaA)
    const b = phasor(vb, thetaB)
    const sum = plus(plus(a, b), phasor(vc, thetaC))
    return times(sum, [scale, 0])
  }
}

function phasor(size: Float64Array, angle: Float64Array | undefined): Complex {
  const r = size[0] ?? 0
  const theta = angle?.[0] ?? 0
  return [r * Math.cos(theta), r * Math.sin(theta)]
}

function scaled(phases: 'THREE' | 'SINGLE', sequences: Sequences, base: number): readonly Phase[] {
  const all = phases === 'THREE' ? phasesOf(sequences) : [sequences.pos]
  return all.map(polar).map(({ size, angle }) => ({ pu: size, si: size * base, radians: angle }))
}
