import type { CtsTicker } from '@gridloom/contracts'

/** What the public is told after a step. */
export type News = Readonly<{ tickers: readonly CtsTicker[]; touched: readonly number[]; now: number }>

/** Who listens to a market, and the last lines of its ticker for those who come back. */
export type NewsBoard = Readonly<{
  tell(news: News): void
  listen(listener: (news: News) => void): Disposable
  /** The newest lines of the ticker after one of them, as far as they are kept. */
  since(tickerId: number): readonly CtsTicker[]
}>

const keptLines = 1000

export function createNewsBoard(): NewsBoard {
  const listeners = new Set<(news: News) => void>()
  const recent: CtsTicker[] = []
  return {
    tell: (news) => {
      if (news.tickers.length === 0 && news.touched.length === 0) return
      recent.push(...news.tickers)
      if (recent.length > 2 * keptLines) recent.splice(0, recent.length - keptLines)
      for (const listener of listeners) listener(news)
    },
    listen: (listener) => {
      listeners.add(listener)
      return { [Symbol.dispose]: () => void listeners.delete(listener) }
    },
    since: (tickerId) => recent.filter((ticker) => ticker.tickerId > tickerId),
  }
}
