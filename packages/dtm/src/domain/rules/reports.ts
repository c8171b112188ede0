import type { Observation } from '@gridloom/contracts'
import type { Memory } from '../world/memory.ts'
import { clockSkew } from './clock-skew.ts'
import { fired, type RuleFinding } from './rule-finding.ts'

/** A batch of reports as it came, with what is remembered of its reporter. */
export type Batch = Readonly<{
  t: number
  observations: readonly Observation[]
  memory: NonNullable<Memory['reporter']>
  /** Older than this is the DTM's own fault. */
  excusedBefore: number
}>

/** TM-1, TM-2, TM-7: the clock of a reporter, or how long its reports were on their way; a batch counts once. */
export function clockOf({ skewSeconds = 10, times = 5 } = {}) {
  const judge = clockSkew()
  return ({ t, observations, memory, excusedBefore }: Batch): readonly RuleFinding[] => {
    const fresh = observations.filter(({ observedAt }) => observedAt > excusedBefore)
    const skews = fresh.map(({ observedAt }) => t - observedAt)
    if (skews.length === 0) return []
    const least = skews.reduce((one, other) => (Math.abs(other) < Math.abs(one) ? other : one))
    memory.skewed = Math.abs(least) > skewSeconds ? memory.skewed + 1 : 0
    const drifting = memory.skewed >= times ? [fired('TM-7', 'minor', { evidence: { skewSeconds: least } })] : []
    if (memory.skewed >= times) memory.skewed = 0
    const extremes = [Math.max(...skews), Math.min(...skews)]
    const found = extremes.flatMap((skew) =>
      judge({ receivedAt: t, observedAt: t - skew }).map((one) => ({ ...one, evidence: { skewSeconds: skew } })),
    )
    return [...drifting, ...found.slice(0, 1)]
  }
}

/** What the numbers of a batch say, and which of its reports are new. */
export type Numbered = Readonly<{ findings: readonly RuleFinding[]; fresh: readonly Observation[] }>

const mostMissing = 16

/** TM-3, TM-4 of reports: numbers that come again or are left out. The same batch again, soon and once, is a retry. */
export function inSequence({ retrySeconds = 30 } = {}) {
  return ({ t, observations, memory }: Batch): Numbered => {
    const [first] = observations
    if (!first) return { findings: [], fresh: [] }
    const { batch } = memory
    const isAgain = first.seq <= memory.last && !wasMissing(memory, first.seq)
    const isRetry =
      isAgain && !batch.isRetried && batch.first <= first.seq && first.seq <= batch.last && t - batch.at <= retrySeconds
    const last = observations.at(-1)?.seq ?? first.seq
    const findings: RuleFinding[] = []
    const fresh = observations.filter((observation) => {
      const { seq } = observation
      if (seq <= memory.last && !fillsGap(memory, seq)) {
        const excused = isRetry && seq <= batch.last
        if (!excused) findings.push(fired('TM-3', 'major', { evidence: { seq } }))
        return false
      }
      if (memory.last >= 0 && seq > memory.last + 1) {
        memory.gap = { from: batch.at, to: t }
        findings.push(fired('TM-4', 'minor', { evidence: { missing: seq - memory.last - 1 } }))
        memory.missing = [...memory.missing, [memory.last + 1, seq - 1] as [number, number]].slice(-mostMissing)
      }
      memory.last = Math.max(memory.last, seq)
      return true
    })
    memory.batch = isRetry ? { ...batch, isRetried: true } : { first: first.seq, last, at: t, isRetried: false }
    return { findings, fresh }
  }
}

function wasMissing({ missing }: Batch['memory'], seq: number): boolean {
  return missing.some(([from, to]) => from <= seq && seq <= to)
}

/** A number that was left out and comes late fills its gap, once. */
function fillsGap(memory: Batch['memory'], seq: number): boolean {
  const gap = memory.missing.find(([from, to]) => from <= seq && seq <= to)
  if (!gap) return false
  const [from, to] = gap
  const rest: [number, number][] = [
    [from, seq - 1],
    [seq + 1, to],
  ]
  memory.missing = [...memory.missing.filter((one) => one !== gap), ...rest.filter(([a, b]) => a <= b)].slice(
    -mostMissing,
  )
  return true
}
