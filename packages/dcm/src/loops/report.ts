import { createBell, backoffSeconds, type Clock, type Logger, type Random } from '@gridloom/kit'
import type { Outcome } from '../domain/outcome.ts'
import type { Report } from '../domain/reports.ts'
import type { Session } from '../session.ts'

export type ReporterOptions = Readonly<{
  session: Session
  clock: Clock
  random: Random
  log: Logger
  /** What there is to say at present; nothing while the server is unknown or not trusted. */
  reports: () => readonly Report[]
  /** Least seconds between two writings of one resource. */
  least: number
}>

export type Reporter = Readonly<{
  /** Something may have changed. */
  ring(): void
  run(signal: AbortSignal): Promise<void>
  /** Writes all again: the server may have lost it. */
  forget(): void
}>

type Written = Readonly<{
  content: string | undefined
  /** When new content may be written. */
  earliest: number
  /** When the same content is written again. */
  again: number
  failures: number
}>

// A report that the server calls wrong is not repeated until its content changes, or for this long.
const afterRejection = 3600
const never: Written = { content: undefined, earliest: 0, again: 0, failures: 0 }

/** Keeps what the device writes about itself true on the server: at the start, on change, and as often as it is wanted. */
export function createReporter({ session, clock, random, log, reports, least }: ReporterOptions): Reporter {
  const bell = createBell(clock)
  const written = new Map<string, Written>()
  const lastOf = ({ href }: Report): Written => written.get(href) ?? never

  const dueAt = (report: Report): number => {
    const { content, earliest, again } = lastOf(report)
    return content === report.content ? Math.max(earliest, again) : earliest
  }

  const write = async (report: Report, signal: AbortSignal): Promise<Outcome<undefined>> => {
    const outcome = await session.put(report.type, report.href, report.value, signal)
    written.set(report.href, afterwards(report, outcome))
    if (outcome.kind !== 'ok') log.warn({ href: report.href, outcome }, 'report not written')
    return outcome
  }

  const afterwards = (report: Report, outcome: Outcome<undefined>): Written => {
    const last = lastOf(report)
    const now = clock.exact()
    const { content, every = Infinity } = report
    switch (outcome.kind) {
      case 'ok':
        return { content, earliest: now + least, again: now + every, failures: 0 }
      case 'later':
      case 'unreachable': {
        const asked = outcome.kind === 'later' ? outcome.seconds : undefined
        const failures = last.failures + 1
        return { ...last, failures, earliest: now + (asked ?? backoffSeconds(failures, random)) }
      }
      default:
        return { content, earliest: now + least, again: now + afterRejection, failures: 0 }
    }
  }

  return {
    ring: bell.ring,
    forget: () => written.clear(),
    async run(signal) {
      for (;;) {
        const due = reports().filter((report) => dueAt(report) <= clock.exact())
        for (const report of due) {
          const outcome = await write(report, signal)
          if (outcome.kind === 'unreachable') break
        }
        await bell.restUntil(Math.min(...reports().map(dueAt)), signal)
      }
    },
  }
}
