import type { MarketReference } from '@gridloom/contracts'
import { addExact } from './exact.ts'
import type { Offer } from './tender.ts'

type Tenders<T extends Offer> = readonly T[]
type Fill<T> = Readonly<{ tender: T; quantity: number }>
export type MarginRules = Readonly<Pick<MarketReference, 'marginRule' | 'roundLot'>>

/** Shares the volume of a clearing among one side: better than the price wholly, at the price by the margin rule. */
export function allocate<T extends Offer>(
  side: Tenders<T>,
  { price, volume }: Readonly<{ price: number; volume: number }>,
  rules: MarginRules,
): Fill<T>[] {
  const better = side.filter((tender) => (tender.side === 'BUY' ? tender.price > price : tender.price < price))
  const margin = side.filter((tender) => tender.price === price)
  const rest = volume - totalOf(better)
  const shares = sharesOf(margin, rest, rules)
  const fills = [
    ...better.map((tender) => ({ tender, quantity: tender.remaining })),
    ...margin.map((tender, index) => ({ tender, quantity: shares[index] ?? 0 })),
  ]
  return fills.filter(({ quantity }) => quantity > 0)
}

function sharesOf(margin: Tenders<Offer>, rest: number, { marginRule, roundLot }: MarginRules): number[] {
  switch (marginRule) {
    case 'TIME':
      return byTime(margin, rest)
    case 'PRO_RATA':
      return proRata(margin, rest, roundLot)
    default:
      return marginRule satisfies never
  }
}

function byTime(margin: Tenders<Offer>, rest: number): number[] {
  let left = rest
  return margin.map(({ remaining }) => {
    const share = Math.min(remaining, left)
    left -= share
    return share
  })
}

/** Counts in lots: everybody the floor of the own part, what is left one lot each to the earliest. */
function proRata(margin: Tenders<Offer>, rest: number, roundLot: number): number[] {
  const wanted = totalOf(margin)
  if (wanted === rest) return margin.map(({ remaining }) => remaining)
  // remaining x rest exceeds 2^53 long before either does
  const lots = margin.map(({ remaining }) =>
    Number((BigInt(remaining / roundLot) * BigInt(rest / roundLot)) / BigInt(wanted / roundLot)),
  )
  const over = rest / roundLot - lots.reduce(addExact, 0)
  return lots.map((share, index) => (index < over ? share + 1 : share) * roundLot)
}

function totalOf(tenders: Tenders<Offer>): number {
  return tenders.reduce((sum, { remaining }) => addExact(sum, remaining), 0)
}
