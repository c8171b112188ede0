import type { DerTerms, ServiceKind } from '@gridloom/contracts'
import { DispatchFile, type DispatchInput, type Fairness } from '../dispatch/dispatch-file.ts'
import { fill } from '../dispatch/fill.ts'
import { outcomeOf, type Outcome, type Plan } from '../dispatch/plan.ts'
import { problemOf } from '../dispatch/problem.ts'
import type { Der } from '../knowledge/der.ts'
import type { Reach } from '../knowledge/reach.ts'
import type { Band } from './band.ts'

/** A DER as an allocation sees it. */
export type Candidate = Readonly<{
  der: Der
  reach: Reach
  trust: Readonly<{ level: number; Te: number }>
  usedWh: number
  terms: DerTerms
  nowW?: number | undefined
}>

export type Prices = Readonly<{ up: number; down: number }>

export type AllocateOptions = Readonly<{
  candidates: readonly Candidate[]
  /** One for each step. */
  bands: readonly Band[]
  otherW: number
  stepSeconds: number
  fairness: Fairness
  prices: Prices
  storeReserve: number
  storeEfficiency: number
}>

/** What each DER shall do in the first step, and how far the point is from what was asked of it. */
export type Allocation = Readonly<{
  W: ReadonlyMap<string, number>
  outcome: Outcome
  /** The largest miss of any step. */
  shortW: number
}>

/** Shares out what a point shall do among its DERs: the fast solver over the whole window, of which the first step is ordered. */
export function allocate(options: AllocateOptions): Allocation {
  const { bands, otherW } = options
  const lows = bands.map(({ lowW }) => lowW)
  const highs = bands.map(({ highW }) => highW)
  const request = {
    kind: 'limit' as const,
    ...(lows.some((W) => W !== undefined) && { importLimitW: lows.map((W) => (W === undefined ? free : -W)) }),
    ...(highs.some((W) => W !== undefined) && { exportLimitW: highs.map((W) => W ?? free) }),
  }
  return solved(options, { request, otherW })
}

/** How much of a reserve each DER can hold over the window. */
export function allocateReserve(
  options: Omit<AllocateOptions, 'otherW'>,
  reserve: Readonly<{ direction: 'up' | 'down'; reserveW: number; callSeconds: number; responseSeconds: number }>,
): Allocation {
  return solved(options, { request: { kind: 'reserve', ...reserve } })
}

// beyond every power, and a number that the form takes
const free = 1e12

type Stated = Pick<DispatchInput, 'request' | 'otherW'>

function solved(options: Omit<AllocateOptions, 'otherW'>, stated: Stated): Allocation {
  const { candidates, bands, stepSeconds, fairness } = options
  const file = DispatchFile.parse({
    format: 'dispatch/1',
    horizon: { stepSeconds, steps: bands.length },
    fairness,
    fleet: candidates.map((candidate) => entryOf(candidate, options)),
    ...stated,
  } satisfies DispatchInput)
  const problem = problemOf(file)
  const plan = fill(problem)
  const outcome = outcomeOf(problem, plan)
  return {
    W: firstStep(problem.ids, problem.steps, plan),
    outcome,
    shortW: outcome.perStep.reduce((most, { missedW }) => Math.max(most, missedW), 0),
  }
}

function entryOf(
  { der, reach, trust, usedWh, terms, nowW }: Candidate,
  { prices, storeReserve, storeEfficiency }: Pick<AllocateOptions, 'prices' | 'storeReserve' | 'storeEfficiency'>,
): DispatchInput['fleet'][number] {
  const { store, lfdi, rampWPerSecond } = der
  const minWh = store ? Math.min((terms.reserveShare ?? storeReserve) * store.capacityWh, store.energyWh) : 0
  return {
    id: lfdi,
    ...copied(reach),
    ...(nowW !== undefined && { nowW }),
    ...(rampWPerSecond !== undefined && rampWPerSecond > 0 && { rampWPerSecond }),
    upPrice: terms.upPrice ?? prices.up,
    downPrice: terms.downPrice ?? prices.down,
    ...(store && {
      storage: {
        energyWh: store.energyWh,
        capacityWh: store.capacityWh,
        minWh,
        chargeEfficiency: storeEfficiency,
      },
    }),
    trust,
    usedWh,
  }
}

function copied({ baseW, minW, maxW }: Reach) {
  return { baseW: [...baseW], minW: [...minW], maxW: [...maxW] }
}

function firstStep(ids: readonly string[], steps: number, plan: Plan): ReadonlyMap<string, number> {
  return new Map(ids.map((id, row) => [id, plan[row * steps] ?? 0]))
}

/** A DER at another price than its own. */
export function priced(candidate: Candidate, { up, down }: Prices): Candidate {
  return { ...candidate, terms: { ...candidate.terms, upPrice: up, downPrice: down } }
}

/** Whether the owner of a DER lets it take part in services of a kind. */
export function isSubscribed({ services }: DerTerms, kind: ServiceKind): boolean {
  return services === undefined || services.includes(kind)
}
