/** How many of what should be found were, and how many were found that should not. */
export type Confusion = Readonly<{ TP: number; FP: number; TN: number; FN: number }>

export type Measures = Confusion &
  Readonly<{ precision: number; recall: number; f1: number; falsePositiveRate: number }>

/** Shares of a confusion matrix; where nothing could be wrong, nothing was. */
export function measuresOf({ TP, FP, TN, FN }: Confusion): Measures {
  return {
    TP,
    FP,
    TN,
    FN,
    precision: share(TP, TP + FP, 1),
    recall: share(TP, TP + FN, 1),
    f1: share(2 * TP, 2 * TP + FP + FN, 1),
    falsePositiveRate: share(FP, FP + TN, 0),
  }
}

function share(part: number, whole: number, none: number): number {
  return whole === 0 ? none : part / whole
}

export function total(all: readonly Confusion[]): Confusion {
  const sum = (of: keyof Confusion) => all.reduce((count, each) => count + each[of], 0)
  return { TP: sum('TP'), FP: sum('FP'), TN: sum('TN'), FN: sum('FN') }
}

/** The lowest trust that a subject fell to, and whether it took part in an attack. */
export type Score = Readonly<{ lowestTe: number; isAttacker: boolean }>

/** What a threshold on Te would have found. */
export type RocPoint = Readonly<{ theta: number; truePositiveRate: number; falsePositiveRate: number }>

/** Sweeps the threshold below which a subject counts as found over every value at which something changes. */
export function rocOf(scores: readonly Score[]): readonly RocPoint[] {
  const thetas = [0, ...new Set(scores.map(({ lowestTe }) => lowestTe).toSorted((a, b) => a - b)), Infinity]
  const [attackers, honest] = [scores.filter((one) => one.isAttacker), scores.filter((one) => !one.isAttacker)]
  const below = (some: readonly Score[], theta: number) =>
    share(some.filter(({ lowestTe }) => lowestTe < theta).length, some.length, 0)
  return thetas.map((theta) => ({
    theta: Math.min(theta, 1),
    truePositiveRate: below(attackers, theta),
    falsePositiveRate: below(honest, theta),
  }))
}

/** The rate at which as many are missed as are falsely accused, interpolated between the points of the curve. */
export function equalErrorRate(roc: readonly RocPoint[]): number {
  const gap = ({ truePositiveRate, falsePositiveRate }: RocPoint) => falsePositiveRate - (1 - truePositiveRate)
  const after = roc.findIndex((point) => gap(point) >= 0)
  const [low, high] = [roc[Math.max(after - 1, 0)], roc[after]]
  if (!low || !high) return 0
  const span = gap(high) - gap(low)
  const part = span === 0 ? 0 : -gap(low) / span
  return low.falsePositiveRate + part * (high.falsePositiveRate - low.falsePositiveRate)
}
