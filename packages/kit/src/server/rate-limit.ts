export type Rate = Readonly<{ perSecond: number; burst: number }>

/** A token bucket for each client: tells how many seconds to wait, 0 when the request may pass. */
export type RateLimit = (client: string, now: number) => number

type Bucket = { tokens: number; at: number }

export function rateLimit({ perSecond, burst }: Rate): RateLimit {
  const buckets = new Map<string, Bucket>()
  return (client, now) => {
    const bucket = buckets.get(client) ?? { tokens: burst, at: now }
    bucket.tokens = Math.min(bucket.tokens + (now - bucket.at) * perSecond, burst)
    bucket.at = now
    if (buckets.size >= 10_000 && !buckets.has(client)) forget(buckets, now - burst / perSecond)
    buckets.set(client, bucket)
    if (bucket.tokens < 1) return (1 - bucket.tokens) / perSecond
    bucket.tokens -= 1
    return 0
  }
}

/** Drops the buckets that are full again by now: a new one would be the same. */
function forget(buckets: Map<string, Bucket>, before: number): void {
  for (const [client, { at }] of buckets) if (at < before) buckets.delete(client)
}
