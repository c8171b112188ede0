import type { App } from '@gridloom/kit'
import { Counter, Gauge } from 'prom-client'
import type { DeliveryOutcome } from './loops/courier.ts'
import type { Market } from './market.ts'

/** What a scraper sees of the markets. */
export type Meters = Readonly<{
  watch(market: Market): void
  delivered(market: string, outcome: DeliveryOutcome): void
}>

export function createMeters(registry: App['metrics']): Meters {
  const registers = [registry]
  const labelNames = ['market']
  const trades = new Counter({
    name: 'gridloom_market_trades_total',
    help: 'Trades and clearings',
    labelNames,
    registers,
  })
  const volume = new Counter({
    name: 'gridloom_market_volume_total',
    help: 'Traded quantity in the unit of the market',
    labelNames,
    registers,
  })
  const deliveries = new Counter({
    name: 'gridloom_market_deliveries_total',
    help: 'Messages posted to callbacks, by outcome',
    labelNames: ['market', 'outcome'],
    registers,
  })
  const watched: Market[] = []
  const counted = (name: string, help: string, count: (market: Market) => number): void => {
    const gauge = new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect: () => {
        for (const market of watched) gauge.set({ market: market.id }, count(market))
      },
    })
  }
  counted('gridloom_market_parties', 'Registered parties', ({ desk }) => desk.agent.parties().length)
  counted('gridloom_market_instruments', 'Instruments with open tenders', ({ desk }) => desk.agent.instruments().length)
  counted('gridloom_market_ledger_entries', 'Entries of the ledger', ({ desk }) => desk.agent.ledger.lastSeq())
  counted('gridloom_market_waiting_messages', 'Messages that no party has acknowledged', ({ outbox }) => outbox.count())
  const refusals = 'Messages that the callback of their party refused and that it has not acknowledged since'
  counted('gridloom_market_refused_messages', refusals, ({ outbox }) => outbox.refusals().length)
  return {
    watch: (market) => {
      watched.push(market)
      market.listen(({ tickers }) => {
        for (const ticker of tickers) {
          if (ticker.tickerType !== 'TRANSACTIONS') continue
          trades.inc({ market: market.id })
          volume.inc({ market: market.id }, ticker.quantity)
        }
      })
    },
    delivered: (market, outcome) => deliveries.inc({ market, outcome }),
  }
}
