/** The phases of the grid in the order of every triple and matrix. */
export const phases = ['a', 'b', 'c'] as const
export type Phase = (typeof phases)[number]

/** One value per branch of a device: wye a, b, c; delta ab, bc, ca. */
export type Triple = readonly [number, number, number]

/** Phases as bits, a lowest, so that what two ends share is an `&`. */
export function maskOf(names: string): number {
  return phases.reduce((mask, phase, bit) => (names.includes(phase) ? mask | (1 << bit) : mask), 0)
}

export function namesOf(mask: number): string {
  return phases.filter((_, bit) => has(mask, bit)).join('')
}

export function has(mask: number, phase: number): boolean {
  return ((mask >> phase) & 1) === 1
}

/** The delta branches ab, bc, ca between phases that are both there, as bits 0, 1, 2. */
export function pairsOf(mask: number): number {
  return mask & ((mask >> 1) | (mask << 2))
}
