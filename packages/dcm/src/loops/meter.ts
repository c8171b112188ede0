import type { DeviceStatus } from '@gridloom/devices'
import { createBell, backoffSeconds, type Clock, type Logger, type Random } from '@gridloom/kit'
import { batchOf, emptyTally, ownMirror, tallied, type Batch, type Mirror, type Tally } from '../domain/mirror.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { View } from '../domain/view.ts'
import { createMirrorPost } from '../mirror-post.ts'
import type { Session } from '../session.ts'
import type { ReadingRing } from '../store/readings.ts'

export type MeterOptions = Readonly<{
  session: Session
  ring: ReadingRing
  mirror: Mirror
  clock: Clock
  random: Random
  log: Logger
  serverNow: () => number
  whenServer: (second: number) => number
  view: () => View
  /** Least post period in seconds. */
  least: number
  isTrusted: () => boolean
  /** Told when the list of mirrors should be read again. */
  changed: () => void
}>

export type Meter = Readonly<{
  /** Takes a sample into the period that runs now. */
  see(status: DeviceStatus): void
  /** Posts the means of each period, and what could not be posted before, until the signal ends it. */
  run(signal: AbortSignal): Promise<void>
  /** Looks at a new view: the server may have a mirror, or another post rate. */
  ring(): void
  /** Tries again at once: the server has only now an entry for the device. */
  retry(): void
}>

type Period = Readonly<{ start: number; duration: number }>

const defaultPostRate = 300
// The periods of all meters end together; their posts need not arrive together.
const spread = 0.1

export function createMeter(options: MeterOptions): Meter {
  const { ring, mirror, clock, random, log, serverNow, whenServer, view, least } = options
  const bell = createBell(clock)
  const { post, ensure } = createMirrorPost(options)
  let period: Period = { start: 0, duration: 0 }
  let tally: Tally = emptyTally
  let full: Batch[] = []
  let notBefore = 0

  const postRate = (): number => {
    const rate = ownMirror(mirror, view().mirrors)?.postRate ?? view().self?.postRate ?? defaultPostRate
    return Math.max(Math.ceil(least), rate, 1)
  }

  /** Closes the period that is over: periods are aligned to UTC and as long as the server wants them. */
  const turn = (now: number): void => {
    const duration = postRate()
    if (now < period.start + period.duration && duration === period.duration) return
    const batch = batchOf(tally, period.start, period.duration)
    if (batch && now >= period.start + period.duration) full.push(batch)
    period = { start: now - (now % duration), duration }
    tally = emptyTally
  }

  /** Posts oldest first; what is left stays in the ring. */
  const drain = async (signal: AbortSignal): Promise<Outcome<undefined>> => {
    const fresh = full
    full = []
    let outcome: Outcome<undefined> = { kind: 'ok', value: undefined }
    for (let kept = ring.oldest(); kept && outcome.kind === 'ok'; kept = ring.oldest()) {
      outcome = await post(kept.batch, signal)
      if (isOver(outcome)) await ring.drop(kept.id)
    }
    for (const batch of fresh) {
      if (outcome.kind === 'ok') outcome = await post(batch, signal)
      if (!isOver(outcome)) await ring.push(batch)
    }
    return outcome
  }

  return {
    see(status) {
      turn(serverNow())
      tally = tallied(tally, status)
    },
    ring: bell.ring,
    retry() {
      notBefore = 0
      bell.ring()
    },
    async run(signal) {
      for (let failures = 0; ;) {
        turn(serverNow())
        if (options.isTrusted() && view().self && clock.exact() >= notBefore) {
          const ready = await ensure(postRate(), signal)
          const outcome = ready.kind === 'ok' ? await drain(signal) : ready
          if (outcome.kind !== 'ok') log.warn({ outcome }, 'readings not posted')
          failures = outcome.kind === 'ok' ? 0 : failures + 1
          notBefore = clock.exact() + waitAfter(outcome, backoffSeconds(failures, random))
        }
        const end = whenServer(period.start + period.duration) + spread * random.next() * period.duration
        await bell.restUntil(end, signal)
      }
    },
  }
}

/** Seconds until the next try. */
function waitAfter(outcome: Outcome<unknown>, backoff: number): number {
  switch (outcome.kind) {
    case 'ok':
    case 'missing':
    case 'conflict':
      return 0
    case 'forbidden':
      return 300
    case 'rejected':
      return 3600
    case 'later':
      return outcome.seconds ?? backoff
    default:
      return backoff
  }
}

/** Posted, or never to be taken. */
function isOver({ kind }: Outcome<undefined>): boolean {
  return kind === 'ok' || kind === 'rejected' || kind === 'tooLarge'
}
