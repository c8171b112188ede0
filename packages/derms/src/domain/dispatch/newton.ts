// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { factorBanded, invertBanded, solveBanded, type Banded } from './banded.ts'
import { sizeOf, type Block, type BlockProgram, type Shape } from './block-program.ts'
import { factorSymmetric, solveSymmetric } from './symmetric.ts'

/**
 * Solves A dx = rows, A' dy - dx / weight = columns for the blocks, links and shared columns of a program: the rows of each
 * block are eliminated on their own, which leaves one small dense system of links and shared columns.
 */
export type Newton = Readonly<{
  factor(weight: Float64Array): void
  solve(rows: Float64Array, columns: Float64Array, dx: Float64Array, dy: Float64Array): void
}>

export function newton(program: BlockProgram): Newton {
  const { linkRhs, sharedCost } = program
  const { ownRows, ownColumns, rows: allRows } = sizeOf(program)
  const links = linkRhs.length
  const shareds = sharedCost.length
  const wide = links + shareds
  const blocks = placedOf(program)
  const dense = new Float64Array(wide * wide)
  const right = new Float64Array(wide)
  const mostRows = blocks.reduce((most, { shape }) => Math.max(most, shape.rows), 0)
  const inverse = new Float64Array(mostRows * mostRows)
  const given = new Float64Array(allRows)
  let weight: Float64Array = new Float64Array()
  return { factor, solve }

  function factor(newWeight: Float64Array): void {
    weight = newWeight
    dense.fill(0)
    for (let s = 0; s < shareds; s++) dense[(links + s) * (wide + 1)] = -1 / weight[ownColumns + s]!
    for (const block of blocks) {
      gatherSquares(block)
      factorBanded(block.factor)
      invertBanded(block.factor, inverse)
      spread(block)
    }
    factorSymmetric(dense, wide)
  }

  /** What the weighted columns of a block bring between its own rows, and between them and the links. */
  function gatherSquares({ shape, value, factor: { values }, meetings, meets, firstColumn }: Placed): void {
    const { start, rowOf, linkOf, linkSign, columns, band } = shape
    values.fill(0)
    meets.fill(0)
    for (let k = 0; k < columns; k++) {
      const own = weight[firstColumn + k]!
      if (own === 0) continue
      const link = linkOf[k]!
      if (link >= 0) dense[link * (wide + 1)]! += own
      for (let n = start[k]!, first = n, end = start[k + 1]!; n < end; n++) {
        const scaled = own * value[n]!
        const diagonal = rowOf[n]! * (band + 2)
        for (let m = first; m <= n; m++) values[diagonal - rowOf[m]!]! += scaled * value[m]!
        if (link >= 0) meets[meetings.placeOf[n]!]! += scaled * linkSign[k]!
      }
    }
  }

  /** What a block leaves in the dense system when its rows are eliminated. */
  function spread({ shape, meetings: { rowOf, linkOf, upTo }, meets, sharedValue }: Placed): void {
    const { rows, sharedOf } = shape
    for (let a = 0; a < meets.length; a++) {
      const value = meets[a]!
      if (value === 0) continue
      const [from, into, end] = [rowOf[a]! * rows, linkOf[a]! * wide, upTo[a]!]
      for (let b = 0; b < end; b++) dense[into + linkOf[b]!]! -= value * meets[b]! * inverse[from + rowOf[b]!]!
    }
    if (shareds === 0) return
    for (let a = 0; a < rows; a++) {
      if (sharedOf[a]! < 0) continue
      const [value, from, into] = [sharedValue[a]!, a * rows, (links + sharedOf[a]!) * wide]
      for (let b = 0; b < meets.length; b++) dense[into + linkOf[b]!]! -= value * meets[b]! * inverse[from + rowOf[b]!]!
      for (let b = 0; b < rows && sharedOf[b]! <= sharedOf[a]!; b++) {
        if (sharedOf[b]! >= 0) dense[into + links + sharedOf[b]!]! -= value * sharedValue[b]! * inverse[from + b]!
      }
    }
  }

  function solve(rowRest: Float64Array, columnRest: Float64Array, dx: Float64Array, dy: Float64Array): void {
    given.set(rowRest)
    for (const block of blocks) gather(block, columnRest)
    dy.set(given)
    for (let t = 0; t < links; t++) right[t] = given[ownRows + t]!
    for (let s = 0; s < shareds; s++) right[links + s] = columnRest[ownColumns + s]!
    for (const block of blocks) {
      solveBanded(block.factor, dy, block.firstRow)
      toLinks(block, dy)
    }
    solveSymmetric(dense, wide, right)
    for (let t = 0; t < links; t++) dy[ownRows + t] = right[t]!
    for (let s = 0; s < shareds; s++) dx[ownColumns + s] = right[links + s]!
    dy.set(given.subarray(0, ownRows))
    for (const block of blocks) {
      fromLinks(block, dy)
      solveBanded(block.factor, dy, block.firstRow)
      scatter(block, columnRest, dx, dy)
    }
  }

  /** Adds what the weighted columns of a block bring into its rows and the links. */
  function gather({ shape, value, firstColumn, firstRow }: Placed, columnRest: Float64Array): void {
    const { start, rowOf, linkOf, linkSign, columns } = shape
    for (let k = 0; k < columns; k++) {
      const weighted = weight[firstColumn + k]! * columnRest[firstColumn + k]!
      if (weighted === 0) continue
      for (let n = start[k]!, end = start[k + 1]!; n < end; n++) given[firstRow + rowOf[n]!]! += value[n]! * weighted
      const link = linkOf[k]!
      if (link >= 0) given[ownRows + link]! += linkSign[k]! * weighted
    }
  }

  /** Takes from the dense system what the rows of a block would bring if they were alone. */
  function toLinks({ shape, sharedValue, meetings, meets, firstRow }: Placed, dy: Float64Array): void {
    for (let n = 0; n < meets.length; n++) right[meetings.linkOf[n]!]! -= meets[n]! * dy[firstRow + meetings.rowOf[n]!]!
    if (shareds === 0) return
    for (let k = 0; k < shape.rows; k++) {
      if (shape.sharedOf[k]! >= 0) right[links + shape.sharedOf[k]!]! -= sharedValue[k]! * dy[firstRow + k]!
    }
  }

  /** Takes from the rows of a block what links and shared columns bring. */
  function fromLinks({ shape, sharedValue, meetings, meets, firstRow }: Placed, dy: Float64Array): void {
    for (let n = 0; n < meets.length; n++) dy[firstRow + meetings.rowOf[n]!]! -= meets[n]! * right[meetings.linkOf[n]!]!
    if (shareds === 0) return
    for (let k = 0; k < shape.rows; k++) {
      if (shape.sharedOf[k]! >= 0) dy[firstRow + k]! -= sharedValue[k]! * right[links + shape.sharedOf[k]!]!
    }
  }

  function scatter(block: Placed, columnRest: Float64Array, dx: Float64Array, dy: Float64Array): void {
    const { shape, value, firstColumn, firstRow } = block
    const { start, rowOf, linkOf, linkSign, columns } = shape
    for (let k = 0; k < columns; k++) {
      const own = weight[firstColumn + k]!
      if (own === 0) continue
      let sum = -columnRest[firstColumn + k]!
      for (let n = start[k]!, end = start[k + 1]!; n < end; n++) sum += value[n]! * dy[firstRow + rowOf[n]!]!
      const link = linkOf[k]!
      if (link >= 0) sum += linkSign[k]! * dy[ownRows + link]!
      dx[firstColumn + k] = own * sum
    }
  }
}

/** A block, where it begins, and what is worked out of it. */
type Placed = Block &
  Readonly<{
    firstColumn: number
    firstRow: number
    factor: Banded
    meetings: Meetings
    /** For each meeting. */
    meets: Float64Array
  }>

function placedOf({ blocks }: BlockProgram): readonly Placed[] {
  const known = new Map<Shape, Meetings>()
  let [firstColumn, firstRow] = [0, 0]
  return blocks.map((block) => {
    const { shape } = block
    const meetings = known.get(shape) ?? meetingsOf(shape)
    known.set(shape, meetings)
    const values = new Float64Array(shape.rows * (shape.band + 1))
    const factor = { rows: shape.rows, band: shape.band, values }
    const placed = { ...block, firstColumn, firstRow, factor, meetings, meets: new Float64Array(meetings.rowOf.length) }
    firstColumn += shape.columns
    firstRow += shape.rows
    return placed
  })
}

/**
 * The pairs of a row and a link that have a column in common, link by link; for each entry of a shape its pair, and for each
 * pair how many there are up to its link.
 */
type Meetings = Readonly<{ placeOf: Int32Array; rowOf: Int32Array; linkOf: Int32Array; upTo: Int32Array }>

function meetingsOf({ columns, rows, start, rowOf, linkOf }: Shape): Meetings {
  const keyOf = new Map<number, number>()
  for (let k = 0; k < columns; k++) {
    if (linkOf[k]! < 0) continue
    for (let n = start[k]!; n < start[k + 1]!; n++) keyOf.set(n, linkOf[k]! * rows + rowOf[n]!)
  }
  const keys = [...new Set(keyOf.values())].toSorted((a, b) => a - b)
  const placeOfKey = new Map(keys.map((key, place) => [key, place]))
  const links = Int32Array.from(keys, (key) => Math.floor(key / rows))
  return {
    placeOf: Int32Array.from(rowOf, (_, n) => placeOfKey.get(keyOf.get(n) ?? -1) ?? -1),
    rowOf: Int32Array.from(keys, (key) => key % rows),
    linkOf: links,
    upTo: links.map((link) => links.lastIndexOf(link) + 1),
  }
}
