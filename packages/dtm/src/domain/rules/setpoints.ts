import type { Order } from '../world/control-facts.ts'
import type { Device } from '../world/device.ts'
import { inForce } from '../world/in-force.ts'
import type { Message } from '../world/message.ts'
import { ratedWatts, type World } from '../world/world.ts'
import { withinNameplate, type Setpoint } from './nameplate.ts'
import { nothing, type Rule } from './rule.ts'
import { fired, type RuleFinding } from './rule-finding.ts'

type Ordered = Readonly<{ order: Order; start: number; end: number; mRID: string }>

/** PH-1 of what a server sends: judged when a control, a version of it or a default first reaches a device. */
export function asksWithinNameplate(): Rule {
  return (message, world) => {
    const { dcm } = message
    const ordered = newOrders(message, world)
    if (dcm === undefined || ordered.length === 0) return nothing
    const { rtgMaxVar, rtgMaxVA } = world.registry.get(dcm) ?? {}
    const capability = world.devices.get(dcm)?.capability
    const watts = ratedWatts(world, dcm) ?? Infinity
    const vars = rtgMaxVar ?? capability?.vars
    const voltAmperes = rtgMaxVA ?? capability?.voltAmperes
    const judge = withinNameplate({
      watts,
      ...(vars !== undefined && { vars }),
      ...(voltAmperes !== undefined && { voltAmperes }),
    })
    return worstOf(
      ordered.flatMap(({ order, mRID }) =>
        judge(setpointOf(order)).map((one) => ({ ...one, evidence: { mRID, device: dcm } })),
      ),
    )
  }
}

/** PH-2: it asks for what the connection or a limit that holds then does not allow. */
export function asksWithinEnvelope(): Rule {
  return (message, world) => {
    const { dcm } = message
    const ordered = newOrders(message, world)
    const device = dcm === undefined ? undefined : world.devices.get(dcm)
    if (dcm === undefined || ordered.length === 0) return nothing
    const rated = ratedWatts(world, dcm)
    const envelope = world.registry.get(dcm)?.envelope ?? {}
    const found = ordered.flatMap(({ order, start, end, mRID }) => {
      const target =
        order.targetWatts ??
        (order.fixedHundredths !== undefined && rated !== undefined
          ? (order.fixedHundredths / 10_000) * rated
          : undefined)
      if (target === undefined) return []
      const held = device && rated !== undefined ? inForce(device, rated, { from: start, to: end }) : { isOff: false }
      const most = Math.min(envelope.exportW ?? Infinity, held.limit?.watts ?? Infinity)
      const least = -Math.min(envelope.importW ?? Infinity, held.importLimit?.watts ?? Infinity)
      if (least <= target && target <= most) return []
      return [fired('PH-2', 'moderate', { evidence: { mRID, device: dcm, watts: target } })]
    })
    return worstOf(found)
  }
}

const windowSeconds = 600

/** PH-3: the target swings from giving to taking and back, again and again. */
export function asksSteadily({ most = 6, share = 0.2 } = {}): Rule {
  return (message, world) => {
    const { dcm } = message
    const ordered = newOrders(message, world)
    const rated = dcm === undefined ? undefined : ratedWatts(world, dcm)
    if (dcm === undefined || ordered.length === 0 || rated === undefined) return nothing
    const known = world.devices.get(dcm)?.targets ?? []
    const fresh = ordered.flatMap(({ order, start }) => targetsOf(order, start, rated))
    if (fresh.length === 0) return nothing
    const course = [...known, ...fresh].toSorted(([one], [other]) => one - other)
    const turns = course.flatMap(([at, watts], index) => {
      const before = course[index - 1]?.[1] ?? watts
      return Math.sign(before) * Math.sign(watts) < 0 && Math.abs(watts - before) > share * rated ? [at] : []
    })
    const isSwinging = turns.some((at) => turns.filter((one) => at <= one && one < at + windowSeconds).length > most)
    return isSwinging ? [fired('PH-3', 'major', { evidence: { device: dcm, reversals: turns.length } })] : nothing
  }
}

/** A target in watts from the time that it is to begin. */
export function targetsOf({ targetWatts, fixedHundredths }: Order, start: number, rated: number): [number, number][] {
  const watts = targetWatts ?? (fixedHundredths === undefined ? undefined : (fixedHundredths / 10_000) * rated)
  return watts === undefined ? [] : [[start, watts]]
}

function newOrders({ facts, from, gsp, dcm, t }: Message, { devices }: World): readonly Ordered[] {
  if (from.id !== gsp || dcm === undefined || (!facts.controls && !facts.default)) return []
  const device: Device = devices.get(dcm) ?? {}
  const controls = (facts.controls ?? []).filter(({ mRID, digest, status }) => {
    const held = device.controls?.[mRID]
    return status < 2 && (!held || held.fact.digest !== digest)
  })
  const ordered = controls.map(({ order, start, duration, mRID }) => ({ order, start, end: start + duration, mRID }))
  const isNewDefault = facts.default && JSON.stringify(facts.default) !== JSON.stringify(device.fallback?.order)
  return isNewDefault && facts.default
    ? [...ordered, { order: facts.default, start: t, end: t + 1, mRID: 'default' }]
    : ordered
}

function setpointOf({ targetWatts, fixedHundredths = 0, maxHundredths = 0, vars, varHundredths = 0 }: Order): Setpoint {
  const percentHundredths = Math.max(Math.abs(fixedHundredths), maxHundredths, Math.abs(varHundredths))
  return {
    ...(targetWatts !== undefined && { watts: targetWatts }),
    percentHundredths,
    ...(vars !== undefined && { vars }),
  }
}

/** One message counts once: the first is enough. */
function worstOf(findings: readonly RuleFinding[]): readonly RuleFinding[] {
  return findings.slice(0, 1)
}
