import { formatCtsDuration, formatCtsInstant, type MarketReference } from '@gridloom/contracts'
import { createRandom } from '@gridloom/kit'
import { createMarketAgent, type MarketAgent } from '@gridloom/market'
import { createOutlook, netTenders, type Ahead, type TenderTerms } from '@gridloom/teua'
import { type Flexibility, homesOf, kinds, lostLoadPrice, type Home, type Kind } from './homes.ts'
import { supplyOf, wholesalePrice } from './supply.ts'

export type StudyOptions = Readonly<{
  agents: number
  days: number
  seed: number
  mechanism: MarketReference['mechanism']
  intervalSeconds: number
}>

/** What one interval brought: energies in Wh, prices in thousandths of the currency per kWh. */
export type StudyInterval = Readonly<{
  dtStart: number
  /** Of the clearing, or the mean of the trades; undefined when nothing was traded. */
  price: number | undefined
  volumeWh: number
  /** Net energy into the neighbourhood. */
  withMarketWh: number
  withoutWh: number
  /** Metered less traded, over all agents. */
  imbalanceWh: number
  positionsWh: Readonly<Record<Kind, number>>
}>

/** What was tendered by whom and what of it traded: from this the surplus follows. */
export type Offer = TenderTerms & Readonly<{ kind: Kind | 'grid'; traded: number }>

export type Study = Readonly<{
  options: StudyOptions
  intervals: readonly StudyInterval[]
  offers: readonly (readonly Offer[])[]
  flexibility: readonly Flexibility[]
  tenders: number
  trades: number
  counts: Readonly<Record<Kind, number>>
  /** In thousandths of a thousandth of the currency; negative: paid. */
  cash: Readonly<Record<Kind | 'grid', bigint>>
  /** Watt-hours bought less sold. */
  energy: Readonly<Record<Kind | 'grid', number>>
}>

const gridParty = 'grid'
const horizonSeconds = 86_400
const start = Date.UTC(2027, 0, 4) / 1000

// no id comes twice here, and nothing is canceled: millions of requests need not be remembered
const archive = { requestOf: () => undefined, keepRequest: () => {}, legsOf: () => undefined, keepTender: () => {} }

/** Runs a neighbourhood through its market, interval by interval: each is traded once, just before its gate. */
export function simulateStudy(options: StudyOptions, progress: (share: number) => void = () => undefined): Study {
  const { agents, days, seed, intervalSeconds } = options
  const reference = referenceOf(options)
  const homes = homesOf(agents, seed, reference)
  const market = createMarketAgent(reference, [gridParty, ...homes.map(({ partyId }) => partyId)], { archive })
  const supply = supplyOf(options)
  const outlook = createOutlook({ prices: typicalDay(options), stepSeconds: intervalSeconds, learning: 0.3 })
  const shuffle = createRandom(`${seed}/order`)
  const count = Math.floor((days * 86_400) / intervalSeconds)
  const intervals: StudyInterval[] = []
  const offers: Offer[][] = []
  const ledger: Entry[] = []

  for (let step = 0; step < count; step += 1) {
    const dtStart = start + step * intervalSeconds
    const now = dtStart - reference.gateClosureSeconds - 1
    market.advance(now)
    const ahead = aheadOf(dtStart, intervalSeconds, outlook.priceAt)
    const scene = { market, rules: reference, now }
    const wanted = homes.flatMap((home) => tendersOf(home, ahead, scene))
    const supplied = supply.tenders(dtStart).map((terms): Placed => ({ partyId: gridParty, kind: 'grid', terms }))
    const placed = place(scene, [...supplied, ...shuffled(wanted, shuffle.next)])
    const cleared = options.mechanism === 'PERIODIC_DOUBLE_AUCTION' ? (market.clear(dtStart, now).entries ?? []) : []
    const entries = [...placed.flatMap((one) => one.entries), ...cleared]
    ledger.push(...entries)
    const traded = Map.groupBy(entries, ({ tenderId }) => tenderId)
    offers.push(
      placed.map(({ tenderId, kind, terms }) => ({ ...terms, kind, traded: sumOf(traded.get(tenderId) ?? []) })),
    )
    const buys = entries.filter(({ side }) => side === 'BUY')
    const volumeWh = sumOf(buys)
    const paid = buys.reduce((sum, { price, quantity }) => sum + price * quantity, 0)
    const price = volumeWh > 0 ? paid / volumeWh : undefined
    if (price !== undefined) outlook.see(dtStart, price)
    intervals.push({ dtStart, price, volumeWh, ...flowsOf(homes, market, dtStart) })
    progress((step + 1) / count)
  }
  const flexibility = homes.flatMap((home) => home.flexibility?.() ?? [])
  return { options, intervals, offers, flexibility, ...totalsOf(homes, ledger, offers) }
}

type Entry = NonNullable<ReturnType<MarketAgent['clear']>['entries']>[number]

type Placed = Readonly<{ partyId: string; kind: Offer['kind']; terms: TenderTerms }>

function tendersOf(home: Home, ahead: readonly Ahead[], { market, rules, now }: Scene): Placed[] {
  const { partyId, kind, looksAhead } = home
  const traded = (from: number, to: number): number => {
    let sum = 0
    for (let at = from; at < to; at += rules.intervalSeconds) sum += market.ledger.positionOf(partyId, at)
    return sum
  }
  const [wish] = home.strategy({
    now,
    ahead: looksAhead ? ahead : ahead.slice(0, 1),
    traded,
    device: home.outlook(),
    rules,
  })
  // tomorrow's needs are tendered tomorrow: prices are known better then
  if (!wish || wish.dtStart !== ahead[0]?.dtStart) return []
  return netTenders(wish, 0, rules).map((terms) => ({ partyId, kind, terms }))
}

type Scene = Readonly<{ market: MarketAgent; rules: MarketReference; now: number }>

/** Hands the tenders to the market, in their order, and tells under which id each is known there. */
function place({ market, rules, now }: Scene, tenders: readonly Placed[]) {
  const { marketId, marketPartyId: counterPartyId, intervalSeconds } = rules
  const duration = formatCtsDuration(intervalSeconds)
  return tenders.map(({ partyId, kind, terms }, index) => {
    const { dtStart, side, price, quantity } = terms
    const tenderId = `${dtStart}.${index}`
    const interval = { dtStart: formatCtsInstant(dtStart), duration }
    const tender = { tenderId, side, tenderDetail: { kind: 'INTERVAL', interval, price, quantity } }
    const message = { type: 'EiCreateTender', requestId: tenderId, partyId, counterPartyId, marketId, tender }
    const { answer, entries = [] } = market.createTender(message, now)
    if (answer.reason !== 'OK') throw new Error(`the market refused ${JSON.stringify(message)}: ${answer.reason}`)
    return { tenderId, kind, terms, entries }
  })
}

function flowsOf(homes: readonly Home[], market: MarketAgent, dtStart: number) {
  const positionsWh = { household: 0, pv: 0, battery: 0, flexible: 0 }
  let [withMarketWh, withoutWh, tradedWh] = [0, 0, 0]
  for (const home of homes) {
    const position = market.ledger.positionOf(home.partyId, dtStart)
    positionsWh[home.kind] += position
    tradedWh += position
    withMarketWh += home.act(dtStart, position)
    withoutWh += home.without(dtStart)
  }
  return { withMarketWh, withoutWh, imbalanceWh: withMarketWh - tradedWh, positionsWh }
}

function totalsOf(homes: readonly Home[], ledger: readonly Entry[], offers: readonly (readonly Offer[])[]) {
  const kindOf = new Map(homes.map(({ partyId, kind }) => [partyId, kind]))
  const cash = { household: 0n, pv: 0n, battery: 0n, flexible: 0n, grid: 0n }
  const energy = { household: 0, pv: 0, battery: 0, flexible: 0, grid: 0 }
  for (const { partyId, side, quantity, amount } of ledger) {
    const kind = kindOf.get(partyId) ?? 'grid'
    cash[kind] += amount
    energy[kind] += side === 'BUY' ? quantity : -quantity
  }
  const byKind = Map.groupBy(homes, ({ kind }) => kind)
  const counts = Object.fromEntries(kinds.map((kind) => [kind, byKind.get(kind)?.length ?? 0])) as Study['counts']
  const trades = ledger.length
  return { cash, energy, counts, trades, tenders: offers.reduce((sum, { length }) => sum + length, 0) }
}

/** A day of expected prices, before any was seen. */
function typicalDay({ seed, intervalSeconds }: StudyOptions): number[] {
  const count = Math.floor(86_400 / intervalSeconds)
  return Array.from({ length: count }, (_, index) => wholesalePrice(index * intervalSeconds, seed) + 30)
}

function aheadOf(dtStart: number, intervalSeconds: number, priceAt: (at: number) => number): Ahead[] {
  return Array.from({ length: Math.floor(horizonSeconds / intervalSeconds) }, (_, index) => {
    const at = dtStart + index * intervalSeconds
    return { dtStart: at, position: 0, price: priceAt(at), isOpen: true }
  })
}

function referenceOf({ mechanism, days, intervalSeconds }: StudyOptions): MarketReference {
  return {
    marketId: 'neighbourhood',
    marketPartyId: 'market',
    mechanism,
    resourceDesignator: 'ENERGY',
    resourceUnit: 'Wh',
    currency: 'USD',
    priceScale: -6,
    quantityScale: 0,
    tickSize: 1,
    roundLot: 1,
    minTenderQuantity: 1,
    maxTenderQuantity: 10_000_000,
    minPrice: -1000,
    maxPrice: lostLoadPrice,
    gridStart: start,
    intervalSeconds,
    rangeStart: start,
    rangeEnd: start + days * 86_400,
    gateClosureSeconds: Math.min(300, intervalSeconds),
    selfTrade: 'CANCEL_RESTING',
    marginRule: 'TIME',
    carryOver: false,
  }
}

function sumOf(entries: readonly Readonly<{ quantity: number }>[]): number {
  return entries.reduce((sum, { quantity }) => sum + quantity, 0)
}

function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const mixed = [...items]
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1))
    const [a, b] = [mixed[at] as T, mixed[other] as T]
    mixed[at] = b
    mixed[other] = a
  }
  return mixed
}
