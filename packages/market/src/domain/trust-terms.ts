import type { TrustVector } from '@gridloom/contracts'
import type { Terms } from './market-agent.ts'

export type TrustTerms = Readonly<{ terms: Terms; detail: string }>

/** What trust leaves a party: nothing from the refusal level on; from level 2, the share of the largest tender that is its trust. */
export function trustTerms(
  { level, Te }: Pick<TrustVector, 'level' | 'Te'>,
  refuseLevel: number,
): TrustTerms | undefined {
  if (level >= refuseLevel) return { terms: { barred: true }, detail: `trust level ${level}: tenders are refused` }
  if (level >= 2)
    return { terms: { derate: Te }, detail: `trust level ${level}: the largest tender is ${Te} of the usual` }
  return undefined
}
