import { z } from 'zod'

/** A price of another market, by the start of its interval in seconds since 1970. */
export type FeedPrice = Readonly<{ dtStart: number; price: number }>

const instant = z.string().transform((text, context) => {
  const seconds = Date.parse(text) / 1000
  if (Number.isInteger(seconds)) return seconds
  context.addIssue({ code: 'custom', message: `"${text}" is not an instant like 2027-01-04T12:00:00Z`, input: text })
  return z.NEVER
})

const Line = z.object({ start: instant, price: z.coerce.number() })
const Feed = z.array(Line)
const Wrapped = z.object({ prices: z.unknown() })

/** Reads a feed: JSON `[{start, price}]`, also under `prices`, or CSV with a head of `time` and `price`. */
export function parseFeed(text: string): readonly FeedPrice[] {
  const isJson = /^\s*[[{]/.test(text)
  const list: unknown = isJson ? JSON.parse(text) : linesOf(text)
  const feed = Feed.safeParse(Wrapped.safeParse(list).data?.prices ?? list)
  if (!feed.success) throw new Error(`the price feed is not valid\n${z.prettifyError(feed.error)}`)
  return feed.data.map(({ start, price }) => ({ dtStart: start, price }))
}

function linesOf(text: string): readonly object[] {
  const [head = '', ...rows] = text.trim().split(/\r?\n/)
  const columns = head.split(',').map((name) => name.trim().toLowerCase())
  const [time, price] = [columns.findIndex((name) => name === 'time' || name === 'start'), columns.indexOf('price')]
  if (time < 0 || price < 0) throw new Error(`the price feed has no columns "time" and "price", found "${head}"`)
  return rows
    .filter((row) => row.trim() !== '')
    .map((row) => {
      const cells = row.split(',').map((cell) => cell.trim())
      return { start: cells[time] ?? '', price: cells[price] === '' ? undefined : cells[price] }
    })
}
