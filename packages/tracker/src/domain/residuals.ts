type Residual = Readonly<{ id: string; index: number; free: number }>

/** The free power of every generator, in ascending order; equal ones stand in the order of the list. */
export type Residuals = Readonly<{
  /** Takes power from the generator with the least that still fits; `undefined` when none has it. */
  bestFit: (power: number) => string | undefined
  /** Takes power from one generator, if it is there and has it. */
  take: (id: string, power: number) => boolean
  entries: () => readonly (readonly [string, number])[]
}>

export function createResiduals(generators: readonly Readonly<{ id: string; usable: number }>[]): Residuals {
  const known = new Map(generators.map(({ id, usable }, index) => [id, { id, index, free: usable }]))
  const sorted: Residual[] = [...known.values()].toSorted((a, b) => a.free - b.free || a.index - b.index)

  function replace(at: number, residual: Residual, power: number): void {
    const next = { ...residual, free: residual.free - power }
    sorted.splice(at, 1)
    sorted.splice(placeOf(sorted, next.free, next.index), 0, next)
    known.set(next.id, next)
  }

  return {
    bestFit: (power) => {
      const at = placeOf(sorted, power, -1)
      const residual = sorted[at]
      if (residual) replace(at, residual, power)
      return residual?.id
    },
    take: (id, power) => {
      const residual = known.get(id)
      if (!residual || residual.free < power) return false
      replace(placeOf(sorted, residual.free, residual.index), residual, power)
      return true
    },
    entries: () => generators.map(({ id }) => [id, known.get(id)?.free ?? 0] as const),
  }
}

/** The first place at or above (free, index). */
function placeOf(sorted: readonly Residual[], free: number, index: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const residual = sorted[middle]
    if (residual && (residual.free - free || residual.index - index) < 0) low = middle + 1
    else high = middle
  }
  return low
}
