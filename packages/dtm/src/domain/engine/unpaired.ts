import type { Pending } from '../world/world.ts'
import { memoryOf } from '../world/world.ts'
import type { Intake } from './intake.ts'
import { linkOf } from './judge-message.ts'
import type { Testimony } from './pairing.ts'

/** What becomes of a report whose counterpart did not come in time; nothing of one that was late itself. */
export function unpaired({ at, observation, blamed }: Pending, { world, settings }: Intake): Testimony | undefined {
  const { reporter, from, to, observedAt, method } = observation
  // the other end's report had its own time, and was judged then
  if (at - observedAt > settings.pairSeconds) return undefined
  const sums = memoryOf(world, linkOf(from.id, to.id)).summarised ?? []
  const isPoll = method === 'GET' || method === 'HEAD'
  const isSummed =
    isPoll && sums.some((sum) => sum.from - slackSeconds <= observedAt && observedAt <= sum.to + slackSeconds)
  const told = { at, observation, ...(blamed && { blamed }) }
  return isSummed ? told : { ...told, silent: reporter === from.id ? to.id : from.id }
}

// a client sees a request before the handshake, and an answer after the way back
const slackSeconds = 5
