import { isRequest } from '../world/message.ts'
import { withinRoom } from '../world/memory.ts'
import { memoryOf } from '../world/world.ts'
import { nothing, type Rule } from './rule.ts'
import { fired } from './rule-finding.ts'

const mostPaths = 12

/** TM-6: it polls a resource faster than half its poll rate, three times running. */
export function pollsModerately({ share = 0.5, times = 3 } = {}): Rule {
  return (message, world) => {
    const { observation, from, at } = message
    const { method, path = '', polls: summary } = observation
    if (!isRequest(message) || method !== 'GET' || summary) return nothing
    const rate = world.devices.get(from.id)?.rates?.[path.split('?')[0] ?? '']
    if (rate === undefined) return nothing
    const memory = memoryOf(world, from.id)
    const polls = (memory.polls ??= {})
    const before = polls[path]
    const isFast = before !== undefined && at - before.last < share * rate
    const fast = isFast ? before.fast + 1 : 0
    delete polls[path]
    polls[path] = { last: at, fast: fast >= times ? 0 : fast }
    withinRoom(polls, mostPaths)
    return fast >= times
      ? [fired('TM-6', 'minor', { evidence: { path: path.slice(0, 120), pollRate: rate } })]
      : nothing
  }
}
