import type { Der } from './der.ts'

export type EnvelopeRule = Readonly<{ fullPu: number; nonePu: number }>

/** What a connection point bears, from the voltage that the feeder model gives it: the further off, the less of what makes it worse. */
export function envelopeOf(
  { minW, maxW }: Pick<Der, 'minW' | 'maxW'>,
  { volts, nominalVolts }: Readonly<{ volts: number; nominalVolts: number }>,
  { fullPu, nonePu }: EnvelopeRule,
): Readonly<{ exportW: number; importW: number }> | undefined {
  if (volts <= 0) return undefined
  const off = volts / nominalVolts - 1
  const share = (distance: number): number => Math.min(Math.max((nonePu - distance) / (nonePu - fullPu), 0), 1)
  return { exportW: maxW * share(off), importW: -minW * share(-off) }
}
