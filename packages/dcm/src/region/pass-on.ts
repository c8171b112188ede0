import {
  ShedAnswer,
  type CommandOutcome,
  type RegionCommand,
  type ShedAsk,
  type TreeConsumer,
} from '@gridloom/contracts'
import type { Clock, Logger } from '@gridloom/kit'
import type { Links } from './links.ts'
import type { RegionSession } from './session.ts'

export type PassOnOptions = Readonly<{
  links: Links
  self: string
  /** Sheds a consumer of this very process. */
  shed: (ask: ShedAsk, from: string) => ShedAnswer
  clock: Clock
  log: Logger
  ackSeconds: number
}>

const tries = 2

/** A generator tells a consumer of its tree to shed or to release: without an answer once more, then it counts as not done (§5). */
export function createPassOn({ links, self, shed, clock, log, ackSeconds }: PassOnOptions) {
  const tell = async ({ url, host }: TreeConsumer, ask: ShedAsk, signal: AbortSignal): Promise<ShedAnswer> => {
    if (host === self) return shed(ask, self)
    return links.post({ url, lfdi: host }, '/region/shed', ask, { answer: ShedAnswer, signal })
  }
  return async (
    session: RegionSession,
    command: RegionCommand,
    consumer: TreeConsumer,
    signal: AbortSignal,
  ): Promise<void> => {
    const { region, epoch, seq, deadline, reason = 'deficit' } = command
    const ask: ShedAsk = {
      region,
      epoch,
      seq,
      generator: command.id,
      id: consumer.id,
      kw: consumer.kw,
      reason,
      deadline,
    }
    const began = clock.exact()
    let outcome: CommandOutcome = { region, epoch, seq, id: consumer.id, status: 'silent', kw: 0 }
    for (let attempt = 0; attempt < tries && outcome.status === 'silent' && !signal.aborted; attempt++) {
      try {
        const { kw } = await tell(consumer, ask, AbortSignal.any([signal, AbortSignal.timeout(1000 * ackSeconds)]))
        outcome = { ...outcome, status: 'done', kw, seconds: clock.exact() - began }
      } catch (err) {
        log.debug({ err, id: consumer.id }, 'shed not acknowledged')
      }
    }
    session.settle(outcome)
    await session.acknowledge(signal)
  }
}
