import type { ModelData, VariableType } from 'highs'

/** A linear program that grows column by column and row by row, for HiGHS. */
export type LinearModel = Readonly<{
  /** Adds a variable within bounds and returns its number. */
  column(lower: number, upper: number, cost: number, isInteger?: boolean): number
  /** Adds lower <= sum of value · column <= upper. */
  row(lower: number, upper: number, terms: readonly Term[]): void
  /** How many columns there are. */
  size(): number
  data(): ModelData
}>

/** A column and its value in a row. */
export type Term = readonly [column: number, value: number]

export function linearModel(): LinearModel {
  const columns = { cost: [] as number[], lower: [] as number[], upper: [] as number[], kind: [] as VariableType[] }
  const rows = {
    lower: [] as number[],
    upper: [] as number[],
    starts: [0],
    indices: [] as number[],
    values: [] as number[],
  }
  return {
    column(lower, upper, cost, isInteger = false) {
      columns.lower.push(lower)
      columns.upper.push(upper)
      columns.cost.push(cost)
      columns.kind.push(isInteger ? 1 : 0)
      return columns.cost.length - 1
    },
    row(lower, upper, terms) {
      rows.lower.push(lower)
      rows.upper.push(upper)
      for (const [column, value] of terms) {
        rows.indices.push(column)
        rows.values.push(value)
      }
      rows.starts.push(rows.indices.length)
    },
    size: () => columns.cost.length,
    data: () => ({
      numCols: columns.cost.length,
      numRows: rows.lower.length,
      colCost: columns.cost,
      colLower: columns.lower,
      colUpper: columns.upper,
      rowLower: rows.lower,
      rowUpper: rows.upper,
      matrix: {
        format: 'csr',
        numRows: rows.lower.length,
        numCols: columns.cost.length,
        starts: rows.starts,
        indices: rows.indices,
        values: rows.values,
      },
      ...(columns.kind.includes(1) && { integrality: columns.kind }),
    }),
  }
}
