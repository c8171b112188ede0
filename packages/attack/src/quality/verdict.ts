import { equalErrorRate, measuresOf, rocOf, total, type Measures, type RocPoint } from './measures.ts'
import type { Delay } from './book.ts'
import type { TraceReport } from './evaluate.ts'

/** What comes of all traces of an evaluation together. */
export type Verdict = Readonly<{
  messages: Measures
  subjects: Measures
  roc: readonly RocPoint[]
  equalErrorRate: number
  delay: Readonly<Record<'seconds' | 'messages', Readonly<{ median: number; worst: number }>>> | undefined
  falseAlertsPer10000: number
  misses: readonly string[]
}>

/** What trust.md §8 asks for. */
export const targets = { f1: 0.95, recall: 1, falseAlertsPer10000: 1 } as const

export function verdictOf(reports: readonly TraceReport[]): Verdict {
  const messages = measuresOf(total(reports.map((report) => report.messages)))
  const subjects = measuresOf(total(reports.map((report) => report.subjects)))
  const roc = rocOf(reports.flatMap(({ scores }) => scores))
  const delays = reports.flatMap((report) => report.delays)
  const falseAlerts = reports.reduce((count, report) => count + report.falseAlerts.length, 0)
  const clean = messages.TN + messages.FP
  const falseAlertsPer10000 = clean === 0 ? 0 : (10_000 * falseAlerts) / clean
  const misses = [
    ...['messages', 'subjects'].flatMap((unit) => {
      const { f1, recall } = unit === 'messages' ? messages : subjects
      return [
        ...(f1 < targets.f1 ? [`F1 of ${unit} is ${f1.toFixed(4)}, less than ${targets.f1}`] : []),
        ...(recall < targets.recall ? [`recall of ${unit} is ${recall.toFixed(4)}, less than ${targets.recall}`] : []),
      ]
    }),
    ...(falseAlertsPer10000 > targets.falseAlertsPer10000
      ? [`${falseAlertsPer10000.toFixed(2)} false alerts per 10,000 clean messages, more than 1`]
      : []),
  ]
  const delay =
    delays.length > 0 ? { seconds: spread(delays, 'seconds'), messages: spread(delays, 'messages') } : undefined
  return { messages, subjects, roc, equalErrorRate: equalErrorRate(roc), delay, falseAlertsPer10000, misses }
}

function spread(delays: readonly Delay[], of: 'seconds' | 'messages') {
  const sorted = delays.map((delay) => delay[of]).toSorted((a, b) => a - b)
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, worst: sorted.at(-1) ?? 0 }
}
