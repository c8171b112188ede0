import { backoffSeconds, createRandom, type Clock, type Logger } from '@gridloom/kit'
import type { Agent } from './agent.ts'

/** Starts an agent that failed again: a fault in one is no reason for another to stop. */
export async function supervise(
  agent: Agent,
  { clock, log }: Readonly<{ clock: Clock; log: Logger }>,
  signal: AbortSignal,
): Promise<void> {
  const random = createRandom(agent.partyId)
  for (let failures = 0; !signal.aborted; failures += 1) {
    const ending = new AbortController()
    try {
      await agent.run(AbortSignal.any([signal, ending.signal]))
    } catch (error) {
      if (signal.aborted) return
      log.error({ err: error, partyId: agent.partyId }, 'agent failed')
    } finally {
      ending.abort()
    }
    await clock.sleep(1 + backoffSeconds(failures, random), signal).catch(() => undefined)
  }
}
