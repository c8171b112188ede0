import { marketFactBatch, type MarketFact } from '@gridloom/contracts'
import { backoffSeconds, type Client, type Clock, createRandom, type Logger } from '@gridloom/kit'
import { createTradeFacts } from '../domain/trade-facts.ts'
import type { Market } from '../market.ts'

export type TellTradesOptions = Readonly<{
  markets: Iterable<Market>
  client: Client
  clock: Clock
  log: Logger
  /** The LFDI of the market. */
  self: string
  meterSeconds: number
}>

const beatSeconds = 1

/** Tells the trust module of offers, sales and deliveries, in batches and beside the replies, until the signal ends it. */
export async function tellTrades(options: TellTradesOptions, signal: AbortSignal): Promise<void> {
  const { client, clock, log, self, meterSeconds } = options
  using stack = new DisposableStack()
  const all = [...options.markets].map((market) => {
    const facts = createTradeFacts(market.desk, { self, now: clock.now(), meterSeconds })
    stack.use(market.listen(({ touched }) => facts.touch(touched)))
    return facts
  })
  const random = createRandom(self)
  for (let failures = 0; !signal.aborted;) {
    let fault: string | undefined
    for (const facts of all) fault ??= await tellAll(client, facts, clock.now(), signal)
    if (fault !== undefined && failures === 0) log.warn({ reason: fault }, 'trust module not told of trades')
    failures = fault === undefined ? 0 : failures + 1
    const seconds = failures === 0 ? beatSeconds : backoffSeconds(failures, random)
    await clock.sleep(seconds, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  }
}

/** What went wrong, if anything. */
async function tellAll(
  client: Client,
  facts: ReturnType<typeof createTradeFacts>,
  now: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const untold = facts.untold(now)
  for (let start = 0; start < untold.length; start += marketFactBatch) {
    const batch = untold.slice(start, start + marketFactBatch)
    const fault = await tell(client, batch, signal)
    if (fault !== undefined) return fault
    facts.told(batch)
  }
  return undefined
}

function tell(client: Client, batch: readonly MarketFact[], signal: AbortSignal): Promise<string | undefined> {
  return client
    .post('/dtm/market-facts', JSON.stringify(batch), signal)
    .then(({ status, body }) => (status < 300 ? undefined : `${status} ${body.toString('utf8', 0, 300)}`), String)
}
