import { createRandom } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { factorBanded, invertBanded, solveBanded } from './banded.ts'

it.each([0, 1, 3])('solves what was multiplied, with a band of %i', (band) => {
  const random = createRandom(band + 1)
  const rows = 7
  const matrix = { rows, band, values: Float64Array.from({ length: rows * (band + 1) }, () => random.next()) }
  for (let row = 0; row < rows; row++) matrix.values[row * (band + 1)] = 10 + random.next()
  const entry = (a: number, b: number) =>
    Math.abs(a - b) > band ? 0 : (matrix.values[Math.max(a, b) * (band + 1) + Math.abs(a - b)] ?? 0)
  const x = Array.from({ length: rows }, () => random.next())
  const product = x.map((_, a) => x.reduce((sum, value, b) => sum + entry(a, b) * value, 0))
  const vector = Float64Array.from([99, ...product])
  factorBanded(matrix)
  solveBanded(matrix, vector, 1)
  expect(Array.from(vector.subarray(1))).toEqual(x.map((value) => expect.closeTo(value, 12)))
})

it('leaves a row at zero that says nothing', () => {
  const matrix = { rows: 2, band: 1, values: Float64Array.of(0, 0, 4, 0) }
  const vector = Float64Array.of(5, 8)
  factorBanded(matrix)
  solveBanded(matrix, vector, 0)
  expect(Array.from(vector)).toEqual([expect.closeTo(0, 12), expect.closeTo(2, 12)])
})

it('inverts to what it solves', () => {
  const matrix = { rows: 4, band: 1, values: Float64Array.of(4, 0, 5, 1, 6, 2, 7, 3) }
  factorBanded(matrix)
  const inverse = new Float64Array(16)
  invertBanded(matrix, inverse)
  for (let column = 0; column < 4; column++) {
    const vector = Float64Array.from({ length: 4 }, (_, row) => Number(row === column))
    solveBanded(matrix, vector, 0)
    const inverted = Array.from(vector, (_, row) => inverse[row * 4 + column])
    expect(inverted).toEqual(Array.from(vector, (value) => expect.closeTo(value, 12)))
  }
})
