import type { Observation } from '@gridloom/contracts'
import { roleOf } from '../world/role-of.ts'
import { shadowOf } from '../world/shadow.ts'
import { judgeMessage, type Court } from './judge-message.ts'
import type { TrustEvent } from './trust-event.ts'

/** Judges a probe on a shadow of the world, as if both ends told of it, and tells when the verdict is not the expected one. */
export function judgeProbe(observation: Observation, t: number, court: Court): readonly TrustEvent[] {
  const { expects: expected = [], from, reporter, seq } = observation
  const shadow = { ...court, world: shadowOf(court.world) }
  const events = judgeMessage({ at: t, observation, other: observation }, shadow, t)
  const found = [
    ...new Set(events.flatMap((event) => (event.kind === 'finding' && event.severity !== 'info' ? event.rule : []))),
  ]
  const isRight =
    expected.length === 0 ? found.length === 0 : expected.every((rule) => found.some((one) => one === rule))
  if (isRight) return []
  const wanted = expected.length === 0 ? 'nothing' : expected.join(', ')
  return [
    {
      kind: 'self-test',
      at: t,
      subject: from.id,
      role: roleOf(court.world, from.id),
      expected,
      found,
      observationIds: [`${reporter}:${seq}`],
      text: `a probe was to trip ${wanted} and tripped ${found.join(', ') || 'nothing'}`.slice(0, 200),
    },
  ]
}
