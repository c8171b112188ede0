import type { ReadingRule } from './judges-readings.ts'
import { nothing } from './rule.ts'
import { fired } from './rule-finding.ts'

/** PH-8: a counter that only rises has fallen, and nothing says that it was reset. */
export function countsUp(): ReadingRule {
  return ({ measured, last }) => {
    const isFallen =
      measured.quantity === 'wattHours' && measured.isCounter && last !== undefined && measured.value < last.value
    if (!isFallen || measured.isMended) return nothing
    return [fired('PH-8', 'major', { evidence: { wattHours: measured.value, before: last.value } })]
  }
}

const leastSeconds = 900
/** So much of a window must be covered by readings of power. */
const coverage = 0.95
const longestGap = 600

/** PH-9: what a counter gained is not what has flowed, over a quarter of an hour or more. */
export function energyIsPower({ share = 0.1, leastWattHours = 10 } = {}): ReadingRule {
  return ({ measured, device, last }) => {
    if (measured.isPremises) return nothing
    if (measured.quantity === 'watts') {
      const flow = device.flow
      if (!flow || measured.to <= flow.at) return nothing
      const { wattHours, seconds } = flownIn(measured, last)
      flow.wattHours += wattHours
      flow.seconds += seconds
      return nothing
    }
    if (measured.quantity !== 'wattHours' || !measured.isCounter) return nothing
    const flow = device.flow
    const elapsed = flow ? measured.to - flow.at : 0
    if (flow && elapsed < leastSeconds && measured.value >= flow.energy) return nothing
    device.flow = { energy: measured.value, at: measured.to, wattHours: 0, seconds: 0 }
    if (!flow || measured.value < flow.energy || measured.isMended || flow.seconds < coverage * elapsed) return nothing
    const gained = measured.value - flow.energy
    const flown = Math.abs(flow.wattHours)
    if (Math.abs(gained - flown) <= share * flown + leastWattHours) return nothing
    return [fired('PH-9', 'moderate', { evidence: { wattHours: gained, integral: Math.round(flown) } })]
  }
}

type Span = Readonly<{ value: number; from: number; to: number; isMean: boolean }>

/** A mean holds for its period, moments are joined by straight lines. */
function flownIn({ value, from, to, isMean }: Span, last: Readonly<{ at: number; value: number }> | undefined) {
  if (isMean) return { wattHours: (value * (to - from)) / 3600, seconds: to - from }
  const seconds = last ? to - last.at : 0
  if (!last || seconds <= 0 || seconds > longestGap) return { wattHours: 0, seconds: 0 }
  return { wattHours: ((value + last.value) / 2) * (seconds / 3600), seconds }
}

const windowSeconds = 900

/** PH-10: a state of charge that cannot be, or that moves against the power for a quarter of an hour. */
export function chargeFollowsPower({ share = 0.05 } = {}): ReadingRule {
  return ({ measured, device, registration }) => {
    if (measured.quantity === 'watts' && !measured.isPremises && device.charge) {
      device.charge.leastWatts = Math.min(device.charge.leastWatts, measured.value)
      device.charge.mostWatts = Math.max(device.charge.mostWatts, measured.value)
      return nothing
    }
    if (measured.quantity !== 'soc') return nothing
    const { value: soc, to: at } = measured
    const evidence = { soc }
    if (soc < 0 || soc > 1) return [fired('PH-10', 'moderate', { evidence })]
    const before = device.charge
    if (!before || at - before.at > windowSeconds) {
      device.charge = { soc, at, leastWatts: Number.MAX_VALUE, mostWatts: -Number.MAX_VALUE }
      return nothing
    }
    const wasSeen = before.leastWatts <= before.mostWatts
    // what is charged by its own panels may give and gain at once
    const isPure = registration?.source === undefined || registration.source === 'battery'
    const againstGiving = soc - before.soc > share && before.leastWatts > 0
    const againstTaking = before.soc - soc > share && before.mostWatts < 0
    if (!wasSeen || !isPure || !(againstGiving || againstTaking)) return nothing
    device.charge = { soc, at, leastWatts: Number.MAX_VALUE, mostWatts: -Number.MAX_VALUE }
    return [fired('PH-10', 'moderate', { evidence: { ...evidence, before: before.soc } })]
  }
}
