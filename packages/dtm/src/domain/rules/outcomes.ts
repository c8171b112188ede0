import { isAnswer, type Message } from '../world/message.ts'
import { isBlocked, memoryOf, type World } from '../world/world.ts'
import { nothing, type Rule } from './rule.ts'
import { fired, type RuleFinding } from './rule-finding.ts'

const counted = 50
const oldest = 2 ** (counted - 1)

/** PR-10: too many of the last 50 answers are errors: the client's when it asked wrongly, the server's when it failed. */
export function seldomFails({ share = 0.2 } = {}): Rule {
  return (message, world) => {
    if (!isAnswer(message) || isBlocked(world, message.to.id)) return nothing
    const { status = 0 } = message.observation
    const asking = judged(message, world, { side: 'receiver', failed: status >= 400 && status < 500, share })
    const answering = judged(message, world, { side: 'sender', failed: status >= 500, share })
    return [...asking, ...answering]
  }
}

type Judged = Readonly<{ side: 'sender' | 'receiver'; failed: boolean; share: number }>

/** Told when the share is first exceeded, and again after 50 more. */
function judged({ from, to }: Message, world: World, { side, failed, share }: Judged): readonly RuleFinding[] {
  const memory = memoryOf(world, (side === 'sender' ? from : to).id)
  const outcomes = (memory.outcomes ??= { bits: 0, seen: 0, failed: 0, sinceTold: counted })
  const leaves = outcomes.bits >= oldest ? 1 : 0
  outcomes.bits = (outcomes.bits - leaves * oldest) * 2 + Number(failed)
  outcomes.failed += Number(failed) - leaves
  outcomes.seen = Math.min(outcomes.seen + 1, counted)
  outcomes.sinceTold = Math.min(outcomes.sinceTold + 1, counted)
  const isOver = outcomes.seen === counted && outcomes.failed > share * counted
  if (!isOver || outcomes.sinceTold < counted) return nothing
  outcomes.sinceTold = 0
  return [fired('PR-10', 'minor', { on: side, evidence: { failed: outcomes.failed, of: counted } })]
}
