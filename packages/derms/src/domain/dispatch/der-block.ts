// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import type { Block, Shape } from './block-program.ts'
import type { DerSource } from './der-source.ts'

/** What of a DER is more than its bounds in each step. */
export type Kind = Readonly<{ hasStore: boolean; hasRamp: boolean; hasShares: boolean }>

/** How the blocks of a kind are laid out. */
export type Layout = Readonly<{
  kind: Kind
  shape: Shape
  /** Of the power of a step; their columns come first in it. */
  segments: number
  columnsPerStep: number
  /** What each entry of the shape is. */
  meaning: Uint8Array
}>

const meanings = { one: 0, minusOne: 1, energy: 2, up: 3, down: 4 } as const

/**
 * The power of a step is the least of it and what is taken of two segments, below and above the base; of a store of three,
 * because zero parts them too. So each has one price and one efficiency. Rows and columns go step by step:
 *
 * - shares: what is moved up, and down, is no more than the shared column allows; one slack each
 * - energy: what the step takes from the store or brings; its column is the energy after the step above the least there may be
 * - ramp: the way from the step before; its slack is as long as twice the ramp
 */
export function layoutOf(kind: Kind, steps: number): Layout {
  const { hasStore, hasRamp, hasShares } = kind
  const segments = hasStore ? 3 : 2
  // rows of shares come first: they meet no row of an earlier step
  const energy = 2 * Number(hasShares)
  const ramp = energy + Number(hasStore)
  const rowsPerStep = ramp + Number(hasRamp)
  const columns: Column[] = []
  for (let t = 0; t < steps; t++) {
    const row = t * rowsPerStep
    const next = row + rowsPerStep
    for (let n = 0; n < segments; n++) {
      const entries: Entry[] = []
      if (hasShares && n > 0) entries.push([row, meanings.up])
      if (hasShares && n < segments - 1) entries.push([row + 1, meanings.down])
      if (hasStore) entries.push([row + energy, meanings.energy])
      if (hasRamp) entries.push([row + ramp, meanings.one], [next + ramp, meanings.minusOne])
      columns.push({ link: t, entries })
    }
    if (hasShares) columns.push(alone([row, meanings.one]), alone([row + 1, meanings.one]))
    if (hasStore) columns.push(alone([row + energy, meanings.one], [next + energy, meanings.minusOne]))
    if (hasRamp) columns.push(alone([row + ramp, meanings.one]))
  }
  const rows = steps * rowsPerStep
  const stepOf = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / rowsPerStep))
  const sharedOf = stepOf.map((step, row) => (row % rowsPerStep < energy ? step : -1))
  return { kind, segments, columnsPerStep: segments + rowsPerStep, ...shapeOf(columns, { rows, stepOf, sharedOf }) }
}

type Entry = readonly [row: number, meaning: number]
type Column = Readonly<{ link: number; entries: readonly Entry[] }>

function alone(...entries: readonly Entry[]): Column {
  return { link: -1, entries }
}

/** Leaves out what lies beyond the last step. */
function shapeOf(columns: readonly Column[], { rows, stepOf, sharedOf }: Pick<Shape, 'rows' | 'stepOf' | 'sharedOf'>) {
  const within = columns.map(({ entries }) => entries.filter(([row]) => row < rows))
  const start = new Int32Array(columns.length + 1)
  within.forEach(({ length }, n) => (start[n + 1] = start[n]! + length))
  const band = within.reduce((most, entries) => {
    const ends = entries.map(([row]) => row)
    return Math.max(most, Math.max(...ends) - Math.min(...ends))
  }, 0)
  const shape: Shape = {
    rows,
    columns: columns.length,
    band,
    stepOf,
    sharedOf,
    linkOf: Int32Array.from(columns, ({ link }) => link),
    linkSign: new Float64Array(columns.length).fill(1),
    start,
    rowOf: Int32Array.from(within.flat(), ([row]) => row),
  }
  return { shape, meaning: Uint8Array.from(within.flat(), ([, meaning]) => meaning) }
}

export function emptyBlock({ shape }: Pick<Layout, 'shape'>): Block {
  return {
    shape,
    rhs: new Float64Array(shape.rows),
    sharedValue: new Float64Array(shape.rows),
    cost: new Float64Array(shape.columns),
    upper: new Float64Array(shape.columns),
    value: new Float64Array(shape.rowOf.length),
  }
}

export function clearBlock({ rhs, sharedValue, cost, upper, value }: Block): void {
  for (const numbers of [rhs, sharedValue, cost, upper, value]) numbers.fill(0)
}

/** Adds a DER to a block. Prices and efficiencies add up too; who adds several divides by their number. */
export function addDer({ kind, segments, columnsPerStep, meaning }: Layout, block: Block, der: DerSource): void {
  const { base, min, max, up, down, now, store, limits, stepHours } = der
  const { shape, rhs, sharedValue, cost, upper, value } = block
  const { chargeEfficiency = 1, dischargeEfficiency = 1 } = store ?? {}
  let row = 0
  for (let t = 0; t < base.length; t++) {
    const [still, least, most] = [base[t]!, min[t]!, max[t]!]
    let column = t * columnsPerStep
    addSegments(column, still, least, most)
    column += segments
    if (kind.hasShares) {
      addRow(column++, 0, most - still)
      sharedValue[row++]! -= most - still
      addRow(column++, -(still - least), still - least)
      sharedValue[row++]! -= still - least
    }
    if (kind.hasStore) {
      const floor = limits.floor[t]!
      const before = t === 0 ? store!.energyWh : limits.floor[t - 1]!
      const stored = least > 0 ? -least / dischargeEfficiency : -least * chargeEfficiency
      addRow(column++, stored + (before - floor) / stepHours, Math.max(limits.ceiling[t]! - floor, 0) / stepHours)
      row++
    }
    if (kind.hasRamp) {
      const far = limits.ramp[t]!
      addRow(column++, far - least + (t === 0 ? now : min[t - 1]!), 2 * far)
      row++
    }
  }

  function addSegments(first: number, still: number, least: number, most: number): void {
    const zero = Math.min(Math.max(0, least), most)
    const isImport = still < 0
    const lower = segments === 3 ? Math.min(still, zero) : still
    const higher = segments === 3 ? Math.max(still, zero) : most
    for (let n = 0; n < segments; n++) {
      const isUp = n === segments - 1 || (n > 0 && isImport)
      const isCharge = n === 0 || (n === 1 && isImport)
      const column = first + n
      upper[column]! += n === 0 ? lower - least : n === 1 ? higher - lower : most - higher
      cost[column]! += isUp ? up : -down
      for (let k = shape.start[column]!; k < shape.start[column + 1]!; k++) {
        const what = meaning[k]!
        if (what === meanings.energy) value[k]! += isCharge ? chargeEfficiency : 1 / dischargeEfficiency
        else if (what === meanings.up) value[k]! += Number(isUp)
        else if (what === meanings.down) value[k]! -= Number(!isUp)
        else value[k]! += what === meanings.one ? 1 : -1
      }
    }
  }

  /** The column that a row has for itself, and what the row comes to. */
  function addRow(column: number, comesTo: number, room: number): void {
    rhs[row]! += comesTo
    upper[column]! += room
    for (let k = shape.start[column]!; k < shape.start[column + 1]!; k++)
      value[k]! += meaning[k] === meanings.one ? 1 : -1
  }
}
