import type { Flow, Last } from '../world/device.ts'
import type { Measured } from '../world/measured.ts'
import type { ReadingRule } from './judges-readings.ts'
import { nothing } from './rule.ts'
import { fired } from './rule-finding.ts'

/** PH-8: a counter that only rises has fallen, and nothing says that it was reset. */
export function countsUp(): ReadingRule {
  return ({ measured, last }) => {
    const { counts, value, isMended } = measured
    if (counts === undefined || counts === 'net' || last === undefined || value >= last.value || isMended)
      return nothing
    return [fired('PH-8', 'major', { evidence: { wattHours: value, before: last.value } })]
  }
}

const leastSeconds = 900
/** So much of a window must be covered by readings of power. */
const coverage = 0.95
/** Between moments further apart than this nobody knows what flowed. */
const longestGap = 60

/** PH-9: what a counter gained is not what has flowed, over a quarter of an hour or more. */
export function energyIsPower({ share = 0.1, leastWattHours = 10 } = {}): ReadingRule {
  return ({ measured, device, last }) => {
    const { quantity, origin, counts, value, to, source, isPremises } = measured
    const flow = device.flows?.[origin]
    if (isPremises) return nothing
    if (quantity === 'watts') {
      if (flow) addFlow(flow, measured, last)
      return nothing
    }
    // the first counter that is met is held against the power, the others against their own fall only
    if (counts === undefined || (flow && flow.counter !== source)) return nothing
    const elapsed = flow ? to - flow.at : 0
    if (flow && elapsed < leastSeconds && !measured.isMended) return nothing
    const start = { counter: source, energy: value, at: to, given: 0, taken: 0, doubt: 0, seconds: 0 }
    device.flows = { ...device.flows, [origin]: start }
    if (!flow || measured.isMended || flow.seconds < coverage * elapsed) return nothing
    const gained = value - flow.energy
    const flown = { given: flow.given, taken: flow.taken, net: flow.given - flow.taken }[counts]
    if (Math.abs(gained - flown) <= share * Math.abs(flown) + leastWattHours + flow.doubt) return nothing
    return [fired('PH-9', 'moderate', { evidence: { wattHours: gained, integral: Math.round(flown) } })]
  }
}

/** Adds a reading of the one series of power that the window goes by. */
function addFlow(flow: Flow, measured: Measured, last: Last | undefined): void {
  flow.power ??= measured.source
  if (flow.power !== measured.source) return
  const { wattHours, doubt, seconds } = flownIn(measured, last, flow.at)
  flow.given += Math.max(wattHours, 0)
  flow.taken += Math.max(-wattHours, 0)
  flow.doubt += doubt
  flow.seconds += seconds
}

const noFlow = { wattHours: 0, doubt: 0, seconds: 0 }

/** A mean holds for its period; moments are joined by straight lines, though power may have kept to either until the other. */
function flownIn({ value, from, to, isMean }: Measured, last: Last | undefined, since: number): typeof noFlow {
  if (isMean) {
    const seconds = Math.max(0, to - Math.max(from, since))
    return { wattHours: (value * seconds) / 3600, doubt: 0, seconds }
  }
  if (!last || to - last.at > longestGap) return noFlow
  const seconds = Math.max(0, to - Math.max(last.at, since))
  const hours = seconds / 3600
  return { wattHours: ((value + last.value) / 2) * hours, doubt: (Math.abs(value - last.value) / 2) * hours, seconds }
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
