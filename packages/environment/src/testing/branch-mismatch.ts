import type { Solution } from '../domain/feeder/feeder.ts'

type Complex = readonly [number, number]

/** The largest difference between the current that a branch has by Kirchhoff and the one its voltage drives by its admittance. */
export function worstBranchMismatch({ plan, state }: Solution): number {
  let worst = 0
  for (let node = 1; node < plan.ids.length; node += 1) {
    const live = [0, 1, 2].filter((phase) => (state.ratio[3 * node + phase] ?? 0) !== 0)
    const z = live.map((row) => live.map((column) => complexAt(plan.z, 9 * node + 3 * row + column)))
    if (z.every((row) => row.every(([r, x]) => r === 0 && x === 0))) continue
    const up = [0, 1, 2].map((phase) => complexAt(state.v, 3 * (plan.parent[node] ?? 0) + phase))
    const zero = plan.delta[node] === 1 ? scale(up.reduce(plus), 1 / 3) : ([0, 0] as const)
    const drops = live.map((phase) => {
      const above = scale(minus(up[phase] ?? zero, zero), state.ratio[3 * node + phase] ?? 0)
      return minus(above, complexAt(state.v, 3 * node + phase))
    })
    for (const [k, current] of solve(z, drops).entries()) {
      worst = Math.max(worst, Math.hypot(...minus(current, complexAt(state.j, 3 * node + (live[k] ?? 0)))))
    }
  }
  return worst
}

/** Gauss-Jordan, small and complex. */
function solve(matrix: readonly (readonly Complex[])[], right: readonly Complex[]): Complex[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? ([0, 0] as const)])
  for (const k of matrix.keys()) {
    const pivot = rows[k]?.[k] ?? [1, 0]
    const unit = (rows[k] ?? []).map((value) => over(value, pivot))
    for (const [i, row] of rows.entries()) {
      rows[i] = i === k ? unit : row.map((value, j) => minus(value, times(row[k] ?? [0, 0], unit[j] ?? [0, 0])))
    }
  }
  return rows.map((row) => row.at(-1) ?? [0, 0])
}

function complexAt(values: Float64Array, index: number): Complex {
  return [values[2 * index] ?? 0, values[2 * index + 1] ?? 0]
}

function plus([a, b]: Complex, [c, d]: Complex): Complex {
  return [a + c, b + d]
}

function minus([a, b]: Complex, [c, d]: Complex): Complex {
  return [a - c, b - d]
}

function times([a, b]: Complex, [c, d]: Complex): Complex {
  return [a * c - b * d, a * d + b * c]
}

function over(x: Complex, [c, d]: Complex): Complex {
  return scale(times(x, [c, -d]), 1 / (c * c + d * d))
}

function scale([a, b]: Complex, by: number): Complex {
  return [a * by, b * by]
}
