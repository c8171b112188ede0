import { hash } from 'node:crypto'
import type { Observation } from '@gridloom/contracts'
import { carriesControl, isPoll, type Report } from './report.ts'

/** Replaces plain polls by counts: one report for each client and interval. */
export type PollCounts = Readonly<{
  /** What has to be reported of these one by one; the plain polls among them are counted. */
  sift(reports: readonly Report[], at: number): readonly Report[]
  /** Everything that is counted or waits for its answer, when the traffic is slow enough again or the observer ends. */
  settle(at: number): readonly Report[]
  /** Whether anything is counted or waits for its answer. */
  isHolding(): boolean
  /** The counts whose interval is over. */
  due(at: number): readonly Report[]
}>

type Count = { from: Report['seen']['from']; to: Report['seen']['to']; requests: number; bytes: number; digest: string }
type Interval = { since: number; counts: Map<string, Count> }

// A request whose answer has not been seen for so long is reported by itself.
const longestOpenSeconds = 5
const mostRemembered = 20_000

export function createPollCounts(intervalSeconds: number): PollCounts {
  const open = new Map<string, Report>()
  const told = new Map<string, string>()
  let interval: Interval | undefined

  /** Whether an answer is the one that this client was last told: remembered for answers that carry controls only. */
  const isNews = ({ seen, sha256 }: Report): boolean => {
    if (!carriesControl(seen)) return false
    const key = `${seen.to.id} ${seen.path}`
    if (told.get(key) === sha256) return false
    if (told.size >= mostRemembered) told.clear()
    told.set(key, sha256)
    return true
  }
  const count = (request: Report, answer: Report, at: number): void => {
    interval ??= { since: at, counts: new Map() }
    // what is counted was seen before it is looked at
    interval.since = Math.min(interval.since, request.observedAt)
    const { from, to } = request.seen
    const before = interval.counts.get(from.id) ?? { from, to, requests: 0, bytes: 0, digest: '' }
    const digest = hash('sha256', before.digest + answer.sha256)
    interval.counts.set(from.id, {
      ...before,
      requests: before.requests + 1,
      bytes: before.bytes + answer.length,
      digest,
    })
  }
  const closeInterval = (at: number): readonly Report[] => {
    if (!interval) return []
    const { since, counts } = interval
    interval = undefined
    return [...counts.values()].map((each) => countReport(each, since, at))
  }
  const overdue = (before: number): readonly Report[] => {
    const late: Report[] = []
    for (const [corr, request] of open) {
      if (request.observedAt > before) break
      open.delete(corr)
      late.push(request)
    }
    return late
  }

  return {
    sift: (reports, at) => {
      const rest = [...overdue(at - longestOpenSeconds)]
      for (const report of reports) {
        const { corr = '', kind } = report.seen
        if (kind === 'request' && corr !== '' && isPoll(report.seen)) open.set(corr, report)
        else {
          const request = open.get(corr)
          if (request) open.delete(corr)
          if (request && isPoll(report.seen) && !isNews(report)) count(request, report, at)
          else rest.push(...(request ? [request] : []), report)
        }
      }
      return rest
    },
    isHolding: () => open.size > 0 || interval !== undefined,
    settle: (at) => [...overdue(Number.POSITIVE_INFINITY), ...closeInterval(at)],
    due: (at) => (interval && at - interval.since >= intervalSeconds ? closeInterval(at) : []),
  }
}

function countReport({ from, to, requests, bytes, digest }: Count, since: number, at: number): Report {
  const polls: Observation['polls'] = { seconds: Math.max(at - since, 0.001), requests, bytes }
  const observedAt = Math.round(at * 1000) / 1000
  const seen = { leg: 'GSP-DCM', from, to, kind: 'request', method: 'GET', polls } as const
  return { rank: 'poll', seen, observedAt, length: bytes, sha256: digest }
}
