// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds

/** A symmetric banded matrix, row by row: the diagonal first, then `band` entries to its left. */
export type Banded = Readonly<{ rows: number; band: number; values: Float64Array }>

/** Turns the matrix into its Cholesky factor in place. A row that says nothing gets a pivot that leaves it at zero. */
export function factorBanded({ rows, band, values }: Banded): void {
  const width = band + 1
  for (let row = 0; row < rows; row++) {
    const own = row * width
    const first = Math.max(row - band, 0)
    for (let column = first; column < row; column++) {
      let sum = values[own + row - column]!
      const other = column * width
      for (let k = first; k < column; k++) {
        if (column - k <= band) sum -= values[own + row - k]! * values[other + column - k]!
      }
      values[own + row - column] = sum / values[other]!
    }
    let pivot = values[own]!
    const before = pivot
    for (let k = first; k < row; k++) pivot -= values[own + row - k]! ** 2
    values[own] = pivot > 1e-13 * before && pivot > 1e-200 ? Math.sqrt(pivot) : 1e100
  }
}

/** Solves in place with a factor. */
export function solveBanded(factor: Banded, vector: Float64Array, at: number): void {
  const { rows, band, values } = factor
  const width = band + 1
  for (let row = 0; row < rows; row++) {
    let sum = vector[at + row]!
    const own = row * width
    for (let k = Math.max(row - band, 0); k < row; k++) sum -= values[own + row - k]! * vector[at + k]!
    vector[at + row] = sum / values[own]!
  }
  for (let row = rows - 1; row >= 0; row--) {
    let sum = vector[at + row]!
    const last = Math.min(row + band, rows - 1)
    for (let k = row + 1; k <= last; k++) sum -= values[k * width + k - row]! * vector[at + k]!
    vector[at + row] = sum / values[row * width]!
  }
}

/** The inverse by a factor, whole: each entry follows from those of the next rows (Takahashi's recurrence). */
export function invertBanded({ rows, band, values }: Banded, inverse: Float64Array): void {
  const width = band + 1
  for (let row = rows - 1; row >= 0; row--) {
    const pivot = 1 / values[row * width]!
    const last = Math.min(row + band, rows - 1)
    for (let column = rows - 1; column >= row; column--) {
      let sum = column === row ? pivot : 0
      for (let k = row + 1; k <= last; k++) sum -= values[k * width + k - row]! * inverse[k * rows + column]!
      inverse[row * rows + column] = inverse[column * rows + row] = sum * pivot
    }
  }
}
