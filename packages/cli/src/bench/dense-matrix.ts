/** Gauss-Jordan on a small complex matrix. */
export function inverse(
  re: readonly (readonly number[])[],
  im: readonly (readonly number[])[],
): (readonly [number, number])[][] {
  const n = re.length
  const rows = re.map((row, i) => [
    ...row.map((value, j): readonly [number, number] => [value, im[i]?.[j] ?? 0]),
    ...row.map((_, j): readonly [number, number] => [i === j ? 1 : 0, 0]),
  ])
  for (let k = 0; k < n; k += 1) {
    const [pr, px] = rows[k]?.[k] ?? [1, 0]
    const norm = pr * pr + px * px
    const pivot = (rows[k] ?? []).map(([r, x]): readonly [number, number] => [
      (r * pr + x * px) / norm,
      (x * pr - r * px) / norm,
    ])
    for (const [i, row] of rows.entries()) {
      const [fr, fx] = row[k] ?? [0, 0]
      rows[i] =
        i === k
          ? pivot
          : row.map(([r, x], j) => {
              const [br, bx] = pivot[j] ?? [0, 0]
              return [r - (fr * br - fx * bx), x - (fr * bx + fx * br)]
            })
    }
  }
  return rows.map((row) => row.slice(n))
}

/** LDLᵀ of a complex symmetric matrix in place, upper half: row k becomes d and the multipliers of its column. */
export function factor(a: Float64Array, size: number): void {
  for (let k = 0; k < size; k += 1) {
    const top = 2 * k * size
    const [dr, dx] = [a[top + 2 * k] ?? 0, a[top + 2 * k + 1] ?? 0]
    const norm = dr * dr + dx * dx
    for (let i = k + 1; i < size; i += 1) {
      const [ar, ax] = [a[top + 2 * i] ?? 0, a[top + 2 * i + 1] ?? 0]
      const [lr, lx] = [(ar * dr + ax * dx) / norm, (ax * dr - ar * dx) / norm]
      const row = 2 * i * size
      for (let j = 2 * i; j < 2 * size; j += 2) {
        const [br, bx] = [a[top + j] ?? 0, a[top + j + 1] ?? 0]
        a[row + j] = (a[row + j] ?? 0) - (lr * br - lx * bx)
        a[row + j + 1] = (a[row + j + 1] ?? 0) - (lr * bx + lx * br)
      }
    }
    for (let i = 2 * k + 2; i < 2 * size; i += 2) {
      const [ar, ax] = [a[top + i] ?? 0, a[top + i + 1] ?? 0]
      a[top + i] = (ar * dr + ax * dx) / norm
      a[top + i + 1] = (ax * dr - ar * dx) / norm
    }
  }
}

/** The solution of a factored system. */
export function substitute(a: Float64Array, size: number, right: Float64Array): Float64Array {
  const x = right.slice()
  for (let k = 0; k < size; k += 1) {
    const [xr, xx] = [x[2 * k] ?? 0, x[2 * k + 1] ?? 0]
    for (let i = k + 1; i < size; i += 1) {
      const [lr, lx] = [a[2 * (k * size + i)] ?? 0, a[2 * (k * size + i) + 1] ?? 0]
      x[2 * i] = (x[2 * i] ?? 0) - (lr * xr - lx * xx)
      x[2 * i + 1] = (x[2 * i + 1] ?? 0) - (lr * xx + lx * xr)
    }
  }
  for (let k = size - 1; k >= 0; k -= 1) {
    const [dr, dx] = [a[2 * (k * size + k)] ?? 0, a[2 * (k * size + k) + 1] ?? 0]
    const norm = dr * dr + dx * dx
    const [xr, xx] = [x[2 * k] ?? 0, x[2 * k + 1] ?? 0]
    let re = (xr * dr + xx * dx) / norm
    let im = (xx * dr - xr * dx) / norm
    for (let i = k + 1; i < size; i += 1) {
      const [lr, lx] = [a[2 * (k * size + i)] ?? 0, a[2 * (k * size + i) + 1] ?? 0]
      re -= lr * (x[2 * i] ?? 0) - lx * (x[2 * i + 1] ?? 0)
      im -= lr * (x[2 * i + 1] ?? 0) + lx * (x[2 * i] ?? 0)
    }
    x[2 * k] = re
    x[2 * k + 1] = im
  }
  return x
}
