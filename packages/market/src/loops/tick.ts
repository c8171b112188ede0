import type { Clock } from '@gridloom/kit'
import type { Market } from '../market.ts'

/** Lets time pass in every market: clearings, gates, expiries. */
export async function runTicks(
  { markets, clock, tickSeconds }: Readonly<{ markets: Iterable<Market>; clock: Clock; tickSeconds: number }>,
  signal: AbortSignal,
): Promise<void> {
  const all = [...markets]
  for (;;) {
    for (const market of all) await market.tick()
    try {
      await clock.sleep(tickSeconds, signal)
    } catch (error) {
      if (signal.aborted) return
      throw error
    }
  }
}
