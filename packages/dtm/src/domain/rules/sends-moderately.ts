import { isRequest } from '../world/message.ts'
import { memoryOf } from '../world/world.ts'
import { requestRate, unknownRate, type RateProfile } from './request-rate.ts'
import { nothing, type Rule } from './rule.ts'

const bucketSeconds = 60
const mostEmptyBuckets = 30

/** TM-5 of messages: told as soon as a minute is over the bound, once for each bound; minutes without requests teach too. */
export function sendsModerately({ least = 20, most = 600 } = {}): Rule {
  const judge = requestRate({ least, most })
  return (message, world) => {
    if (!isRequest(message)) return nothing
    const { at, from, observation } = message
    const memory = memoryOf(world, from.id)
    const bucket = Math.floor(at / bucketSeconds)
    const rate = (memory.rate ??= { bucket, count: 0, told: 0, ...unknownRate })
    if (bucket > rate.bucket) {
      Object.assign(rate, learned(rate, bucket, judge), { bucket, count: 0, told: 0 })
    }
    rate.count += observation.polls?.requests ?? 1
    if (rate.count < least || rate.told === 2) return nothing
    const { mean, variance, buckets, count } = rate
    const [finding] = judge({ mean, variance, buckets }, count).findings
    const bound = finding?.severity === 'major' ? 2 : 1
    if (!finding || bound <= rate.told) return nothing
    rate.told = bound
    return [{ ...finding, evidence: { requests: count, usual: Math.round(mean * 10) / 10 } }]
  }
}

type Rate = RateProfile & Readonly<{ bucket: number; count: number }>

/** The profile after the minute that is over and the empty ones since; after a long silence few empty ones say it all. */
function learned({ mean, variance, buckets, count, bucket }: Rate, now: number, judge: ReturnType<typeof requestRate>) {
  let { profile } = judge({ mean, variance, buckets }, count)
  const empty = Math.min(now - bucket - 1, mostEmptyBuckets)
  for (let index = 0; index < empty; index++) profile = judge(profile, 0).profile
  return profile
}
