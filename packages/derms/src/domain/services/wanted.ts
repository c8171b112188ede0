import type { ControlFields } from '@gridloom/contracts'
import type { Fairness } from '../dispatch/dispatch-file.ts'
import { steeringOf } from '../knowledge/reach.ts'
import { allocate, priced, type Allocation, type Candidate, type Prices } from './allocate.ts'
import { bandAt, type Band } from './band.ts'
import { baselineAt } from './baseline.ts'
import { candidatesOf, isOutOf, type Scene, type Steps } from './candidates.ts'
import { guardsOf } from './guards.ts'
import { boundOf, orderOf } from './order-of.ts'
import type { Award } from '@gridloom/contracts'
import type { Running } from './running.ts'

export type Market = Readonly<{
  fairness: Fairness
  prices: Prices & Readonly<{ /** For a kW that is held ready for an hour. */ hold: number }>
  storeReserve: number
  storeEfficiency: number
  /** Share of a limit that is kept free, for what moves between two looks. */
  limitMargin: number
  /** Of the optimisation. */
  stepSeconds: number
  horizonSteps: number
}>

/** What one device shall do from now on. */
export type Wanted = Readonly<{
  lfdi: string
  W: number
  baseW: number
  steering: Award['steering']
  controls: ControlFields
  /** Smaller changes than this are not worth a control. */
  deadbandW?: number
}>

export type Want = Readonly<{ orders: ReadonlyMap<string, Wanted>; allocation?: Allocation }>

/** The steps from a moment to the end of what is asked now; the last one may reach beyond it. */
export function stepsOf({ service: { request, start, end, call } }: Running, now: number, market: Market): Steps {
  const from = Math.max(now, start)
  const until = request.kind === 'reserve' && call ? call.until : end
  const longest = request.kind === 'profile' ? Math.min(market.stepSeconds, request.stepSeconds) : market.stepSeconds
  const left = Math.max(until - from, 1)
  const stepSeconds = Math.min(longest, left)
  return { from, stepSeconds, count: Math.min(Math.max(Math.ceil(left / stepSeconds), 1), market.horizonSteps) }
}

/** Who does what for the power of the point, from the running step on; undefined while nothing is asked. */
export function wantedPower(scene: Scene, market: Market): Want | undefined {
  const { running, now } = scene
  const steps = stepsOf(running, now, market)
  const candidates = candidatesOf(scene, steps)
  const { request } = running.service
  const asked = bandsOf(running, candidates, steps)
  if (!asked) return undefined
  const bands = request.kind === 'limit' ? asked.map((one) => inside(one, market.limitMargin)) : asked
  const allocation = allocate({
    ...market,
    ...('fairness' in request && request.fairness && { fairness: request.fairness }),
    candidates: candidates.map((one) => inTurn(scene, one, { ...market.prices, asked: request.price })),
    bands,
    otherW: 'otherW' in request ? request.otherW : 0,
    stepSeconds: steps.stepSeconds,
  })
  const orders = ordersOf(candidates, allocation)
  if (request.kind !== 'limit') return { allocation, orders }
  const isOut = (lfdi: string): boolean => isOutOf(scene, lfdi)
  const [band = {}] = bands
  const guards = guardsOf(
    candidates.filter(({ der, trust }) => !isOut(der.lfdi) && !orders.has(der.lfdi) && trust.level < 3),
    { W: allocation.W, band, sumW: (allocation.outcome.perStep[0]?.sumW ?? 0) + request.otherW },
  )
  return { allocation, orders: new Map([...guards, ...orders]) }
}

type Pricing = Prices & Readonly<{ asked: number | undefined }>

/** A price that the request names is paid to all alike. Who moves already goes on where prices hardly differ. */
function inTurn({ awards }: Scene, candidate: Candidate, { asked, up, down }: Pricing): Candidate {
  const { der, terms, reach } = candidate
  const { W, steering, status } = awards.get(der.lfdi) ?? {}
  const [baseW = 0] = reach.baseW
  const isInForce = W !== undefined && status !== 'dropped'
  const isMoved = isInForce && (steering === 'target' || isBinding(W, baseW, steering))
  const factor = isMoved ? staying : 1
  return priced(candidate, {
    up: factor * (asked ?? terms.upPrice ?? up),
    down: factor * (asked ?? terms.downPrice ?? down),
  })
}

const staying = 0.95

function isBinding(W: number, baseW: number, steering: Award['steering'] | undefined): boolean {
  return steering === 'export-cap' ? W < baseW - leastMoveW : steering === 'import-cap' && W > baseW + leastMoveW
}

function inside({ lowW, highW }: Band, margin: number): Band {
  return {
    ...(lowW !== undefined && { lowW: lowW + margin * Math.abs(lowW) }),
    ...(highW !== undefined && { highW: highW - margin * Math.abs(highW) }),
  }
}

/** Only who has to move is ordered, in the controls that it supports. */
function ordersOf(candidates: readonly Candidate[], { W }: Allocation): ReadonlyMap<string, Wanted> {
  const moves = candidates.flatMap(({ der, reach }): readonly Wanted[] => {
    const wanted = W.get(der.lfdi)
    const baseW = reach.baseW[0] ?? 0
    if (wanted === undefined || Math.abs(wanted - baseW) < leastMoveW) return []
    const controls = orderOf(der, wanted)
    return controls ? [{ lfdi: der.lfdi, W: wanted, baseW, steering: steeringOf(der), controls }] : []
  })
  return new Map(moves.map((move) => [move.lfdi, move]))
}

const leastMoveW = 1

function bandsOf(
  running: Running,
  candidates: readonly Candidate[],
  { from, stepSeconds, count }: Steps,
): readonly Band[] | undefined {
  const { end } = running.service
  const bands: Band[] = []
  for (let step = 0; step < count; step++) {
    // in the first step at once, so that a signal counts from its moment on
    const time = step === 0 ? from : Math.min(from + (step + 0.5) * stepSeconds, end - 0.001)
    const band = bandAt(running, time, baselineSum(running, candidates, { time, step }))
    if (step === 0 && !band) return undefined
    bands.push(band ?? {})
  }
  return bands
}

/** What all at the point would have done. */
function baselineSum(
  { baselines, intervalSeconds }: Running,
  candidates: readonly Candidate[],
  { time, step }: Readonly<{ time: number; step: number }>,
): number {
  return candidates.reduce((sum, { der, reach }) => {
    const baseline = baselines[der.lfdi]
    const known = baseline && baselineAt(baseline, time, intervalSeconds)
    return sum + (known ?? reach.baseW[step] ?? 0)
  }, 0)
}

/** Bounds of their own for all at the point, which together keep it within, whatever each of them does. */
export function wantedEnvelope(scene: Scene, market: Market): Want | undefined {
  const { running, now } = scene
  const { request } = running.service
  if (request.kind !== 'envelope') return undefined
  const steps = { ...stepsOf(running, now, market), count: 1 }
  const candidates = candidatesOf(scene, steps)
  const fairness = request.fairness ?? 'equal'
  const shareOf = (side: 'exportW' | 'importW'): Allocation | undefined => {
    const most = request[side]
    if (most === undefined) return undefined
    const band = side === 'exportW' ? { highW: most } : { lowW: -most }
    const worst = candidates.map((candidate) => atWorst(candidate, side))
    return allocate({
      ...market,
      fairness,
      candidates: worst,
      bands: [band],
      otherW: 0,
      stepSeconds: steps.stepSeconds,
    })
  }
  const [exports, imports] = [shareOf('exportW'), shareOf('importW')]
  const orders = candidates.flatMap(({ der, reach }): readonly (readonly [string, Wanted])[] => {
    const exportW = exports?.W.get(der.lfdi)
    const importW = imports?.W.get(der.lfdi)
    const isOut = scene.awards.get(der.lfdi)?.status === 'dropped'
    const controls = boundOf(der, {
      ...(exportW !== undefined && { exportW }),
      ...(importW !== undefined && { importW: -importW }),
    })
    if (!controls || isOut) return []
    const W = exportW ?? importW ?? 0
    const steering = exportW === undefined ? 'import-cap' : 'export-cap'
    return [[der.lfdi, { lfdi: der.lfdi, W, baseW: reach.baseW[0] ?? 0, steering, controls }]]
  })
  const allocation = worstOf(exports, imports)
  return { orders: new Map(orders), ...(allocation && { allocation }) }
}

/** As if it exported, or drew, all that it is rated for; who has no bound to set may do that. */
function atWorst(candidate: Candidate, side: 'exportW' | 'importW'): Candidate {
  const { der } = candidate
  const worst = side === 'exportW' ? der.maxW : der.minW
  const isBound = boundOf(der, { [side]: 0 }) !== undefined && candidate.trust.level < 3
  const least = isBound ? 0 : worst
  const { store: _store, rampWPerSecond: _ramp, ...rest } = der
  return {
    ...candidate,
    der: rest,
    // a bound needs no trust beyond that it is kept at all
    trust: { ...candidate.trust, Te: 1 },
    nowW: worst,
    reach: { baseW: [worst], minW: [Math.min(worst, least)], maxW: [Math.max(worst, least)] },
  }
}

function worstOf(...allocations: readonly (Allocation | undefined)[]): Allocation | undefined {
  return allocations.filter((one) => one !== undefined).toSorted((a, b) => b.shortW - a.shortW)[0]
}
