import { ClientError, type Clock, type Logger } from '@gridloom/kit'
import type { Standing } from '../agent.ts'
import type { Outlook } from '../domain/outlook.ts'
import { intervalAt, openInstruments } from '../domain/wish.ts'
import type { MarketLink } from '../market-link.ts'

export type WatchPricesOptions = Readonly<{
  market: Pick<MarketLink, 'prices'>
  outlook: Outlook
  standing: Standing
  clock: Clock
  log: Logger
  horizonIntervals: number
  planSeconds: number
}>

/** Looks at what the market trades, whoever trades it, so that expectations follow, until the signal ends it. */
export function createWatchPrices(options: WatchPricesOptions) {
  const { market, outlook, standing, clock, log, horizonIntervals } = options
  const seen = new Map<number, number>()

  const look = async (): Promise<void> => {
    const { reference } = standing
    if (!reference || standing.market !== 'up') return
    const from = intervalAt(reference, clock.now())
    const end = openInstruments(reference, clock.now(), horizonIntervals).at(-1) ?? from
    const prices = await market.prices({ from, to: end + reference.intervalSeconds })
    for (const [dtStart, { last, volume }] of prices) {
      if (seen.get(dtStart) !== volume) outlook.see(dtStart, last)
      seen.set(dtStart, volume)
    }
    for (const dtStart of seen.keys()) if (dtStart < from) seen.delete(dtStart)
  }

  return {
    async run(signal: AbortSignal): Promise<void> {
      for (;;) {
        try {
          await look()
        } catch (error) {
          if (signal.aborted || !(error instanceof ClientError)) throw error
          log.debug({ err: error }, 'prices not seen')
        }
        await clock.sleep(options.planSeconds, signal)
      }
    },
  }
}
