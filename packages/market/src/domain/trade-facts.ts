import type { MarketFact, MarketReference } from '@gridloom/contracts'
import type { Desk } from './desk.ts'

/** What a trust module is to hear of a market: offers, sales and deliveries of those who are known by a certificate. */
export type TradeFacts = Readonly<{
  /** Something has changed in these instruments. */
  touch(dtStarts: Iterable<number>): void
  /** Looks at what has changed and at what is due; returns what is not told yet, the oldest first. */
  untold(now: number): readonly MarketFact[]
  told(facts: readonly MarketFact[]): void
}>

export type TradeFactsOptions = Readonly<{
  /** The LFDI of the market. */
  self: string
  now: number
  /** How long after an interval its meters may still be reported. */
  meterSeconds: number
}>

type Party = { bid: number; sold: number }

// what ended before a start is told again as far as this: the trust module knows which it has
const intervalsBack = 32

/** Nothing is kept for it: after a restart the book, the ledger and the meters say the same again. */
export function createTradeFacts(desk: Desk, { self, now: startedAt, meterSeconds }: TradeFactsOptions): TradeFacts {
  const { market, agent, parties, metered } = desk
  const { intervalSeconds, marketId } = market
  const wattHours = unitOf(market)
  const changed = new Set(agent.instruments())
  const known = new Map<number, Map<string, Party>>()
  const waiting = new Map<string, MarketFact>()
  for (const starts of agent.ledger.positions.values()) {
    for (const dtStart of starts.keys()) {
      if (dtStart >= startedAt - intervalsBack * intervalSeconds) changed.add(dtStart)
    }
  }

  const tell = (partyId: string, dtStart: number, said: Said): void => {
    const subject = parties.recordOf(partyId)?.peer
    if (subject === undefined || !/^[0-9A-F]{40}$/.test(subject)) return
    const fact = { market: self, subject, tender: `${marketId} ${dtStart}`, ...said }
    waiting.set(`${said.kind} ${partyId} ${dtStart}`, fact)
  }
  const watts = (quantity: number): number => (quantity * wattHours * 3600) / intervalSeconds

  function lookAt(dtStart: number): void {
    const before = known.get(dtStart) ?? new Map<string, Party>()
    known.set(dtStart, before)
    for (const [partyId, now] of standings(desk, dtStart)) {
      const { bid, sold } = before.get(partyId) ?? { bid: 0, sold: 0 }
      if (now.bid > 0 && now.bid !== bid) tell(partyId, dtStart, { kind: 'bid', watts: watts(now.bid) })
      if (now.sold > 0 && now.sold !== sold) tell(partyId, dtStart, { kind: 'award', watts: watts(now.sold) })
      before.set(partyId, now)
    }
  }

  /** False while meters of an interval may still be reported. */
  function settle(dtStart: number, partyId: string, now: number): boolean {
    const sold = -agent.ledger.positionOf(partyId, dtStart)
    if (sold <= 0) return true
    const taken = metered.takenBy(partyId, dtStart)
    if (taken === undefined && now < dtStart + intervalSeconds + meterSeconds) return false
    const before = metered.takenBy(partyId, dtStart - intervalSeconds)
    const delivered = { wattHours: -(taken ?? 0) * wattHours, awardedWattHours: sold * wattHours }
    const when = { start: dtStart, seconds: intervalSeconds }
    const beforeWatts = before === undefined ? {} : { beforeWatts: -watts(before) }
    tell(partyId, dtStart, { kind: 'delivery', ...delivered, ...when, ...beforeWatts })
    return true
  }

  return {
    touch: (dtStarts) => {
      for (const dtStart of dtStarts) changed.add(dtStart)
    },
    untold: (now) => {
      if (wattHours === 0) return []
      for (const dtStart of changed) lookAt(dtStart)
      changed.clear()
      for (const [dtStart, there] of known) {
        if (dtStart + intervalSeconds > now) continue
        for (const partyId of there.keys()) if (settle(dtStart, partyId, now)) there.delete(partyId)
        if (there.size === 0) known.delete(dtStart)
      }
      return [...waiting.values()]
    },
    told: (facts) => {
      const gone = new Set(facts)
      for (const [key, fact] of waiting) if (gone.has(fact)) waiting.delete(key)
    },
  }
}

type Said = MarketFact extends infer Each
  ? Each extends MarketFact
    ? Omit<Each, 'market' | 'subject' | 'tender'>
    : never
  : never

/** What each party would have sold if all its offers were taken, and what it has sold: beyond what it bought. */
function standings({ agent }: Desk, dtStart: number): ReadonlyMap<string, Party> {
  const sold = new Map<string, number>()
  for (const [partyId, starts] of agent.ledger.positions) {
    const position = starts.get(dtStart)
    if (position !== undefined) sold.set(partyId, -position)
  }
  const offered = new Map(sold)
  for (const { partyId, remaining } of agent.book(dtStart).asks) {
    offered.set(partyId, (offered.get(partyId) ?? 0) + remaining)
  }
  return new Map([...offered].map(([partyId, bid]) => [partyId, { bid, sold: sold.get(partyId) ?? 0 }]))
}

/** Watt-hours of one step of quantity; 0 where the unit is none of energy. */
function unitOf({ resourceUnit, quantityScale }: MarketReference): number {
  return (units.get(resourceUnit) ?? 0) * 10 ** quantityScale
}

const units = new Map([
  ['Wh', 1],
  ['kWh', 1000],
  ['MWh', 1_000_000],
])
