/**
 * Columns: one number per DER of a tile. `kept` columns survive a step; `scratch` columns hold what a step computes on
 * its way and may be shared by the tiles of a fleet, which take their turns.
 */
export type Columns = Readonly<{
  n: number
  kept: (initial: number) => Float64Array
  scratch: () => Float64Array
  flags: (initial?: boolean) => Uint8Array
  codes: (initial: number) => Int8Array
}>

/** Scratch columns that tiles share, each of `size` rows. */
export type Pool = Readonly<{ size: number; columns: Float64Array[] }>

/** Columns of `n` rows; scratch columns come from the pool, in the order in which they are asked for. */
export function createColumns(n: number, pool: Pool = { size: n, columns: [] }): Columns {
  let taken = 0
  return {
    n,
    kept: (initial) => new Float64Array(n).fill(initial),
    scratch: () => {
      const column = (pool.columns[taken] ??= new Float64Array(pool.size))
      taken += 1
      return column
    },
    flags: (initial = false) => new Uint8Array(n).fill(initial ? 1 : 0),
    codes: (initial) => new Int8Array(n).fill(initial),
  }
}

/** The first row of some columns as a plain value: flags are booleans, other columns numbers; what is not a column stays out. */
export type Row<T> = {
  readonly [K in keyof T as T[K] extends Float64Array | Int8Array | Uint8Array ? K : never]: T[K] extends Uint8Array
    ? boolean
    : number
}

export function rowOf<T extends object>(columns: T): Row<T> {
  const row = {}
  for (const [name, column] of Object.entries(columns)) {
    if (column instanceof Uint8Array) Object.defineProperty(row, name, { enumerable: true, get: () => column[0] === 1 })
    else if (column instanceof Float64Array || column instanceof Int8Array) {
      Object.defineProperty(row, name, { enumerable: true, get: () => column[0] })
    }
  }
  return row as Row<T>
}
