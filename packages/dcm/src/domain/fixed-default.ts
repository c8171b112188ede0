import { toActivePower } from '@gridloom/sep2030'
import type { FixedDefault } from './target.ts'

export type FixedDefaultConfig = Readonly<{
  opModConnect?: boolean | undefined
  opModEnergize?: boolean | undefined
  maxLimitPercent?: number | undefined
  exportLimitW?: number | undefined
  importLimitW?: number | undefined
  generationLimitW?: number | undefined
  loadLimitW?: number | undefined
  gradientPercentPerSecond?: number | undefined
}>

/** The configured default in the words of the wire, so that it is one source among others. */
export function fixedDefaultOf(config: FixedDefaultConfig): FixedDefault {
  const { opModConnect, opModEnergize, maxLimitPercent, gradientPercentPerSecond } = config
  return {
    base: {
      ...(opModConnect !== undefined && { opModConnect }),
      ...(opModEnergize !== undefined && { opModEnergize }),
      ...(maxLimitPercent !== undefined && { opModMaxLimW: Math.round(maxLimitPercent * 100) }),
      ...limit('opModExpLimW', config.exportLimitW),
      ...limit('opModImpLimW', config.importLimitW),
      ...limit('opModGenLimW', config.generationLimitW),
      ...limit('opModLoadLimW', config.loadLimitW),
    },
    settings: gradientPercentPerSecond === undefined ? {} : { setGradW: Math.round(gradientPercentPerSecond * 100) },
  }
}

function limit<Name extends string>(name: Name, watts: number | undefined) {
  return watts === undefined ? {} : ({ [name]: toActivePower(watts) } as Record<Name, ReturnType<typeof toActivePower>>)
}
