// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds

/** LDL' of a symmetric quasi-definite matrix, in place of its lower half. */
export function factorSymmetric(matrix: Float64Array, size: number): void {
  const scaled = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    const own = i * size
    for (let j = 0; j < i; j++) {
      let sum = matrix[own + j]!
      for (let k = 0, other = j * size; k < j; k++) sum -= scaled[k]! * matrix[other + k]!
      scaled[j] = sum
      matrix[own + j] = sum / matrix[j * size + j]!
    }
    let pivot = matrix[own + i]!
    for (let k = 0; k < i; k++) pivot -= scaled[k]! * matrix[own + k]!
    matrix[own + i] = Math.abs(pivot) < 1e-200 ? 1e200 : pivot
  }
}

/** Solves in place with a factor. */
export function solveSymmetric(matrix: Float64Array, size: number, vector: Float64Array): void {
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) vector[i]! -= matrix[i * size + k]! * vector[k]!
  }
  for (let i = 0; i < size; i++) vector[i]! /= matrix[i * size + i]!
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) vector[i]! -= matrix[k * size + i]! * vector[k]!
  }
}
