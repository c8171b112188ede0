// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { factorBanded, solveBanded, type Banded } from './banded.ts'
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
  const { ownRows, ownColumns, rows } = sizeOf(program)
  const links = linkRhs.length
  const shareds = sharedCost.length
  const wide = links + shareds
  const blocks = placedOf(program)
  const dense = new Float64Array(wide * wide)
  const right = new Float64Array(wide)
  const mostRows = blocks.reduce((most, { shape }) => Math.max(most, shape.rows), 0)
  const front = new Float64Array(mostRows * wide)
  const firstOf = new Int32Array(mostRows)
  const given = new Float64Array(rows)
  let weight: Float64Array = new Float64Array()
  return { factor, solve }

  function factor(newWeight: Float64Array): void {
    weight = newWeight
    dense.fill(0)
    for (let s = 0; s < shareds; s++) dense[(links + s) * (wide + 1)] = -1 / weight[ownColumns + s]!
    for (const block of blocks) {
      gatherSquares(block)
      factorBanded(block.factor)
      fillFront(block)
      for (let row = 0; row < block.shape.rows; row++) {
        eliminate(block, row)
        spread(firstOf[row]!, block.shape.stepOf[row]!, row * wide)
      }
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

  /** The rows of a block by links and shared columns. */
  function fillFront({ shape, sharedValue, meetings, meets }: Placed): void {
    front.fill(0, 0, shape.rows * wide)
    for (let n = 0; n < meets.length; n++) front[meetings.rowOf[n]! * wide + meetings.linkOf[n]!] = meets[n]!
    for (let row = 0; row < shape.rows; row++) {
      if (shape.sharedOf[row]! >= 0) front[row * wide + links + shape.sharedOf[row]!] = sharedValue[row]!
    }
  }

  /** Takes the rows before out of one, and finds the first step in which anything is left. */
  function eliminate({ shape: { band, stepOf }, factor: { values } }: Placed, row: number): void {
    const last = stepOf[row]!
    const at = row * wide
    let first = 0
    while (first < last && front[at + first] === 0) first++
    for (let before = Math.max(row - band, 0); before < row; before++) {
      const value = values[row * (band + 1) + row - before]!
      if (value === 0) continue
      const [begin, end] = [firstOf[before]!, stepOf[before]!]
      first = Math.min(first, begin)
      const other = before * wide
      for (let c = begin; c <= end; c++) front[at + c]! -= value * front[other + c]!
      if (shareds > 0) for (let c = links + begin; c <= links + end; c++) front[at + c]! -= value * front[other + c]!
    }
    firstOf[row] = first
    const pivot = 1 / values[row * (band + 1)]!
    for (let c = first; c <= last; c++) front[at + c]! *= pivot
    if (shareds > 0) for (let c = links + first; c <= links + last; c++) front[at + c]! *= pivot
  }

  /** What a row leaves in the dense system. */
  function spread(first: number, last: number, at: number): void {
    for (let a = first; a <= last; a++) subtract(at, a, first, a)
    if (shareds === 0) return
    for (let a = links + first; a <= links + last; a++) {
      subtract(at, a, first, last)
      subtract(at, a, links + first, a)
    }
  }

  function subtract(at: number, a: number, begin: number, end: number): void {
    const value = front[at + a]!
    if (value === 0) return
    for (let b = begin; b <= end; b++) dense[a * wide + b]! -= value * front[at + b]!
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

/** The pairs of a row and a link that have a column in common, and for each entry of a shape its pair. */
type Meetings = Readonly<{ placeOf: Int32Array; rowOf: Int32Array; linkOf: Int32Array }>

function meetingsOf({ columns, start, rowOf, linkOf }: Shape): Meetings {
  const places = new Map<string, number>()
  const placeOf = new Int32Array(rowOf.length)
  const rows: number[] = []
  const links: number[] = []
  for (let k = 0; k < columns; k++) {
    const link = linkOf[k]!
    if (link < 0) continue
    for (let n = start[k]!; n < start[k + 1]!; n++) {
      const key = `${rowOf[n]} ${link}`
      const place = places.get(key) ?? rows.length
      if (place === rows.length) {
        places.set(key, place)
        rows.push(rowOf[n]!)
        links.push(link)
      }
      placeOf[n] = place
    }
  }
  return { placeOf, rowOf: Int32Array.from(rows), linkOf: Int32Array.from(links) }
}
