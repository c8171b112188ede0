import { fired, type RuleFinding } from './rule-finding.ts'

/** What is usual for a subject: moving mean and variance of its requests in a minute, and how many minutes taught them. */
export type RateProfile = Readonly<{ mean: number; variance: number; buckets: number }>

export const unknownRate: RateProfile = { mean: 0, variance: 0, buckets: 0 }

type Judged = Readonly<{ profile: RateProfile; findings: readonly RuleFinding[] }>

const leastDeviation = 2

/** TM-5: more requests in a minute than this subject is used to, or than anybody needs; such minutes teach nothing. */
export function requestRate({ factor = 0.1, learnBuckets = 10, least = 20, deviations = 4, most = 600 } = {}) {
  return (profile: RateProfile, count: number): Judged => {
    if (count > most) return { profile, findings: [fired('TM-5', 'major')] }
    const excess = (count - profile.mean) / Math.max(Math.sqrt(profile.variance), leastDeviation)
    const unusual = profile.buckets >= learnBuckets && count >= least && excess > deviations
    if (unusual) return { profile, findings: [fired('TM-5', 'moderate')] }
    return { profile: learned(profile, count, factor), findings: [] }
  }
}

function learned({ mean, variance, buckets }: RateProfile, count: number, factor: number): RateProfile {
  if (buckets === 0) return { mean: count, variance: 0, buckets: 1 }
  const change = count - mean
  return {
    mean: mean + factor * change,
    variance: (1 - factor) * (variance + factor * change * change),
    buckets: buckets + 1,
  }
}
