import { netTenders, type TenderTerms } from './net-tender.ts'
import { gateOf, type Rules, type Wish } from './wish.ts'

/** A tender of our own that may still trade, as far as we know. */
export type OwnTender = TenderTerms &
  Readonly<{
    tenderId: string
    /** What is left of it after the trades that we were told of. */
    remaining: number
    /** `sending`: the market has not answered yet; `canceling`: it has not said that it ended. */
    state: 'sending' | 'open' | 'canceling'
  }>

export type PlanInputs = Readonly<{
  wishes: readonly Wish[]
  own: readonly OwnTender[]
  /** By start; where there is no own tender, it is the market's word. */
  positionOf: (dtStart: number) => number
  rules: Rules
  now: number
}>

export type Plan = Readonly<{ cancel: readonly string[]; tender: readonly TenderTerms[] }>

/**
 * The next step towards the wishes: first own tenders that no longer fit are canceled, and only where none is left is the
 * difference tendered. So whatever trades meanwhile, position and open tenders never add up to more than the need.
 */
export function planOf({ wishes, own, positionOf, rules, now }: PlanInputs): Plan {
  const wishOf = new Map(wishes.map((wish) => [wish.dtStart, wish]))
  const starts = new Set([...wishOf.keys(), ...own.map(({ dtStart }) => dtStart)])
  const steps = [...starts]
    .filter((dtStart) => now < gateOf(rules, dtStart))
    .map((dtStart): Plan => {
      const live = own.filter((tender) => tender.dtStart === dtStart)
      if (live.some(({ state }) => state !== 'open')) return nothing
      const wish = wishOf.get(dtStart)
      const wanted = wish ? netTenders(wish, positionOf(dtStart), rules) : []
      if (live.length === 0) return { cancel: [], tender: wanted }
      return fits(live, wanted) ? nothing : { cancel: live.map(({ tenderId }) => tenderId), tender: [] }
    })
  return { cancel: steps.flatMap(({ cancel }) => cancel), tender: steps.flatMap(({ tender }) => tender) }
}

const nothing: Plan = { cancel: [], tender: [] }

function fits(live: readonly OwnTender[], wanted: readonly TenderTerms[]): boolean {
  const left = live.filter(({ remaining }) => remaining > 0).map((one) => wordsOf({ ...one, quantity: one.remaining }))
  return left.toSorted().join() === wanted.map(wordsOf).toSorted().join()
}

function wordsOf({ side, quantity, price }: TenderTerms): string {
  return `${side} ${quantity}@${price}`
}
