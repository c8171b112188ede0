import { createBell, backoffSeconds, type Clock, type Logger, type Random } from '@gridloom/kit'
import { LogEvent } from '@gridloom/sep2030'
import { alarmEvents, type Trouble } from '../domain/alarms.ts'
import type { Observation } from '../domain/portrait.ts'
import type { View } from '../domain/view.ts'
import type { Session } from '../session.ts'
import type { Journal } from '../store/journal.ts'

export type AlarmLogOptions = Readonly<{
  session: Session
  journal: Journal
  clock: Clock
  random: Random
  log: Logger
  serverNow: () => number
  view: () => View
  isTrusted: () => boolean
  pen: number
}>

export type AlarmLog = Readonly<{
  /** Takes note of the alarms that stand now, or of a device that does not answer. */
  see(observation: Observation): Promise<void>
  ring(): void
  run(signal: AbortSignal): Promise<void>
}>

type Kept = Readonly<{ standing: readonly Trouble[]; unsent: readonly LogEvent[]; nextId: number }>

// What nobody fetches for so long is no news; the newest count.
const mostUnsent = 500

/** Posts a log event for each alarm that comes or goes, in their order; they wait in the journal until the server has them. */
export function createAlarmLog(options: AlarmLogOptions): AlarmLog {
  const { session, journal, clock, random, log, serverNow, view, pen } = options
  const bell = createBell(clock)
  let kept = (journal.recall('alarms') as Kept | undefined) ?? { standing: [], unsent: [], nextId: 0 }

  const keep = async (next: Kept): Promise<void> => {
    kept = next
    await journal.remember({ documents: { alarms: kept } })
  }

  /** Posts the oldest; whether there is nothing left that could be posted now. */
  const send = async (href: string, event: LogEvent, signal: AbortSignal): Promise<boolean> => {
    const outcome = await session.post(LogEvent, href, event, signal)
    const isOver = outcome.kind === 'ok' || outcome.kind === 'rejected' || outcome.kind === 'conflict'
    if (outcome.kind !== 'ok') log.warn({ outcome }, 'log event not posted')
    if (isOver) await keep({ ...kept, unsent: kept.unsent.filter((one) => one !== event) })
    return isOver
  }

  return {
    ring: bell.ring,
    async see(observation) {
      const standing = standingAfter(kept.standing, observation)
      const events = alarmEvents(kept.standing, standing, { time: serverNow(), id: kept.nextId, pen })
      if (events.length === 0) return
      const unsent = [...kept.unsent, ...events].slice(-mostUnsent)
      await keep({ standing, unsent, nextId: (kept.nextId + events.length) % 65_536 })
      bell.ring()
    },
    async run(signal) {
      for (let failures = 0; ;) {
        const href = view().self?.LogEventListLink?.href
        const [oldest] = kept.unsent
        const canSend = href !== undefined && oldest !== undefined && options.isTrusted()
        if (!canSend) await bell.restUntil(Number.POSITIVE_INFINITY, signal)
        else if (await send(href, oldest, signal)) failures = 0
        else await clock.sleep(backoffSeconds(failures++, random), signal)
      }
    },
  }
}

/** While a device does not answer, nobody knows whether its alarms have cleared. */
function standingAfter(before: readonly Trouble[], observation: Observation): readonly Trouble[] {
  if (observation.kind === 'seen') return [...observation.status.alarms]
  return [...before.filter((trouble) => trouble !== 'lost'), 'lost']
}
