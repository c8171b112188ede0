import type { Tender } from '@gridloom/market'

type Resting = Tender & { remaining: number }

/** The book that comes to mind first: an array for each side of an instrument, sorted after every tender and searched for every cancel. Own tenders in the way are canceled. */
export function naiveBook() {
  const sides = new Map<string, Resting[]>()
  const sideOf = (dtStart: number, side: string): Resting[] => {
    const found = sides.get(`${dtStart} ${side}`) ?? []
    sides.set(`${dtStart} ${side}`, found)
    return found
  }

  function accept(tender: Tender): number {
    const incoming = { ...tender, remaining: tender.quantity }
    const opposite = sideOf(tender.dtStart, tender.side === 'BUY' ? 'SELL' : 'BUY')
    let events = 0
    for (let best = opposite[0]; best && incoming.remaining > 0 && crosses(incoming, best); best = opposite[0]) {
      const isOwn = best.partyId === incoming.partyId
      const quantity = isOwn ? best.remaining : Math.min(incoming.remaining, best.remaining)
      if (!isOwn) incoming.remaining -= quantity
      best.remaining -= quantity
      events += 1
      if (best.remaining === 0) opposite.shift()
    }
    if (incoming.remaining === 0) return events
    const own = sideOf(tender.dtStart, tender.side)
    own.push(incoming)
    own.sort((a, b) => (tender.side === 'BUY' ? b.price - a.price : a.price - b.price) || a.sequence - b.sequence)
    return events
  }

  function cancel({ dtStart, side, tenderId }: Tender): number {
    const own = sideOf(dtStart, side)
    const at = own.findIndex((tender) => tender.tenderId === tenderId)
    if (at < 0) return 0
    own.splice(at, 1)
    return 1
  }

  return { accept, cancel }
}

function crosses(incoming: Tender, best: Tender): boolean {
  return incoming.side === 'BUY' ? best.price <= incoming.price : best.price >= incoming.price
}
