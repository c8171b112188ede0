import { derType } from '@gridloom/sep2030'
import { sunElevation } from '../world/sun.ts'
import type { Judged, ReadingRule } from './judges-readings.ts'
import { followsLimit, followsTarget, withinRating } from './power-readings.ts'
import { nothing } from './rule.ts'
import { fired } from './rule-finding.ts'

/** PH-4 of measured power; what the premises take beside the device is not its doing. */
export function staysWithinRating(): ReadingRule {
  return ({ measured, ratedWatts }) => {
    if (measured.quantity !== 'watts' || measured.isPremises || ratedWatts === undefined || ratedWatts === 0)
      return nothing
    const [finding] = withinRating({ ratedWatts })({ at: measured.to, watts: measured.value })
    return finding ? [{ ...finding, evidence: { watts: measured.value, ratedWatts } }] : nothing
  }
}

/** PH-5 of measured power: a device with a target is there once it is settled. */
export function keepsTarget(): ReadingRule {
  return (judged) => {
    const { measured, orders, tally, ratedWatts } = judged
    const { target } = orders
    if (measured.quantity !== 'watts' || measured.isPremises || ratedWatts === undefined) return nothing
    if (!target) {
      tally.off = 0
      return nothing
    }
    const reading = { at: momentOf(judged), watts: measured.value, sourceLimited: isSourceLimited(judged) }
    const { misses, findings } = followsTarget(rampOf(judged, ratedWatts))(tally.off, reading, target)
    tally.off = misses
    const evidence = { watts: measured.value, targetWatts: target.watts }
    return findings.map((finding) => ({ ...finding, evidence }))
  }
}

/** PH-6 of measured power: a settled device stays below its limit, of what it gives or of what it takes. */
export function keepsLimit(): ReadingRule {
  return (judged) => {
    const { measured, orders, tally, ratedWatts } = judged
    if (measured.quantity !== 'watts' || ratedWatts === undefined) return nothing
    const { limit, importLimit } = orders
    const order = measured.value < 0 && importLimit ? turned(importLimit) : limit
    if (!order) {
      tally.over = 0
      return nothing
    }
    const isTaken = order !== limit
    const reading = { at: momentOf(judged), watts: isTaken ? -measured.value : measured.value }
    const { misses, findings } = followsLimit(rampOf(judged, ratedWatts))(tally.over, reading, order)
    tally.over = misses
    const evidence = { watts: measured.value, limitWatts: order.watts }
    return findings.map((finding) => ({ ...finding, evidence }))
  }
}

function turned<T extends Readonly<{ startWatts: number }>>(ruling: T): T {
  return { ...ruling, startWatts: Math.abs(ruling.startWatts) }
}

/** A mean is judged by its beginning: none of it may lie in the time that the device had to settle. */
function momentOf({ measured: { isMean, from, to } }: Judged): number {
  return isMean ? from : to
}

function rampOf({ device: { settings } }: Judged, ratedWatts: number) {
  // 0 stands for no limit of the ramp
  return { ratedWatts, ...(settings && settings.gradW > 0 && { setGradW: settings.gradW }) }
}

const emptyCharge = 0.1

/** Nobody sees the sun from here: of a panel it is taken that there was not enough of it. */
function isSourceLimited({ measured, registration, device }: Judged): boolean {
  if (measured.sourceLimited !== undefined) return measured.sourceLimited
  if (isPanel(registration?.source, device.capability?.type)) return true
  const soc = device.charge?.soc
  return soc !== undefined && soc <= emptyCharge
}

function isPanel(source: string | undefined, type: number | undefined): boolean {
  return source === 'pv' || (source === undefined && type === derType.photovoltaic)
}

/** PH-7: a panel delivers in the dark. */
export function sleepsAtNight({ degrees = -6, share = 0.02 } = {}): ReadingRule {
  return ({ measured, registration, ratedWatts, device }) => {
    const { latitude, longitude, source } = registration ?? {}
    if (measured.quantity !== 'watts' || measured.isPremises || latitude === undefined || longitude === undefined)
      return nothing
    if (!isPanel(source, device.capability?.type) || measured.value <= share * (ratedWatts ?? Infinity)) return nothing
    const isDark = [measured.from, measured.to].every((at) => sunElevation({ latitude, longitude }, at) < degrees)
    return isDark ? [fired('PH-7', 'moderate', { evidence: { watts: measured.value } })] : nothing
  }
}

/** PH-13: a device that calls itself off or disconnected has power all the same. */
export function isOffWhenOff({ share = 0.01 } = {}): ReadingRule {
  return ({ measured, device: { status }, ratedWatts }) => {
    if (measured.quantity !== 'watts' || measured.isPremises || !status?.isOff || measured.from < status.at)
      return nothing
    if (Math.abs(measured.value) <= share * (ratedWatts ?? Infinity)) return nothing
    return [fired('PH-13', 'major', { evidence: { watts: measured.value } })]
  }
}

/**
 * PH-12: a value that should vary comes ten times running, and again: what a panel gives, or a voltage that has varied before.
 * On a calm day a voltage stays the same for long: it has to be three times as long as it ever was.
 */
export function varies({ times = 10, learned = 10, factor = 3 } = {}): ReadingRule {
  return ({ measured, tally, orders, ratedWatts, registration, device }) => {
    const { quantity, value } = measured
    const running = tally.same + 1
    if (running < times || running <= factor * (tally.longest + 1) || (quantity !== 'watts' && quantity !== 'volts'))
      return nothing
    const isHeld = Boolean(orders.limit ?? orders.target ?? orders.importLimit) || orders.isOff
    const isIdle = value === 0 || Math.abs(value) >= 0.98 * (ratedWatts ?? Infinity)
    const type = device.capability?.type
    const isUnsteady = isPanel(registration?.source, type) || (registration?.source === undefined && type === undefined)
    const isExpected = quantity === 'watts' ? isUnsteady && !isHeld && !isIdle : tally.varied >= learned
    return isExpected ? [fired('PH-12', 'minor', { evidence: { quantity, value, times: running } })] : nothing
  }
}
