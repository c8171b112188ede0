// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds

/**
 * A linear program of many small blocks that meet in a few rows, the links, and a few shared columns: minimise cost · x where
 * every x lies between 0 and its upper end. An entry of a link is 1 or -1; a shared column lies between 0 and 1. The columns
 * of all blocks come one after the other and then the shared ones; the rows of all blocks, and then the links.
 */
export type BlockProgram = Readonly<{
  blocks: readonly Block[]
  /** What the linked columns sum to, for each link. */
  linkRhs: Float64Array
  sharedCost: Float64Array
}>

/** The numbers of one block, in the places that its shape says. */
export type Block = Readonly<{
  shape: Shape
  /** For each row. */
  rhs: Float64Array
  sharedValue: Float64Array
  /** For each column. */
  cost: Float64Array
  upper: Float64Array
  /** For each entry of the block's own rows. */
  value: Float64Array
}>

/** Where a block has entries; blocks of a kind have one in common. */
export type Shape = Readonly<{
  rows: number
  columns: number
  /** How far apart two rows with a common column are at most. */
  band: number
  /** The step to which a row belongs; it meets no link and no shared column beyond it. */
  stepOf: Int32Array
  /** The shared column of a row; -1: none. */
  sharedOf: Int32Array
  /** The link of a column, -1: none, and the sign of its entry there. */
  linkOf: Int32Array
  linkSign: Float64Array
  /** Entries of column j: from start[j] to start[j + 1]. */
  start: Int32Array
  rowOf: Int32Array
}>

export type Size = Readonly<{ columns: number; rows: number; ownColumns: number; ownRows: number }>

export function sizeOf({ blocks, linkRhs, sharedCost }: BlockProgram): Size {
  const ownColumns = blocks.reduce((sum, { shape }) => sum + shape.columns, 0)
  const ownRows = blocks.reduce((sum, { shape }) => sum + shape.rows, 0)
  return { ownColumns, ownRows, columns: ownColumns + sharedCost.length, rows: ownRows + linkRhs.length }
}

/** What is missing in each row, rhs - A x, and what a column costs beyond the prices of its rows, cost - A' y. */
export function restsOf(
  { blocks, linkRhs, sharedCost }: BlockProgram,
  { x, y }: Readonly<{ x: Float64Array; y: Float64Array }>,
  { rowRest, columnRest }: Readonly<{ rowRest: Float64Array; columnRest: Float64Array }>,
): void {
  const links = y.length - linkRhs.length
  const shareds = x.length - sharedCost.length
  rowRest.set(linkRhs, links)
  columnRest.set(sharedCost, shareds)
  let column = 0
  let row = 0
  for (const { shape, rhs, sharedValue, cost, value } of blocks) {
    const { sharedOf, linkOf, linkSign, start, rowOf } = shape
    for (let k = 0; k < shape.rows; k++) {
      const shared = sharedOf[k]!
      rowRest[row + k] = rhs[k]!
      if (shared < 0) continue
      rowRest[row + k]! -= sharedValue[k]! * x[shareds + shared]!
      columnRest[shareds + shared]! -= sharedValue[k]! * y[row + k]!
    }
    for (let k = 0; k < shape.columns; k++, column++) {
      let rest = cost[k]!
      const taken = x[column]!
      for (let n = start[k]!, end = start[k + 1]!; n < end; n++) {
        const at = row + rowOf[n]!
        rest -= value[n]! * y[at]!
        rowRest[at]! -= value[n]! * taken
      }
      const link = linkOf[k]!
      if (link >= 0) {
        rest -= linkSign[k]! * y[links + link]!
        rowRest[links + link]! -= linkSign[k]! * taken
      }
      columnRest[column] = rest
    }
    row += shape.rows
  }
}
