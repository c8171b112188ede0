export type Complex = readonly [re: number, im: number]
export type Sequences = Readonly<{ pos: Complex; neg: Complex; zero: Complex }>

const alpha: Complex = [-0.5, Math.sqrt(3) / 2]
const alpha2: Complex = [-0.5, -Math.sqrt(3) / 2]

/** Symmetrical components as phases a, b and c. */
export function phasesOf({ pos, neg, zero }: Sequences): readonly [Complex, Complex, Complex] {
  return [
    plus(plus(pos, neg), zero),
    plus(plus(times(alpha2, pos), times(alpha, neg)), zero),
    plus(plus(times(alpha, pos), times(alpha2, neg)), zero),
  ]
}

export function plus(a: Complex, b: Complex): Complex {
  return [a[0] + b[0], a[1] + b[1]]
}

export function times(a: Complex, b: Complex): Complex {
  return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]]
}

export function polar([re, im]: Complex): { size: number; angle: number } {
  return { size: Math.hypot(re, im), angle: Math.atan2(im, re) }
}
