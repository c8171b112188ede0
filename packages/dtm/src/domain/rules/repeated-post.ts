import type { Memory } from '../world/memory.ts'
import { isSuccess, type Message } from '../world/message.ts'
import { memoryOf, type World } from '../world/world.ts'
import { nothing, type Rule } from './rule.ts'
import { fired, type RuleFinding } from './rule-finding.ts'

/** The last POST of a subject with the same body: whether a 2xx to it was seen, and whether it was a retry itself. */
export type EarlierPost = Readonly<{ at: number; acknowledged: boolean; retry: boolean }>

/** TM-3: a body is posted again within a day; a client may retry once, soon, what was never acknowledged. */
export function repeatedPost({ rememberedSeconds = 86_400, retrySeconds = 30 } = {}) {
  return (at: number, earlier: EarlierPost | undefined): readonly RuleFinding[] => {
    if (!earlier || at - earlier.at >= rememberedSeconds) return []
    const isRetry = !earlier.acknowledged && !earlier.retry && at - earlier.at <= retrySeconds
    return isRetry ? [] : [fired('TM-3', 'major')]
  }
}

/** TM-3 of messages; so many posts of a subject are remembered: a day of one in 337 s, 21 minutes of one in 5 s. */
export function postsOnce({ mostPosts = 256 } = {}): Rule {
  const judge = repeatedPost()
  return (message, world) => {
    const { at, from, observation } = message
    if (observation.kind !== 'request' || observation.method !== 'POST' || observation.length === 0) return nothing
    const memory = memoryOf(world, from.id)
    const posts = (memory.posts ??= { keys: [], times: [] })
    const key = keyOf(observation.sha256)
    const index = posts.keys.findLastIndex((known) => Math.floor(known / 4) === key)
    const earlier = index < 0 ? undefined : earlierPost(posts, index)
    const findings = judge(at, earlier)
    // what was acknowledged once stays so, and a second repetition is no retry any more
    const isAgain = earlier !== undefined && at - earlier.at < 86_400
    posts.keys.push(key * 4 + (isAgain ? retried + Number(earlier.acknowledged) : 0))
    posts.times.push(at)
    if (posts.keys.length > mostPosts) {
      posts.keys.shift()
      posts.times.shift()
    }
    const [finding] = findings
    return finding && earlier ? [{ ...finding, evidence: { secondsBefore: at - earlier.at } }] : nothing
  }
}

/** Marks what the server has taken: from then on a repetition is a replay. */
export function acknowledge({ to, observation, asked }: Message, world: World): void {
  if (observation.method !== 'POST' || asked === undefined) return
  const posts = world.memories.get(to.id)?.posts
  const index = posts?.keys.findLastIndex((known) => Math.floor(known / 4) === keyOf(asked.sha256)) ?? -1
  const known = posts?.keys[index]
  if (!posts || known === undefined || known % 2 === acknowledged || !isSuccess(observation.status)) return
  posts.keys[index] = known + acknowledged
}

const acknowledged = 1
const retried = 2

function earlierPost({ keys, times }: NonNullable<Memory['posts']>, index: number): EarlierPost {
  const key = keys[index] ?? 0
  return { at: times[index] ?? 0, acknowledged: key % 2 === acknowledged, retry: key % 4 >= retried }
}

/** 48 bits of a digest: one in 10^12 that two of 256 bodies meet. */
function keyOf(sha256: string): number {
  return Number.parseInt(sha256.slice(0, 12), 16)
}
