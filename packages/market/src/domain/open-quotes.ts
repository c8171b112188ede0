import type { Side } from './tender.ts'

/** A tender that is not in the book: whoever likes it takes it, at its price. */
export type Quote = Readonly<{
  order: number
  partyId: string
  quoteId: string
  side: Side
  dtStart: number
  price: number
  end: number
  tradeable: boolean
  isPublic: boolean
  rfqId?: string | undefined
}> & { remaining: number }

/** The quotes that can still be accepted, by number and by name: however many there are, a message about one costs the same. */
export function createOpenQuotes(from: readonly Quote[]) {
  const byOrder = new Map<number, Quote>()
  /** By quoteId, and legs by that of their stream. */
  const byName = new Map<string, Set<Quote>>()
  /** Nothing ends before it. */
  let quietUntil = Infinity
  for (const quote of from) add({ ...quote })

  function add(quote: Quote): void {
    const name = nameOf(quote.quoteId)
    byOrder.set(quote.order, quote)
    byName.set(name, (byName.get(name) ?? new Set<Quote>()).add(quote))
    quietUntil = Math.min(quietUntil, quote.end)
  }

  function remove(quote: Quote): void {
    const name = nameOf(quote.quoteId)
    const named = byName.get(name)
    byOrder.delete(quote.order)
    named?.delete(quote)
    if (named?.size === 0) byName.delete(name)
  }

  /** Forgets what is due. */
  function advance(now: number): void {
    if (now < quietUntil) return
    for (const quote of byOrder.values()) if (quote.end <= now) remove(quote)
    quietUntil = [...byOrder.values()].reduce((least, { end }) => Math.min(least, end), Infinity)
  }

  /** By the number, by the id, or all legs by that of their stream. */
  function allNamed(reference: number | string): readonly Quote[] {
    if (typeof reference === 'number') {
      const numbered = byOrder.get(reference)
      return numbered ? [numbered] : []
    }
    const all = [...(byName.get(nameOf(reference)) ?? [])]
    return reference.includes('/') ? all.filter(({ quoteId }) => quoteId === reference) : all
  }

  return { add, remove, advance, allNamed, all: (): readonly Quote[] => [...byOrder.values()] }
}

function nameOf(quoteId: string): string {
  return quoteId.split('/', 1)[0] ?? quoteId
}
