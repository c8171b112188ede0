/** Active and reactive current against the positive-sequence voltage, and the negative-sequence current, pu. */
export type Wanted = { d: number; q: number; nRe: number; nIm: number }

const half = Math.sqrt(3) / 2

/** Keeps the largest phase within the limit: active current takes what reactive leaves, found by the reference's search. */
export function limitCurrent(limit: number, wanted: Wanted, cos: number, sin: number): void {
  const { d } = wanted
  if (largestPhase(wanted, d, cos, sin) <= limit) return
  const reactive = largestPhase(wanted, 0, cos, sin)
  if (reactive > limit) {
    const scale = limit / reactive
    wanted.d = 0
    wanted.q *= scale
    wanted.nRe *= scale
    wanted.nIm *= scale
    return
  }
  wanted.d = d * searchScale(limit, wanted, cos, sin)
}

function searchScale(limit: number, wanted: Wanted, cos: number, sin: number): number {
  let scale = 0
  let current = largestPhase(wanted, 0, cos, sin)
  for (let step = 0.1; step > 1e-5; step **= 2) {
    while (current < limit) {
      scale += step
      current = largestPhase(wanted, wanted.d * scale, cos, sin)
      if (scale > 1) break
    }
    scale -= step
    current = largestPhase(wanted, wanted.d * scale, cos, sin)
  }
  return scale
}

function largestPhase({ q, nRe, nIm }: Wanted, d: number, cos: number, sin: number): number {
  if (nRe === 0 && nIm === 0) return Math.sqrt(d * d + q * q)
  const pRe = d * cos - q * sin
  const pIm = d * sin + q * cos
  // a = p + n, b = α²p + αn, c = αp + α²n
  const sumRe = -(pRe + nRe) / 2
  const sumIm = -(pIm + nIm) / 2
  const crossRe = half * (pIm - nIm)
  const crossIm = half * (pRe - nRe)
  return Math.max(
    2 * magnitude(sumRe, sumIm),
    magnitude(sumRe + crossRe, sumIm - crossIm),
    magnitude(sumRe - crossRe, sumIm + crossIm),
  )
}

function magnitude(re: number, im: number): number {
  return Math.sqrt(re * re + im * im)
}
