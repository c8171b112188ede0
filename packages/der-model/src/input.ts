import { phasesOf, polar, type Sequences } from './phasor.ts'
import type { DerSettings } from './settings.ts'

/** What surrounds one device in one step; single-phase devices read `va` and `thetaA` alone. Volts are line to neutral. */
export type DerInput = {
  f: number
  va: number
  vb: number
  vc: number
  thetaA: number
  thetaB: number
  thetaC: number
  /** Available DC power of a PV, W. */
  pDc: number
  /** Demanded power of a battery, W. */
  pDem: number
}

export const third = (2 * Math.PI) / 3

/** A balanced three-phase or a single-phase grid at a voltage in per unit. */
export function gridAt(settings: DerSettings, volts: number, f: number): DerInput {
  const v = volts * baseVolts(settings)
  return { f, va: v, vb: v, vc: v, thetaA: 0, thetaB: -third, thetaC: third, pDc: 0, pDem: 0 }
}

/** A three-phase grid given by symmetrical components, complex and in per unit. */
export function gridOf(settings: DerSettings, sequences: Sequences, f: number): DerInput {
  const base = baseVolts(settings)
  const [a, b, c] = phasesOf(sequences)
  const [phaseA, phaseB, phaseC] = [polar(a), polar(b), polar(c)]
  return {
    f,
    va: phaseA.size * base,
    vb: phaseB.size * base,
    vc: phaseC.size * base,
    thetaA: phaseA.angle,
    thetaB: phaseB.angle,
    thetaC: phaseC.angle,
    pDc: 0,
    pDem: 0,
  }
}

function baseVolts({ NP_PHASE, NP_AC_V_NOM }: DerSettings): number {
  return NP_PHASE === 'THREE' ? NP_AC_V_NOM / Math.sqrt(3) : NP_AC_V_NOM
}
