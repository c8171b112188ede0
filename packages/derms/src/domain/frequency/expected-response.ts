import type { DroopDer, DroopSettings } from './droop.ts'

/** Change of power that droop settings bring, W; `trustedW` is the part that can be counted on. */
export type FrequencyResponse = Readonly<{
  totalW: number
  trustedW: number
  perDer: readonly Readonly<{ id: string; W: number }>[]
}>

/** What a fleet answers to a frequency once it has settled: each along its slope, as far as its bounds allow. */
export function expectedResponse(
  settings: DroopSettings,
  fleet: readonly DroopDer[],
  hz: number,
  nominalHz = 60,
): FrequencyResponse {
  const perUnit = perUnitOf(settings, hz, nominalHz)
  const perDer = fleet.map(({ id, ratedW, nowW, minW, maxW }) => {
    const wanted = perUnit === 0 ? 0 : perUnit * ratedW
    return { id, W: Math.min(Math.max(wanted, Math.min(minW - nowW, 0)), Math.max(maxW - nowW, 0)) }
  })
  return {
    totalW: perDer.reduce((sum, { W }) => sum + W, 0),
    trustedW: perDer.reduce((sum, { W }, index) => sum + W * trusted(fleet[index]), 0),
    perDer,
  }
}

function perUnitOf({ dBOF, dBUF, kOF, kUF }: DroopSettings, hz: number, nominalHz: number): number {
  const over = hz - (nominalHz + dBOF)
  const under = nominalHz - dBUF - hz
  if (over > 0) return -over / (nominalHz * kOF)
  return under > 0 ? under / (nominalHz * kUF) : 0
}

function trusted(der: DroopDer | undefined): number {
  return !der || der.trust.level >= 3 ? 0 : der.trust.Te
}
