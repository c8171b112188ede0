import type { Pending } from '../world/world.ts'
import { isBehind, memoryOf } from '../world/world.ts'
import type { Intake } from './intake.ts'
import { linkOf } from './judge-message.ts'
import type { Testimony } from './pairing.ts'

/** What becomes of a report whose counterpart did not come in time; nothing of one that was late itself. */
export function unpaired(pending: Pending, t: number, intake: Intake): Testimony | undefined {
  const { at, observation, blamed } = pending
  const { reporter, from, to, observedAt } = observation
  // the other end's report had its own time, and was judged then
  if (at - observedAt > intake.settings.pairSeconds) return undefined
  const silent = reporter === from.id ? to.id : from.id
  const told = { at, observation, ...(blamed && { blamed }) }
  const isExcused = isSummed(pending, intake) || isOut(silent, pending, intake) || mayStillCome(pending, t, intake)
  return isExcused ? told : { ...told, silent }
}

/** The other end has not told of that time yet, and is not given up: it is behind, not silent. */
export function mayStillCome({ at, observation }: Pending, t: number, { world, settings }: Intake): boolean {
  const { reporter, from, to, observedAt } = observation
  const other = reporter === from.id ? to.id : from.id
  return t - at < missedHeartbeats * settings.heartbeatSeconds && isBehind(world, other, observedAt + slackSeconds)
}

// a client sees a request before the handshake, and an answer after the way back
const slackSeconds = 5

function isSummed({ observation: { method, from, to, observedAt } }: Pending, { world }: Intake): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  const sums = memoryOf(world, linkOf(from.id, to.id)).summarised ?? []
  return sums.some((sum) => sum.from - slackSeconds <= observedAt && observedAt <= sum.to + slackSeconds)
}

const missedHeartbeats = 3

/** It has lost reports of that time, which TM-4 says; or it is a server that is not heard of at all, which soon is AV-1's. */
function isOut(silent: string, { at }: Pending, { world, settings }: Intake): boolean {
  const known = world.memories.get(silent)?.reporter
  if (!known) return false
  const { gap, batch } = known
  if (gap && gap.from - slackSeconds <= at && at <= gap.to + slackSeconds) return true
  const isQuiet = batch.at < at + slackSeconds && at - batch.at < missedHeartbeats * settings.heartbeatSeconds
  return isQuiet && world.registry.get(silent)?.role === 'GSP'
}
