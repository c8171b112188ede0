import { OutcomeBatch, type CommandOutcome } from '@gridloom/contracts'
import type { Clock, Logger } from '@gridloom/kit'
import { z } from 'zod'
import type { Links } from './links.ts'
import type { RegionPeer } from './peer.ts'

/** How this process stands with the tracker of one region. */
export type RegionSession = Readonly<{
  region: number
  epoch(): number
  /** False for an epoch that is over; a new one forgets what the last one asked. */
  enter(epoch: number): boolean
  /** Nobody here belongs to the region any more: its next tracker may begin with any epoch. */
  forget(): void
  /** Something came back from the tracker; answers whether it had been silent. */
  hear(): boolean
  isCutOff(): boolean
  /** The outcome of a command that was given before: undefined when it is new, and begun from now on. */
  begin(seq: number): 'new' | 'begun' | CommandOutcome
  /** Keeps an outcome for its repeats and for the next report. */
  settle(outcome: CommandOutcome): void
  /** Says again what was said, for a tracker that did not hear it. */
  repeat(outcome: CommandOutcome): void
  /** Takes out what waits to be told; `restore` puts it back when it was not. */
  drain(): CommandOutcome[]
  restore(outcomes: readonly CommandOutcome[]): void
  /** Tells what waits, without waiting for the next report. */
  acknowledge(signal: AbortSignal): Promise<void>
}>

export type SessionsOptions = Readonly<{
  peers: readonly RegionPeer[]
  links: Links
  clock: Clock
  log: Logger
  periodSeconds: number
  nextLamport: () => number
}>

const missedReports = 3

export function createRegionSessions(options: SessionsOptions): (region: number) => RegionSession {
  const sessions = new Map<number, RegionSession>()
  return (region) => {
    const session = sessions.get(region) ?? createSession(region, options)
    sessions.set(region, session)
    return session
  }
}

function createSession(
  region: number,
  { peers, links, clock, log, periodSeconds, nextLamport }: SessionsOptions,
): RegionSession {
  const settled = new Map<number, CommandOutcome>()
  const begun = new Set<number>()
  let waiting: CommandOutcome[] = []
  let epoch = 0
  let heardAt = clock.exact()
  const isCutOff = (): boolean => clock.exact() - heardAt > missedReports * periodSeconds
  const drain = (): CommandOutcome[] => waiting.splice(0)
  const restore = (outcomes: readonly CommandOutcome[]): void => void (waiting = [...outcomes, ...waiting])
  return {
    region,
    epoch: () => epoch,
    enter(next) {
      if (next > epoch) {
        epoch = next
        settled.clear()
        begun.clear()
      }
      return next === epoch
    },
    forget() {
      epoch = 0
      settled.clear()
      begun.clear()
      waiting = []
    },
    hear() {
      const wasSilent = isCutOff()
      heardAt = clock.exact()
      return wasSilent
    },
    isCutOff,
    begin(seq) {
      const known = settled.get(seq) ?? (begun.has(seq) ? 'begun' : 'new')
      begun.add(seq)
      return known
    },
    settle(outcome) {
      settled.set(outcome.seq, outcome)
      waiting.push(outcome)
    },
    repeat: (outcome) => void waiting.push(outcome),
    drain,
    restore,
    async acknowledge(signal) {
      const tracker = peers.find((peer) => peer.member()?.region === region)?.member()?.tracker
      const outcomes = drain()
      if (!tracker || outcomes.length === 0) return
      try {
        const body = OutcomeBatch.parse({ lamport: nextLamport(), outcomes })
        await links.post(tracker, `/regions/${region}/outcomes`, body, { answer: z.object({}), signal })
      } catch (err) {
        restore(outcomes)
        if (!signal.aborted) log.debug({ err, region }, 'not acknowledged')
      }
    },
  }
}
