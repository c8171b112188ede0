import { fired, type RuleFinding } from './rule-finding.ts'
import { settleSeconds, type Ramped } from './settling.ts'

/** A power reading; `sourceLimited` when sun or state of charge allow no more. */
export type Reading = Readonly<{ at: number; watts: number; sourceLimited?: boolean }>

/** A limit or a target since it is active, and the power the device started from. */
export type Order = Readonly<{ watts: number; since: number; startWatts: number }>

/** How many readings in a row missed the order: kept by the caller from reading to reading, 0 at first. */
export type Judged = Readonly<{ misses: number; findings: readonly RuleFinding[] }>

export type OrderRule = (misses: number, reading: Reading, order: Order) => Judged

/** PH-4: no device puts out more than its rating, limit or none. */
export function withinRating({ ratedWatts }: Ramped, { factor = 1.05 } = {}) {
  return ({ watts }: Reading): readonly RuleFinding[] =>
    Math.abs(watts) > factor * ratedWatts ? [fired('PH-4', 'major')] : []
}

/** PH-6: a settled device puts out more than its limit, twice running. */
export function followsLimit(device: Ramped, { share = 0.05, q = 0.9 } = {}): OrderRule {
  return (misses, reading, limit) => {
    const change = Math.max(0, limit.startWatts - limit.watts)
    const over = reading.watts > limit.watts + share * device.ratedWatts
    return judged(
      over && isSettled(device, { change, reading, order: limit }) ? misses + 1 : 0,
      fired('PH-6', 'major', { q }),
    )
  }
}

/** PH-5: a settled device is off its target, twice running; nobody is blamed for a lack of sun. */
export function followsTarget(device: Ramped, { share = 0.05, leastWatts = 100, q = 0.9 } = {}): OrderRule {
  return (misses, reading, target) => {
    const change = target.startWatts - target.watts
    const off = Math.abs(reading.watts - target.watts) > Math.max(share * device.ratedWatts, leastWatts)
    const excused = reading.sourceLimited === true && reading.watts < target.watts
    const missed = off && !excused && isSettled(device, { change, reading, order: target })
    return judged(missed ? misses + 1 : 0, fired('PH-5', 'major', { q }))
  }
}

function isSettled(
  device: Ramped,
  { change, reading, order }: Readonly<{ change: number; reading: Reading; order: Order }>,
): boolean {
  return reading.at - order.since >= settleSeconds(device, change)
}

function judged(misses: number, finding: RuleFinding): Judged {
  return { misses, findings: misses >= 2 ? [finding] : [] }
}
