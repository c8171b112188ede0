import { isAnswer } from '../world/message.ts'
import { serverOf } from '../world/world.ts'
import { nothing, type Rule } from './rule.ts'
import { fired } from './rule-finding.ts'

const bucketSeconds = 60

/** AV-4: one answer in twenty of a minute took the server long; judged when the minute is over. */
export function answersSoon({ slowSeconds = 10, slowerSeconds = 30, share = 0.05, least = 5 } = {}): Rule {
  return (message, world) => {
    const { observation, other, asked, gsp, t } = message
    if (!isAnswer(message) || !asked || gsp === undefined) return nothing
    const times = [observation, ...(other ? [other] : [])].flatMap(({ reporter, observedAt }) => {
      const before = asked.seen[reporter]
      return before === undefined ? [] : [observedAt - before]
    })
    if (times.length === 0) return nothing
    const server = serverOf(world, gsp)
    const bucket = Math.floor(t / bucketSeconds)
    const before = server.answers
    const answers = before?.bucket === bucket ? before : { bucket, all: 0, slow: 0, slower: 0 }
    const seconds = Math.max(...times)
    server.answers = answers
    answers.all += 1
    if (seconds > slowSeconds) answers.slow += 1
    if (seconds > slowerSeconds) answers.slower += 1
    if (!before || before === answers || before.all < least) return nothing
    const evidence = { answers: before.all, slow: before.slow, slower: before.slower }
    if (before.slower > share * before.all) return [fired('AV-4', 'minor', { evidence })]
    return before.slow > share * before.all ? [fired('AV-4', 'info', { evidence })] : nothing
  }
}
