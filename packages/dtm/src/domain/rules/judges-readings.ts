import type { TrustRegistration } from '@gridloom/contracts'
import { withinRoom } from '../world/memory.ts'
import type { Device, Last } from '../world/device.ts'
import { inForce, type InForce } from '../world/in-force.ts'
import { measuredIn, type Measured } from '../world/measured.ts'
import type { Message } from '../world/message.ts'
import { deviceOf, ratedWatts, type World } from '../world/world.ts'
import { nothing, type Rule } from './rule.ts'
import type { RuleFinding } from './rule-finding.ts'

/** A measured value with all that it is judged by. */
export type Judged = Readonly<{
  measured: Measured
  device: Device
  dcm: string
  registration: TrustRegistration | undefined
  ratedWatts: number | undefined
  orders: InForce
  /** The last value of the same series. */
  last: Last | undefined
  /** How often running it was over its limit or off its target, for the rules to count on. */
  tally: Last
  message: Message
  world: World
}>

export type ReadingRule = (judged: Judged) => readonly RuleFinding[]

const mostSeries = 16

/** Judges each measured value of a message by rules of its own, and remembers it. */
export function judgesReadings(rules: readonly ReadingRule[]): Rule {
  return (message, world) => {
    const { dcm, from, gsp } = message
    if (dcm === undefined || from.id === gsp) return nothing
    if (!message.facts.meter && message.observation.kind !== 'device-reply') return nothing
    const device = deviceOf(world, dcm)
    const measured = measuredIn(message, device)
    if (measured.length === 0) return nothing
    const rated = ratedWatts(world, dcm)
    const registration = world.registry.get(dcm)
    return measured.flatMap((one) => {
      const orders = rated === undefined ? { isOff: false } : inForce(device, rated, one)
      const last = device.last?.[one.source]
      const tally = talliedOn(last, one)
      const judged = {
        measured: one,
        device,
        dcm,
        registration,
        ratedWatts: rated,
        orders,
        last,
        tally,
        message,
        world,
      }
      const findings = rules.flatMap((rule) => rule(judged))
      remember(device, one, tally)
      return findings
    })
  }
}

function talliedOn(last: Last | undefined, { value, to }: Measured): Last {
  const isSame = last?.value === value
  return {
    at: to,
    value,
    same: isSame ? last.same + 1 : 0,
    longest: last ? Math.max(last.longest, isSame ? 0 : last.same) : 0,
    varied: (last?.varied ?? 0) + Number(last !== undefined && !isSame),
    over: last?.over ?? 0,
    off: last?.off ?? 0,
  }
}

function remember(device: Device, { source, quantity, to, value }: Measured, tally: Last): void {
  const all = (device.last ??= {})
  delete all[source]
  all[source] = tally
  withinRoom(all, mostSeries)
  if (quantity !== 'watts') return
  for (const held of Object.values(device.controls ?? {})) if (held.fact.start >= to) held.startWatts = value
}
