import { fired, type RuleFinding } from '../rules/rule-finding.ts'
import { postingSeconds } from '../world/learn.ts'
import { missingResponse } from '../rules/awaited-response.ts'
import { plan, type Timer } from '../world/timers.ts'
import { isBehind, isBlocked } from '../world/world.ts'
import { judge, type Bench } from './judge.ts'
import { inTime } from './message-kind.ts'
import type { TrustEvent } from './trust-event.ts'

const missedHeartbeats = 3
const againSeconds = 600

/** Looks at what is due: who kept a deadline gains a little, who missed it is told of. */
export function runTimer(timer: Timer, bench: Bench): readonly TrustEvent[] {
  switch (timer.kind) {
    case 'response':
      return runResponse(timer, bench)
    case 'heartbeat':
      return runHeartbeat(timer, bench)
    case 'posting':
      return runPosting(timer, bench)
    default:
      return timer satisfies never
  }
}

const received = 1
const cancelled = 2

/** PR-1. */
function runResponse({ subject, mRID, anyOf, due }: Extract<Timer, { kind: 'response' }>, bench: Bench) {
  const held = bench.world.devices.get(subject)?.controls?.[mRID]
  // what was withdrawn meanwhile needs no more than the answer that it came
  if (!held || (held.fact.status >= cancelled && !anyOf.includes(received))) return []
  const findings = missingResponse({ anyOf, due }, held.statuses)
  return settle(
    subject,
    { due, findings: findings.map((one) => ({ ...one, evidence: { mRID, expected: anyOf[0] ?? 0 } })) },
    bench,
  )
}

/** AV-1: told after three missed heartbeats, and every ten minutes from then on. */
function runHeartbeat({ subject, due }: Timer, bench: Bench): readonly TrustEvent[] {
  const { world, settings } = bench
  const at = world.memories.get(subject)?.reporter?.heartbeatAt
  const role = world.registry.get(subject)?.role
  if (at === undefined || (role !== 'DCM' && role !== 'GSP')) return []
  const deadline = at + missedHeartbeats * settings.heartbeatSeconds
  if (due < deadline) {
    again({ kind: 'heartbeat', subject, due: deadline }, bench)
    return []
  }
  again({ kind: 'heartbeat', subject, due: due + againSeconds }, bench)
  return settle(subject, { due, findings: [fired('AV-1', 'minor', { evidence: { silentSeconds: due - at } })] }, bench)
}

/** AV-3: told once; the next report begins anew. */
function runPosting({ subject, due }: Timer, bench: Bench): readonly TrustEvent[] {
  const device = bench.world.devices.get(subject)
  if (device?.postedAt === undefined || device.postRate === undefined) return []
  const deadline = device.postedAt + postingSeconds(device.postRate)
  if (due < deadline) {
    again({ kind: 'posting', subject, due: deadline }, bench)
    return []
  }
  // what was posted may not have been told yet
  const isHeard =
    !isBehind(bench.world, subject, deadline) && !isBehind(bench.world, device.server ?? subject, deadline)
  if (!isHeard && due < deadline + missedHeartbeats * bench.settings.heartbeatSeconds) {
    again({ kind: 'posting', subject, due: due + postingSeconds(device.postRate) }, bench)
    return []
  }
  const evidence = { silentSeconds: due - device.postedAt, postRate: device.postRate }
  delete device.isAwaited
  if (isBlocked(bench.world, subject)) return []
  return settle(subject, { due, findings: [fired('AV-3', 'minor', { evidence })] }, bench)
}

function again(
  timer: Readonly<{ kind: 'heartbeat' | 'posting'; subject: string; due: number }>,
  { world }: Bench,
): void {
  world.clock.count += 1
  plan(world.timers, { ...timer, order: world.clock.count })
}

/** The DTM's own clock is the witness. */
function settle(
  subject: string,
  { due, findings }: Readonly<{ due: number; findings: readonly RuleFinding[] }>,
  bench: Bench,
): readonly TrustEvent[] {
  return judge({ subject, t: due, delta: 1, observationIds: [], findings, ...inTime }, bench)
}
