import type { Device } from '../world/device.ts'
import { fleetSize, serverOf } from '../world/world.ts'
import type { ReadingRule } from './judges-readings.ts'
import { nothing } from './rule.ts'
import { fired } from './rule-finding.ts'

const mostSteps = 2000
const aroundControl = 120
const aroundCommand = 30

/** PH-16: a good part of a fleet steps the same way within a minute, and no control told it to; held against the fleet. */
export function stepsAlone({ share = 0.1, least = 5, step = 0.5, seconds = 60, quietSeconds = 300 } = {}): ReadingRule {
  return ({ measured, last, device, dcm, ratedWatts, world, registration }) => {
    const gsp = device.server
    if (measured.quantity !== 'watts' || measured.isPremises || !last || !ratedWatts || gsp === undefined)
      return nothing
    const change = measured.value - last.value
    if (Math.abs(change) <= step * ratedWatts || wasTold(device, last.at, measured.to) || !registration) return nothing
    const server = serverOf(world, gsp)
    const at = measured.to
    const sign = Math.sign(change)
    const recent = server.steps.filter((one) => Math.abs(at - one.at) <= seconds && one.subject !== dcm)
    server.steps = [...recent, { subject: dcm, at, sign }].slice(-mostSteps)
    const together = server.steps.filter((one) => one.sign === sign).length
    const isTold = server.steppedAt !== undefined && at - server.steppedAt < quietSeconds
    if (isTold || together < least || together < share * fleetSize(world, gsp)) return nothing
    server.steppedAt = at
    return [fired('PH-16', 'critical', { subject: `fleet/${gsp}`, evidence: { devices: together } })]
  }
}

/** A control began or ended about when the step came, or its DCM told it to for a trade or a region. */
function wasTold({ controls = {}, commandedAt }: Device, from: number, to: number): boolean {
  if (commandedAt !== undefined && commandedAt >= from - aroundCommand && commandedAt <= to) return true
  return Object.values(controls).some(({ fact: { start, duration, randomizeStart, randomizeDuration } }) => {
    const edges = [start, start + randomizeStart, start + duration, start + duration + randomizeDuration]
    return edges.some((edge) => from - aroundControl <= edge && edge <= to + aroundControl)
  })
}
