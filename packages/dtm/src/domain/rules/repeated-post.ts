import type { Memory } from '../world/memory.ts'
import { isSuccess, type Message } from '../world/message.ts'
import { isBlocked, memoryOf, type World } from '../world/world.ts'
import { nothing, type Rule } from './rule.ts'
import { fired, type RuleFinding } from './rule-finding.ts'

/** The last POST of a subject with the same body: whether a 2xx to it was seen, and whether it was a retry itself. */
export type EarlierPost = Readonly<{ at: number; acknowledged: boolean; retry: boolean }>

/** TM-3: a body is posted again within a day; a client may retry once, soon, what was never acknowledged. */
export function repeatedPost({ rememberedFor = 86_400, retrySeconds = 30 } = {}) {
  return (at: number, earlier: EarlierPost | undefined): readonly RuleFinding[] => {
    if (!earlier || at - earlier.at >= rememberedFor) return []
    // a first try that one end alone tells of is judged after the retry that both tell of
    const isFirstTry = at < earlier.at && !earlier.retry && earlier.at - at <= retrySeconds
    const isRetry = !earlier.acknowledged && !earlier.retry && at - earlier.at <= retrySeconds
    return isFirstTry || isRetry ? [] : [fired('TM-3', 'major')]
  }
}

type Posts = NonNullable<Memory['posts']>

/** TM-3 of messages; so many posts of a subject are remembered: 21 hours of one in 300 s, 43 minutes of one in 10 s. */
export function postsOnce({ mostPosts = 256 } = {}): Rule {
  const judge = repeatedPost()
  return (message, world) => {
    const { at, from, observation } = message
    if (observation.kind !== 'request' || observation.method !== 'POST' || observation.length === 0) return nothing
    // what a blocked client is refused it keeps, and brings again when it is let in
    if (isBlocked(world, from.id)) return nothing
    const memory = memoryOf(world, from.id)
    const posts = (memory.posts ??= { entries: [], last: 0 })
    const earlier = earlierPost(posts, observation.sha256, at)
    const findings = judge(at, earlier)
    // what was acknowledged once stays so, and a second repetition is no retry any more
    remember(posts, { sha256: observation.sha256, at, flags: earlier ? retried + Number(earlier.acknowledged) : 0 })
    if (posts.entries.length > mostPosts) posts.entries.shift()
    const [finding] = findings
    return finding && earlier ? [{ ...finding, evidence: { secondsBefore: at - earlier.at } }] : nothing
  }
}

/** Marks what the server has taken: from then on a repetition is a replay. */
export function acknowledge({ to, observation, asked }: Message, world: World): void {
  const posts = world.memories.get(to.id)?.posts
  if (observation.method !== 'POST' || !asked || !posts || !isSuccess(observation.status)) return
  const index = posts.entries.findLastIndex((entry) => digestIn(entry) === digestOf(asked.sha256))
  const entry = posts.entries[index]
  if (entry !== undefined && entry % 2 !== acknowledged) posts.entries[index] = entry + acknowledged
}

// An entry is one number: 32 bits of the digest, 17 of the second, 2 flags.
const acknowledged = 1
const retried = 2
const flagsRange = 4
const secondsRange = 2 ** 17
const rememberedSeconds = 86_400

function remember(posts: Posts, { sha256, at, flags }: Readonly<{ sha256: string; at: number; flags: number }>): void {
  const second = Math.floor(at) % secondsRange
  const isOld = (entry: number) => ageAt(posts, entry, at) >= rememberedSeconds
  const kept = posts.entries.findIndex((entry) => !isOld(entry))
  posts.entries.splice(0, kept < 0 ? posts.entries.length : kept)
  posts.entries.push((digestOf(sha256) * secondsRange + second) * flagsRange + flags)
  posts.last = Math.max(posts.last, at)
}

function earlierPost(posts: Posts, sha256: string, at: number): EarlierPost | undefined {
  const entry = posts.entries.findLast((one) => digestIn(one) === digestOf(sha256))
  const age = entry === undefined ? rememberedSeconds : ageAt(posts, entry, at)
  if (entry === undefined || age >= rememberedSeconds) return undefined
  return { at: at - age, acknowledged: entry % 2 === acknowledged, retry: entry % flagsRange >= retried }
}

/** All entries are less than a day older than the last: their seconds, though counted modulo 36 hours, are unambiguous. */
function ageAt({ last }: Posts, entry: number, at: number): number {
  const second = Math.floor(entry / flagsRange) % secondsRange
  const beforeLast = (Math.floor(last) - second + 2 * secondsRange) % secondsRange
  return beforeLast + Math.floor(at) - Math.floor(last)
}

function digestIn(entry: number): number {
  return Math.floor(entry / (secondsRange * flagsRange))
}

function digestOf(sha256: string): number {
  return Number.parseInt(sha256.slice(0, 8), 16)
}
