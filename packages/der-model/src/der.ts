import { createColumns, type Row, rowOf } from './columns.ts'
import type { DerInput } from './input.ts'
import type { DerModel } from './model.ts'
import { createOutput, createTile, stepTile, type Tile } from './tile.ts'

/** One DER: a tile of one, and its values by name. */
export type DerState = Row<Pick<Tile, 'pAvl' | 'pDem'>> &
  Readonly<{
    tile: Tile
    grid: Row<Tile['grid']>
    enter: Row<Tile['enter']>
    trip: Row<Tile['trip']>
    rideThrough: Row<Tile['rideThrough']>
    service: Row<Tile['service']>
    battery: Row<Tile['battery']>
    active: Row<Tile['active']>
    droop: Row<Tile['droop']>
    reactive: Row<Tile['reactive']> &
      Readonly<Record<'constPf' | 'constQ' | 'voltVar' | 'wattVar', Readonly<{ q: number }>>>
    currents: Row<Tile['currents']>
    limited: Row<Tile['limited']>
    out: Row<Pick<Tile['out'], 'p' | 'q'>>
  }>

/** A DER as it is before its first step: also the full reset (R12). */
export function createState(model: DerModel): DerState {
  const tile = createTile(model, createColumns(1), createInput(), createOutput(1))
  const { reactive } = tile
  return Object.assign(rowOf(tile), {
    tile,
    grid: rowOf(tile.grid),
    enter: rowOf(tile.enter),
    trip: rowOf(tile.trip),
    rideThrough: rowOf(tile.rideThrough),
    service: rowOf(tile.service),
    battery: rowOf(tile.battery),
    active: rowOf(tile.active),
    droop: rowOf(tile.droop),
    reactive: Object.assign(rowOf(reactive), {
      constPf: rowOf(reactive.constPf),
      constQ: rowOf(reactive.constQ),
      voltVar: rowOf(reactive.voltVar),
      wattVar: rowOf(reactive.wattVar),
    }),
    currents: rowOf(tile.currents),
    limited: rowOf(tile.limited),
    out: rowOf({ p: tile.out.p, q: tile.out.q }),
  })
}

const createInput = () => ({
  f: new Float64Array(1),
  va: new Float64Array(1),
  vb: new Float64Array(1),
  vc: new Float64Array(1),
  thetaA: new Float64Array(1),
  thetaB: new Float64Array(1),
  thetaC: new Float64Array(1),
  pDc: new Float64Array(1),
  pDem: new Float64Array(1),
})

/** Advances `state` in place by one step of `ts` seconds. */
export function step(model: DerModel, { tile }: DerState, from: DerInput, ts: number): void {
  const { input } = tile
  input.f[0] = from.f
  input.va[0] = from.va
  input.vb[0] = from.vb
  input.vc[0] = from.vc
  if (input.thetaA) input.thetaA[0] = from.thetaA
  if (input.thetaB) input.thetaB[0] = from.thetaB
  if (input.thetaC) input.thetaC[0] = from.thetaC
  input.pDc[0] = from.pDc
  input.pDem[0] = from.pDem
  stepTile(tile, model, ts)
}
