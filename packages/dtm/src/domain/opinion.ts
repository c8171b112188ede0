import { categories, type TrustParameters } from './parameters.ts'
import type { TrustFile } from './trust-file.ts'

/** Expectation T, belief b, distrust d, uncertainty u and certainty C of good and bad mass (§4 step 5). */
export type Opinion = Readonly<{ T: number; b: number; d: number; u: number; C: number }>

export function opinionOf(evidence: Readonly<{ r: number; s: number; a: number }>, { priorWeight }: TrustParameters) {
  const { r, s, a } = evidence
  const all = r + s + priorWeight
  const u = priorWeight / all
  return { T: (r + a * priorWeight) / all, b: r / all, d: s / all, u, C: 1 - u } satisfies Opinion
}

/** Te: half of the trust in all, half of the worst category, once a category has a full minor finding against it (§4 step 6). */
export function effectiveTrust(file: TrustFile, parameters: TrustParameters): number {
  const { T } = opinionOf(file, parameters)
  const worst = categories
    .filter((category) => file.sc[category] >= 1)
    .map((category) => opinionOf({ r: file.rc[category], s: file.sc[category], a: file.a }, parameters).T)
  return worst.length === 0 ? T : Math.min(T, 0.5 * T + 0.5 * Math.min(...worst))
}
