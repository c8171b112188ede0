import type { MarketFact } from '@gridloom/contracts'
import { settleSeconds } from '../rules/settling.ts'
import { tradesTruly } from '../rules/trades.ts'
import { forbidsDelivery } from '../world/in-force.ts'
import { withinRoom, type Trade } from '../world/memory.ts'
import { memoryOf, ratedWatts, type World } from '../world/world.ts'
import { judge, subjectOf, type Bench } from './judge.ts'
import { trustIn } from './judge-message.ts'
import type { TrustEvent } from './trust-event.ts'

const mostTrades = 64
const tests = ['identity', 'format', 'timing', 'protocol', 'physics'] as const
const judged = tradesTruly()

/** Judges what a market tells of a trade (PR-11); the same again says nothing new. */
export function judgeTrade(fact: MarketFact, bench: Bench): readonly TrustEvent[] {
  const { world, settings } = bench
  const { subject, market } = fact
  const known = tradeOf(world, fact)
  if (isTold(fact, known)) return []
  const can = { trustedWatts: trustedWatts(fact, bench), rampWattHours: rampWattHours(fact, world) }
  const findings = isExcused(fact, world) ? [] : judged(fact, known, can)
  remember(world, fact, { ...known, ...noted(fact) })
  const held = findings.some(({ on }) => on === 'receiver') ? market : subject
  const delta = Math.max(trustIn(market, bench), settings.parameters.all.leastDiscount)
  return judge({ subject: held, t: world.clock.now, g: 1, delta, tests, findings, observationIds: [] }, bench)
}

function tradeOf(world: World, { subject, market, tender }: MarketFact): Trade {
  return memoryOf(world, subject).trades?.[keyOf(market, tender)] ?? {}
}

function remember(world: World, { subject, market, tender }: MarketFact, trade: Trade): void {
  const trades = (memoryOf(world, subject).trades ??= {})
  const key = keyOf(market, tender)
  delete trades[key]
  trades[key] = trade
  withinRoom(trades, mostTrades)
}

function keyOf(market: string, tender: string): string {
  return `${market.slice(0, 8)} ${tender}`
}

function isTold(fact: MarketFact, known: Trade): boolean {
  return fact.kind === 'delivery' ? known.isDelivered === true : known[fact.kind] === fact.watts
}

function noted(fact: MarketFact): Trade {
  return fact.kind === 'delivery' ? { isDelivered: true } : { [fact.kind]: fact.watts }
}

/** Nobody is derated below level 2 (§5): up to then a party may offer all that it is rated for. */
function trustedWatts({ subject }: MarketFact, bench: Bench): number {
  const { level } = subjectOf(bench.world, subject, bench.world.clock.now).file
  if (level > 2) return 0
  const rated = ratedWatts(bench.world, subject) ?? Infinity
  return level === 2 ? rated * trustIn(subject, bench) : rated
}

/** What a device cannot have delivered because it first had to come there from what it did before. */
function rampWattHours(fact: MarketFact, world: World): number {
  if (fact.kind !== 'delivery' || fact.seconds === undefined) return 0
  const rated = ratedWatts(world, fact.subject)
  if (rated === undefined) return 0
  const { gradW: setGradW } = world.devices.get(fact.subject)?.settings ?? {}
  const change = Math.max(0, (fact.awardedWattHours * 3600) / fact.seconds - (fact.beforeWatts ?? -rated))
  const seconds = settleSeconds({ ratedWatts: rated, ...(setGradW !== undefined && { setGradW }) }, change)
  return (change * seconds) / 2 / 3600
}

/** What its server orders goes before what it sold. */
function isExcused(fact: MarketFact, world: World): boolean {
  if (fact.kind !== 'delivery' || fact.start === undefined || fact.seconds === undefined) return false
  const device = world.devices.get(fact.subject)
  if (!device) return false
  const watts = (fact.awardedWattHours * 3600) / fact.seconds
  const span = { from: fact.start, to: fact.start + fact.seconds }
  return forbidsDelivery(device, { watts, ratedWatts: ratedWatts(world, fact.subject) ?? Infinity, span })
}
