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
