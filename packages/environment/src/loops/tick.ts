import type { Clock, Logger } from '@gridloom/kit'
import { nameOf } from '../domain/events/grid-event.ts'
import type { TickReport, World } from '../domain/surroundings/world.ts'
import type { Gauges } from '../metrics.ts'

export type TickOptions = Readonly<{ world: World; clock: Clock; log: Logger; gauges: Gauges; tickSeconds: number }>

/** Moves the grid on, tick by tick, until the signal ends it; what begins, ends or has no solution is logged once. */
export async function runTicks(
  { world, clock, log, gauges, tickSeconds }: TickOptions,
  signal: AbortSignal,
): Promise<void> {
  let events: readonly string[] = []
  let isSolved = true
  const tell = ({ acting, outcome }: TickReport): void => {
    const present = acting.map(({ event }) => nameOf(event))
    for (const event of present) if (!events.includes(event)) log.info({ event }, 'event began')
    for (const event of events) if (!present.includes(event)) log.info({ event }, 'event ended')
    events = present
    if (outcome?.kind === 'unsolved' && isSolved) {
      const { iterations, change, worstNode } = outcome
      log.warn({ iterations, change, worstNode }, 'feeder without a solution, last good voltages kept')
    }
    if (outcome?.kind === 'solved' && !isSolved) log.info('feeder solved again')
    isSolved = outcome ? outcome.kind === 'solved' : isSolved
  }
  for (;;) {
    const tick = world.advance(clock.exact())
    gauges.show(tick)
    tell(tick)
    try {
      await clock.sleep(tickSeconds, signal)
    } catch (error) {
      if (signal.aborted) return
      throw error
    }
  }
}
