import { coverDeficit } from './deficit.ts'
import { kwOf } from './milliwatts.ts'
import { sum } from './order.ts'
import type { BalanceGiven } from './region-file.ts'
import { deficitOf, demandOf, openRound, supplyOf, type Round } from './round.ts'
import { useSurplus } from './surplus.ts'

/** One balancing round of a region (§3), without dwell times: what to command, and where it leads. */
export function balanceRegion(given: BalanceGiven) {
  const round = openRound(given)
  const before = totalsOf(round)
  const deficit = balance(round, given.stochasticHeadroom)
  return { before, case: caseOf(deficit), actions: round.actions, after: afterOf(round, given) }
}

/** Takes the actions of a round; `headroom` is the share of what stochastic consumption may still ask for that is kept back. Answers the deficit before. */
export function balance(round: Round, headroom: number): number {
  const deficit = deficitOf(round)
  if (deficit > 0) coverDeficit(round)
  if (deficit < 0) useSurplus(round, Math.round(headroom * sum(round.consumers, (consumer) => consumer.headroom)))
  return deficit
}

function caseOf(deficit: number): 'balanced' | 'deficit' | 'surplus' {
  if (deficit === 0) return 'balanced'
  return deficit > 0 ? 'deficit' : 'surplus'
}

function totalsOf(round: Round) {
  return { demandKw: kwOf(demandOf(round)), supplyKw: kwOf(supplyOf(round)) }
}

function afterOf(round: Round, { generators }: BalanceGiven) {
  const deficit = deficitOf(round)
  const surplus = Math.max(-deficit, 0)
  const curtailed = Math.min(surplus, round.stochastic)
  const shed = round.consumers.filter(({ isShed }) => isShed).map(({ id }) => id)
  const states = new Map<string, object>([
    ...round.fixed.map(({ id, online }) => [id, { online }] as const),
    ...round.continuous.map(({ id, output }) => [id, { outputKw: kwOf(output) }] as const),
  ])
  return {
    ...totalsOf(round),
    unservedKw: kwOf(Math.max(deficit, 0)),
    curtailStochasticKw: kwOf(curtailed),
    spillKw: kwOf(surplus - curtailed),
    storages: round.storages.map(({ id, mode, discharge }) => ({ id, mode, dischargeKw: kwOf(discharge) })),
    generators: generators.map(({ id, kind }) => ({ id, kind, ...states.get(id) })),
    shed: shed.toSorted(),
  }
}
