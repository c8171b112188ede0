import type { Columns } from './columns.ts'
import type { DerSettings } from './settings.ts'
import { Status } from './status.ts'
import type { Tile } from './tile.ts'

export type RideThrough = Readonly<{
  voltage: Int8Array
  frequency: Int8Array
  /** Seconds of this disturbance on each side, for whoever watches. */
  lvSeconds: Float64Array
  hvSeconds: Float64Array
  lfSeconds: Float64Array
  hfSeconds: Float64Array
  /** Whether the least time to ride through has passed (R11: in the reference it says the opposite). */
  isOver: Uint8Array
}>

export const createRideThrough = ({ codes, kept, flags }: Columns): RideThrough => ({
  voltage: codes(Status.continuous),
  frequency: codes(Status.continuous),
  lvSeconds: kept(0),
  hvSeconds: kept(0),
  lfSeconds: kept(0),
  hfSeconds: kept(0),
  isOver: flags(),
})

/** The ride-through modes by voltage and by frequency (fact sheet, section 5). */
export function updateRideThrough(tile: Tile, ts: number): void {
  const { n, model, grid, input, rideThrough } = tile
  const { voltage, frequency } = rideThrough
  const s = model.settings
  for (let i = 0; i < n; i++) {
    const vLow = grid.vLow[i] ?? 0
    const vHigh = grid.vHigh[i] ?? 0
    const f = (input.f[i] ?? 0) * (60 / s.NP_F_NOM)
    const wasCalm = voltage[i] === Status.continuous && frequency[i] === Status.continuous
    const rtV = voltageMode(s, vLow, vHigh)
    const rtF = frequencyMode(frequency[i] ?? 0, f)
    voltage[i] = rtV
    frequency[i] = rtF
    if (!wasCalm || rtV !== Status.continuous || rtF !== Status.continuous) watch(tile, i, f, ts)
  }
}

/** High side, low side, then momentary cessation; a later rule may not lower the mode. */
function voltageMode(settings: DerSettings, vLow: number, vHigh: number): Status {
  if (vLow >= 0.88 && vHigh <= 1.1 && !settings.MC_ENABLE) return Status.continuous
  let mode: Status = Status.continuous
  if (vHigh > 1.1) mode = accept(mode, highSide(settings, vHigh))
  if (vLow < 0.88) mode = accept(mode, lowSide(settings, vLow))
  const ceases = settings.MC_ENABLE && (vHigh >= settings.MC_HVRT_V1 || vLow <= settings.MC_LVRT_V1)
  if (ceases && settings.NP_ABNORMAL_OP_CAT !== 'CAT_III') mode = Status.momentary
  return mode
}

function accept(mode: Status, next: Status): Status {
  return next >= Math.min(mode, Status.momentary) ? next : mode
}

function highSide(settings: DerSettings, vHigh: number): Status {
  if (settings.NP_ABNORMAL_OP_CAT !== 'CAT_III') return vHigh <= 1.2 ? Status.permissive : Status.cease
  return settings.MC_ENABLE && vHigh >= settings.MC_HVRT_V1 ? Status.momentary : Status.mandatory
}

function lowSide(settings: DerSettings, vLow: number): Status {
  switch (settings.NP_ABNORMAL_OP_CAT) {
    case 'CAT_I':
      return vLow >= 0.7 ? Status.mandatory : vLow >= 0.5 ? Status.permissive : Status.cease
    case 'CAT_II':
      return vLow >= 0.65 ? Status.mandatory : vLow >= 0.3 ? Status.permissive : Status.cease
    case 'CAT_III':
      return settings.MC_ENABLE && vLow <= settings.MC_LVRT_V1 ? Status.momentary : Status.mandatory
    default:
      return settings.NP_ABNORMAL_OP_CAT satisfies never
  }
}

/** Later rules win, so 58.5 to 58.8 Hz and exactly 61.2 Hz are mandatory operation. */
function frequencyMode(previous: number, f: number): number {
  let mode = previous
  if (f >= 58.5 && f <= 61.2) mode = Status.continuous
  if (f >= 61.2) mode = f <= 61.8 ? Status.mandatory : Status.notDefined
  if (f <= 58.8) mode = f >= 57 ? Status.mandatory : Status.notDefined
  return mode
}

/** Counts the seconds of a disturbance and compares them with the least to ride through. */
function watch({ model: { settings }, grid, rideThrough }: Tile, i: number, f: number, ts: number): void {
  const { voltage, frequency, lvSeconds, hvSeconds, lfSeconds, hfSeconds, isOver } = rideThrough
  const vLow = grid.vLow[i] ?? 0
  const vHigh = grid.vHigh[i] ?? 0
  count(lvSeconds, i, voltage[i] === Status.continuous, vLow < 0.88, ts)
  count(hvSeconds, i, voltage[i] === Status.continuous, vHigh > 1.1, ts)
  count(lfSeconds, i, frequency[i] === Status.continuous, f < 58.8, ts)
  count(hfSeconds, i, frequency[i] === Status.continuous, f > 61.2, ts)
  const over =
    (vLow < 0.88 && (lvSeconds[i] ?? 0) >= leastLowSeconds(settings, vLow)) ||
    (vHigh > 1.1 && (hvSeconds[i] ?? 0) >= leastHighSeconds(settings, vHigh)) ||
    (frequency[i] !== Status.continuous && Math.max(lfSeconds[i] ?? 0, hfSeconds[i] ?? 0) >= 299)
  isOver[i] = over === settings.strict1547 ? 1 : 0
}

function count(seconds: Float64Array, i: number, resets: boolean, runs: boolean, ts: number): void {
  if (resets) seconds[i] = 0
  else if (runs) seconds[i] = (seconds[i] ?? 0) + ts
}

/** IEEE 1547-2018 tables 14 to 16, low side, in seconds. */
function leastLowSeconds({ NP_ABNORMAL_OP_CAT }: DerSettings, v: number): number {
  switch (NP_ABNORMAL_OP_CAT) {
    case 'CAT_I':
      return v >= 0.7 ? 0.7 + 4 * (v - 0.7) : v >= 0.5 ? 0.16 : 0
    case 'CAT_II':
      return v >= 0.65 ? 3 + 8.7 * (v - 0.65) : v >= 0.45 ? 0.32 : v >= 0.3 ? 0.16 : 0
    case 'CAT_III':
      return v >= 0.7 ? 20 : v >= 0.5 ? 10 : 1
    default:
      return NP_ABNORMAL_OP_CAT satisfies never
  }
}

function leastHighSeconds({ NP_ABNORMAL_OP_CAT }: DerSettings, v: number): number {
  if (v > 1.2) return 0
  if (NP_ABNORMAL_OP_CAT === 'CAT_III') return 12
  return v > 1.175 ? 0.2 : v > 1.15 ? 0.5 : 1
}
