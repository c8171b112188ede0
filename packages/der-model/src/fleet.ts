import { createColumns, type Pool } from './columns.ts'
import type { TileInput } from './grid.ts'
import { type DerModel, withSettings } from './model.ts'
import type { DerSettings } from './settings.ts'
import { createOutput, createTile, stepTile, type Tile, type TileOutput } from './tile.ts'

/** So many DERs that share their settings. */
export type FleetGroup = Readonly<{ model: DerModel; count: number }>

/** Many DERs, numbered through the groups: write `input`, step, read `out`. */
export type Fleet = Readonly<{
  size: number
  groups: readonly {
    model: DerModel
    readonly first: number
    readonly count: number
    readonly tiles: readonly Tile[]
  }[]
  input: TileInput
  out: TileOutput
}>

/** So many DERs are stepped at a time: what one function leaves for the next stays in the processor's cache. */
const tileSize = 4096

/** A fleet before its first step; with `angles` each DER has phase angles of its own, otherwise they are 120 degrees apart. */
export function createFleet(groups: readonly FleetGroup[], { angles = false }: { angles?: boolean } = {}): Fleet {
  const size = groups.reduce((sum, { count }) => sum + count, 0)
  const input = createInput(size, angles)
  const out = createOutput(size)
  const pool: Pool = { size: tileSize, columns: [] }
  let first = 0
  const placed = groups.map(({ model, count }) => {
    const group = { model, first, count, tiles: tilesOf(model, { first, count, input, out, pool }) }
    first += count
    return group
  })
  return { size, groups: placed, input, out }
}

function createInput(size: number, angles: boolean): TileInput {
  const column = () => new Float64Array(size)
  const third = (2 * Math.PI) / 3
  return {
    f: column(),
    va: column(),
    vb: column(),
    vc: column(),
    pDc: column(),
    pDem: column(),
    ...(angles && { thetaA: column(), thetaB: column().fill(-third), thetaC: column().fill(third) }),
  }
}

type Share = Readonly<{ first: number; count: number; input: TileInput; out: TileOutput; pool: Pool }>

function tilesOf(model: DerModel, { first, count, input, out, pool }: Share): Tile[] {
  return Array.from({ length: Math.ceil(count / tileSize) }, (_, k) => {
    const start = first + k * tileSize
    const end = Math.min(start + tileSize, first + count)
    const output = {
      p: out.p.subarray(start, end),
      q: out.q.subarray(start, end),
      status: out.status.subarray(start, end),
    }
    return createTile(model, createColumns(end - start, pool), part(input, start, end), output)
  })
}

function part(input: TileInput, start: number, end: number): TileInput {
  const { f, va, vb, vc, pDc, pDem, thetaA, thetaB, thetaC } = input
  return {
    f: f.subarray(start, end),
    va: va.subarray(start, end),
    vb: vb.subarray(start, end),
    vc: vc.subarray(start, end),
    pDc: pDc.subarray(start, end),
    pDem: pDem.subarray(start, end),
    ...(thetaA && { thetaA: thetaA.subarray(start, end) }),
    ...(thetaB && { thetaB: thetaB.subarray(start, end) }),
    ...(thetaC && { thetaC: thetaC.subarray(start, end) }),
  }
}

/** Changes settings of one group, from the next step on. */
export function changeFleet({ groups }: Fleet, index: number, changes: Partial<DerSettings>): void {
  const group = groups[index]
  if (!group) throw new RangeError(`there is no group ${index} in a fleet of ${groups.length}`)
  group.model = withSettings(group.model, changes)
}

/** Advances every DER by one step of `ts` seconds: the numbers that `step` gives for each alone. */
export function stepFleet({ groups }: Fleet, ts: number): void {
  for (const { model, tiles } of groups) for (const tile of tiles) stepTile(tile, model, ts)
}
