import { createOnDelay, onDelay, type OnDelay } from './blocks.ts'
import { type Columns, createColumns } from './columns.ts'
import type { DerSettings, Points } from './settings.ts'
import type { Tile } from './tile.ts'

/** Trips after `seconds` beyond `threshold`: pu of voltage or Hz. */
export type TripPoint = Readonly<{
  quantity: 'voltage' | 'frequency'
  beyond: 'low' | 'high'
  threshold: number
  seconds: number
}>

/** The must-trip points of some settings, then those at which the device may trip. */
export type TripPoints = Readonly<{ must: readonly TripPoint[]; may: readonly TripPoint[]; calm: Calm }>

/** The range in which no point is passed. */
type Calm = Readonly<{ vLow: number; vHigh: number; fLow: number; fHigh: number }>

export function tripPointsOf(s: DerSettings): TripPoints {
  const { UV_TRIP_CURVE: uv, OV_TRIP_CURVE: ov, UF_TRIP_CURVE: uf, OF_TRIP_CURVE: of } = s
  const must = [
    ...points('voltage', 'low', uv ?? { x: [s.UV1_TRIP_T, s.UV2_TRIP_T], y: [s.UV1_TRIP_V, s.UV2_TRIP_V] }),
    ...points('voltage', 'high', ov ?? { x: [s.OV1_TRIP_T, s.OV2_TRIP_T], y: [s.OV1_TRIP_V, s.OV2_TRIP_V] }),
    ...points('frequency', 'low', uf ?? { x: [s.UF1_TRIP_T, s.UF2_TRIP_T], y: [s.UF1_TRIP_F, s.UF2_TRIP_F] }),
    ...points('frequency', 'high', of ?? { x: [s.OF1_TRIP_T, s.OF2_TRIP_T], y: [s.OF1_TRIP_F, s.OF2_TRIP_F] }),
  ]
  const may = [
    ...points('voltage', 'low', s.UV_MAY_TRIP_CURVE),
    ...points('voltage', 'high', s.OV_MAY_TRIP_CURVE),
    ...points('frequency', 'low', s.UF_MAY_TRIP_CURVE),
    ...points('frequency', 'high', s.OF_MAY_TRIP_CURVE),
  ]
  return { must, may, calm: calmOf([...must, ...may]) }
}

function points(
  quantity: TripPoint['quantity'],
  beyond: TripPoint['beyond'],
  curve: Points = { x: [], y: [] },
): TripPoint[] {
  return curve.x.map((seconds, k) => ({ quantity, beyond, threshold: curve.y[k] ?? Number.NaN, seconds }))
}

function calmOf(all: readonly TripPoint[]): Calm {
  const levels = (quantity: TripPoint['quantity'], beyond: TripPoint['beyond']) =>
    all.filter((point) => point.quantity === quantity && point.beyond === beyond).map((point) => point.threshold)
  return {
    vLow: Math.max(...levels('voltage', 'low')),
    vHigh: Math.min(...levels('voltage', 'high')),
    fLow: Math.max(...levels('frequency', 'low')),
    fHigh: Math.min(...levels('frequency', 'high')),
  }
}

export type Trip = {
  /** One on-delay per point, those that must first. */
  timers: OnDelay[]
  /** Whether any timer of the device may have something to forget. */
  readonly busy: Uint8Array
  readonly must: Uint8Array
  readonly may: Uint8Array
}

export function createTrip(columns: Columns, { must, may }: TripPoints, elapsed: number): Trip {
  return {
    timers: Array.from({ length: must.length + may.length }, () => createOnDelay(columns, elapsed)),
    busy: columns.flags(true),
    must: columns.flags(),
    may: columns.flags(),
  }
}

/** Makes the timers fit the points of the settings in force: a curve of more points needs more. */
export function fitTrip({ n, model: { trips }, trip }: Tile): void {
  const wanted = trips.must.length + trips.may.length
  if (trip.timers.length === wanted) return
  trip.timers = Array.from({ length: wanted }, () => createOnDelay(createColumns(n), 0))
  trip.busy.fill(1)
}

/** Runs every timer in every step: none is skipped because another has tripped. */
export function updateTrip(tile: Tile, ts: number): void {
  const { n, model, grid, input, trip } = tile
  const { must, may, busy } = trip
  const { calm } = model.trips
  const permitted = model.settings.ES_PERMIT_SERVICE
  const uses = model.settings.MAY_TRIP_USED
  for (let i = 0; i < n; i++) {
    const f = input.f[i] ?? 0
    const isCalm =
      (grid.vLow[i] ?? 0) >= calm.vLow && (grid.vHigh[i] ?? 0) <= calm.vHigh && f >= calm.fLow && f <= calm.fHigh
    if (!isCalm || busy[i] === 1) {
      runTimers(tile, i, ts)
      busy[i] = isCalm ? 0 : 1
    }
    if (!permitted || (uses && may[i] === 1)) must[i] = 1
    else if (isCalm) must[i] = 0
  }
}

function runTimers(tile: Tile, i: number, ts: number): void {
  const { timers, must, may } = tile.trip
  const { trips } = tile.model
  const countMust = trips.must.length
  must[i] = 0
  may[i] = 0
  for (let k = 0; k < timers.length; k++) {
    const timer = timers[k]
    const point = k < countMust ? trips.must[k] : trips.may[k - countMust]
    if (!timer || !point || !onDelay(timer, i, isBeyond(tile, i, point), point.seconds, ts)) continue
    if (k < countMust) must[i] = 1
    else may[i] = 1
  }
}

function isBeyond({ grid, input }: Tile, i: number, { quantity, beyond, threshold }: TripPoint): boolean {
  if (quantity === 'frequency') return beyond === 'low' ? (input.f[i] ?? 0) < threshold : (input.f[i] ?? 0) > threshold
  return beyond === 'low' ? (grid.vLow[i] ?? 0) < threshold : (grid.vHigh[i] ?? 0) > threshold
}
