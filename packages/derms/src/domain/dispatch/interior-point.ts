// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { restsOf, sizeOf, type BlockProgram } from './block-program.ts'
import { newton } from './newton.ts'

/** Where the interior point came to rest. */
export type Rest = Readonly<{
  /** Columns, those of the blocks and then the shared ones. */
  x: Float64Array
  shared: Float64Array
  /** Prices of rows, those of the blocks and then the links. */
  y: Float64Array
  linkPrice: Float64Array
}>

export type Stop = Readonly<{
  /** Distance between objective and bound, as a share of the objective, at which it is near enough. */
  tolerance: number
  /** What the objective is when all columns are zero. */
  constant?: number
  mostIterations?: number
}>

/**
 * The optimum of a block program by Mehrotra's primal-dual interior point method (SIAM J. Optimization 2, 1992). Its number
 * of iterations hardly grows with the program, and each takes as long as the program is large. A program without a solution
 * comes to no rest: it is given up after so many iterations.
 */
export function solveBlocks(program: BlockProgram, { tolerance, constant = 0, mostIterations = 60 }: Stop): Rest {
  const { columns, rows, ownColumns, ownRows } = sizeOf(program)
  const column = () => new Float64Array(columns)
  const row = () => new Float64Array(rows)
  const { cost, upper, share } = columnsOf(program)
  const [x, low, high, dx, dLow, dHigh] = [column(), column(), column(), column(), column(), column()]
  const [weight, columnRest, wanted] = [column(), column(), column()]
  const [y, dy, rowRest] = [row(), row(), row()]
  const rest = { x, shared: x.subarray(ownColumns), y, linkPrice: y.subarray(ownRows) }
  const rhs = rhsOf(program, rows)
  const scale = 1 + rhs.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const shares = share.reduce((sum, value) => sum + value, 0)
  const spent = cost.reduce((sum, value, j) => sum + Math.abs(value) * upper[j]!, 0)
  if (spent === 0) return rest
  const system = newton(program)
  begin()
  const best = { off: Infinity, x: column(), y: row() }
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    restsOf(program, { x, y }, { rowRest, columnRest })
    const { objective, bound, product, residual } = standing()
    const gap = Math.abs(objective - bound) / Math.max(Math.abs(objective), 1e-7 * spent)
    const off = gap + 1000 * residual
    if (off < best.off) keep(off)
    if (off < tolerance || !(off < 1e3 * best.off)) break
    weigh()
    system.factor(weight)
    towards(0, false)
    const after = productAfter(lengths())
    towards(product * (after / product) ** 3, true)
    const step = lengths()
    if (!(step.far > 0 && step.dear > 0)) break
    go(step)
  }
  x.set(best.x)
  y.set(best.y)
  return rest

  /** Near the end rounding can drive an iterate off again: the best one counts. */
  function keep(off: number): void {
    best.off = off
    best.x.set(x)
    best.y.set(y)
  }

  /** Each column where it would be on the central path if it were alone: then its prices fit from the beginning. */
  function begin(): void {
    const typical = (0.3 * spent) / shares
    for (let j = 0; j < columns; j++) {
      const top = upper[j]!
      if (top === 0) continue
      const product = typical * share[j]!
      const worth = cost[j]! * top
      x[j] = (2 * product * top) / (worth + 2 * product + Math.hypot(worth, 2 * product))
      low[j] = product / x[j]!
      high[j] = product / (top - x[j]!)
    }
  }

  function standing() {
    let [objective, bound, product, residual] = [constant, constant, 0, 0]
    for (let j = 0; j < columns; j++) {
      const top = upper[j]!
      if (top === 0) continue
      objective += cost[j]! * x[j]!
      bound += Math.min(columnRest[j]!, 0) * top
      product += x[j]! * low[j]! + (top - x[j]!) * high[j]!
    }
    for (let r = 0; r < rows; r++) {
      bound += rhs[r]! * y[r]!
      residual = Math.max(residual, Math.abs(rowRest[r]!) / scale)
    }
    return { objective, bound, product: product / (2 * shares), residual }
  }

  function weigh(): void {
    for (let j = 0; j < columns; j++) {
      weight[j] = upper[j]! > 0 ? 1 / (low[j]! / x[j]! + high[j]! / (upper[j]! - x[j]!)) : 0
    }
  }

  /** The way to where all products are `target`; corrected for what the way that was found before would do to them. */
  function towards(target: number, isCorrected: boolean): void {
    for (let j = 0; j < columns; j++) {
      if (upper[j] === 0) continue
      const room = upper[j]! - x[j]!
      const before = isCorrected ? dx[j]! : 0
      const aim = target * share[j]!
      dLow[j] = aim - x[j]! * low[j]! - before * dLow[j]!
      dHigh[j] = aim - room * high[j]! + before * dHigh[j]!
      wanted[j] = columnRest[j]! - low[j]! + high[j]! - dLow[j]! / x[j]! + dHigh[j]! / room
    }
    system.solve(rowRest, wanted, dx, dy)
    for (let j = 0; j < columns; j++) {
      if (upper[j] === 0) continue
      dLow[j] = (dLow[j]! - low[j]! * dx[j]!) / x[j]!
      dHigh[j] = (dHigh[j]! + high[j]! * dx[j]!) / (upper[j]! - x[j]!)
    }
  }

  /** How far columns and prices can go until one leaves its bounds. */
  function lengths() {
    let [far, dear] = [1, 1]
    for (let j = 0; j < columns; j++) {
      if (upper[j] === 0) continue
      const [step, stepLow, stepHigh] = [dx[j]!, dLow[j]!, dHigh[j]!]
      // a division only where it is needed
      if (x[j]! + far * step < 0) far = -x[j]! / step
      if (upper[j]! - x[j]! - far * step < 0) far = (upper[j]! - x[j]!) / step
      if (low[j]! + dear * stepLow < 0) dear = -low[j]! / stepLow
      if (high[j]! + dear * stepHigh < 0) dear = -high[j]! / stepHigh
    }
    return { far, dear }
  }

  function productAfter({ far, dear }: ReturnType<typeof lengths>): number {
    let sum = 0
    for (let j = 0; j < columns; j++) {
      if (upper[j] === 0) continue
      const moved = x[j]! + far * dx[j]!
      sum += moved * (low[j]! + dear * dLow[j]!) + (upper[j]! - moved) * (high[j]! + dear * dHigh[j]!)
    }
    return sum / (2 * shares)
  }

  function go({ far, dear }: ReturnType<typeof lengths>): void {
    const [step, priceStep] = [0.995 * far, 0.995 * dear]
    for (let j = 0; j < columns; j++) {
      x[j]! += step * dx[j]!
      low[j]! += priceStep * dLow[j]!
      high[j]! += priceStep * dHigh[j]!
    }
    for (let r = 0; r < rows; r++) y[r]! += priceStep * dy[r]!
  }
}

/** Columns that stand for many, which are the long ones, weigh as such: all others would have to wait for them. */
function columnsOf(program: BlockProgram) {
  const { columns, ownColumns } = sizeOf(program)
  const cost = new Float64Array(columns)
  const upper = new Float64Array(columns).fill(1, ownColumns)
  let at = 0
  for (const block of program.blocks) {
    cost.set(block.cost, at)
    upper.set(block.upper, at)
    at += block.shape.columns
  }
  cost.set(program.sharedCost, ownColumns)
  // below a billionth there is no room
  for (let j = 0; j < columns; j++) if (!(upper[j]! > 1e-9)) upper[j] = 0
  const sorted = upper.filter((top) => top > 0).toSorted()
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 1
  const share = upper.map((top) => (top > 0 ? Math.max((top / usual) ** 0.75, 1) : 0))
  share.fill(program.blocks.length, ownColumns)
  return { cost, upper, share }
}

function rhsOf({ blocks, linkRhs }: BlockProgram, rows: number): Float64Array {
  const rhs = new Float64Array(rows)
  let at = 0
  for (const block of blocks) {
    rhs.set(block.rhs, at)
    at += block.shape.rows
  }
  rhs.set(linkRhs, at)
  return rhs
}
