import { setImmediate as turn } from 'node:timers/promises'
import type { TrustRole } from '@gridloom/contracts'
import type { DtmConfig } from '../config/parts.ts'
import type { Clock } from '../time/clock.ts'
import { createPollCounts } from './poll-counts.ts'
import { isPoll, reportOf, textOf, type Report, type Taken, type Waiting } from './report.ts'
import type { ObserverMetrics } from './metrics.ts'
import type { Observer } from './sighting.ts'

/** The first half of a reporter: from what it sees to reports that wait to be sent. */
export type Desk = Readonly<{
  reporter: string
  observe: Observer
  /** Whether something is worth a request by now: polls may wait for company, all else goes with the next beat. */
  isDue(at: number, holdSeconds: number): boolean
  /** Turns what was seen into reports, a few at a time: requests are answered in between. */
  work(at: number): Promise<readonly Waiting[]>
  /** Reports all that is still counted or waits for an answer. */
  settle(at: number): readonly Waiting[]
}>

export type DeskOptions = Readonly<{
  reporter: string
  role: TrustRole
  config: DtmConfig
  clock: Clock
  metrics: ObserverMetrics
}>

const slice = 32
// More than a busy server sees in ten seconds: beyond it the polls are not even looked at.
const mostPending = 20_000

export function createDesk({ reporter, role, config, clock, metrics }: DeskOptions): Desk {
  const counts = createPollCounts(config.summarySeconds)
  let pending: Taken[] = []
  let oldest = 0
  let isUrgent = false
  let workedAt = clock.exact()
  let heartbeatAt = workedAt

  const observe: Observer = (sighting) => {
    const polls = isPoll(sighting)
    if (polls && pending.length >= mostPending) return metrics.dropped('poll', 1)
    const at = sighting.observedAt ?? clock.exact()
    if (pending.length === 0) oldest = at
    isUrgent ||= !polls
    pending.push({ sighting, at })
  }
  const beat = (at: number): void => {
    if (at < heartbeatAt) return
    heartbeatAt = at + config.heartbeatSeconds
    const to = { role: 'DTM', id: config.lfdi?.toUpperCase() ?? 'dtm' } as const
    observe({ kind: 'heartbeat', leg: 'TLS', from: { role, id: reporter }, to })
  }
  return {
    reporter,
    observe,
    isDue: (at, holdSeconds) => {
      beat(at)
      if (pending.length === 0) return counts.isHolding()
      return isUrgent || pending.length >= 100 || at - oldest >= holdSeconds
    },
    work: async (at) => {
      const taken = pending
      pending = []
      isUrgent = false
      const isBusy = taken.length / Math.max(at - workedAt, 0.1) > config.summariseAbovePerSecond
      workedAt = at
      const waiting: Waiting[] = isBusy ? [] : counts.settle(at).map(waitingOf)
      for (let done = 0; done < taken.length; done += slice) {
        const reports = taken.slice(done, done + slice).map((each) => reportOf(each, config.privacy))
        for (const report of isBusy ? counts.sift(reports, at) : reports) waiting.push(waitingOf(report))
        if (done + slice < taken.length) await turn()
      }
      for (const report of counts.due(at)) waiting.push(waitingOf(report))
      metrics.summarised(Math.max(taken.length - waiting.length, 0))
      return waiting
    },
    settle: (at) => counts.settle(at).map(waitingOf),
  }
}

function waitingOf(report: Report): Waiting {
  return { rank: report.rank, text: textOf(report) }
}
