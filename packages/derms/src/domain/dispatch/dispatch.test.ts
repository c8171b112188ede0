import assert from 'node:assert/strict'
import { createRandom } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { dispatch } from './dispatch.ts'
import { DispatchFile, type DispatchInput } from './dispatch-file.ts'
import { solveExactly } from './exact.ts'
import { fill, fillWithPrices } from './fill.ts'
import { lowerBound } from './lower-bound.ts'
import { outcomeOf, type Plan } from './plan.ts'
import { problemOf, type Problem } from './problem.ts'
import { sampleDispatch } from './sample.ts'

it('takes the cheapest kilowatts first', async () => {
  const { setpoints, outcome, status } = await dispatch(
    limit(-3000, [load('dear', 3000, 0.4), load('cheap', 3000, 0.1)]),
  )
  expect(status).toBe('met')
  expect(setpoints).toEqual([
    { id: 'dear', W: [-3000] },
    { id: 'cheap', W: [0] },
  ])
  expect(outcome.cost).toBeCloseTo(0.3, 12)
})

it('gives all the same share of what they can when that is asked for', async () => {
  const file = { ...limit(-2000, [load('small', 1000, 0.4), load('large', 3000, 0.1)]), fairness: 'equal' as const }
  expect((await dispatch(file)).setpoints).toEqual([
    { id: 'small', W: [-500] },
    { id: 'large', W: [-1500] },
  ])
})

it('asks those first who gave least so far when they take turns', async () => {
  const fleet = [
    { ...load('often', 3000, 0.1), usedWh: 900 },
    { ...load('seldom', 3000, 0.4), usedWh: 100 },
  ]
  const { setpoints } = await dispatch({ ...limit(-3000, fleet), fairness: 'rotation' })
  expect(setpoints.map(({ W }) => W)).toEqual([[-3000], [0]])
})

it('asks of a distrusted DER nothing, and of a suspect one what its trust leaves', async () => {
  const fleet = [
    { ...load('suspect', 2000, 0.1), trust: { Te: 0.5, level: 2 } },
    { ...load('distrusted', 2000, 0.1), trust: { Te: 0.2, level: 3 } },
  ]
  const { setpoints, status, outcome } = await dispatch(limit(0, fleet))
  expect(setpoints.map(({ W }) => W)).toEqual([[-1000], [-2000]])
  expect(status).toBe('short')
  expect(outcome.shortfallWh).toBe(3000)
})

it('keeps the energy of a store for the steps that need it most', async () => {
  const store = { energyWh: 2000, capacityWh: 10_000 }
  const file = {
    ...limit(-1000, [{ id: 'battery', minW: -5000, maxW: 5000, storage: store }]),
    horizon: { stepSeconds: 3600, steps: 3 },
    otherW: [-1500, -3000, -1500],
  }
  const { setpoints } = await dispatch(file)
  const [first = 0, second = 0, third = 0] = setpoints[0]?.W ?? []
  expect(first + second + third).toBeCloseTo(2000, 2)
  expect(second).toBeGreaterThan(1500)
})

it('gives what it has before it is filled again', async () => {
  const battery = { id: 'battery', minW: -5000, maxW: 5000, storage: { energyWh: 2000, capacityWh: 4000 } }
  const file = { ...limit(0, [battery]), horizon: { stepSeconds: 3600, steps: 4 }, otherW: [-2000, 5000, -3000, -3000] }
  const { setpoints } = await dispatch({ ...file, request: { kind: 'target', targetW: 0 } })
  expect(setpoints[0]?.W.map(Math.round)).toEqual([2000, -4000, 2000, 2000])
})

it('charges ahead of a peak when the energy would not last', async () => {
  const file = {
    ...limit(-2000, [{ id: 'battery', minW: -5000, maxW: 5000, storage: { energyWh: 0, capacityWh: 10_000 } }]),
    horizon: { stepSeconds: 3600, steps: 3 },
    otherW: [-500, -500, -4000],
  }
  expect((await dispatch(file)).status).toBe('met')
})

it('discharges ahead of a surplus that a full store could not take', async () => {
  const battery = { id: 'battery', minW: -5000, maxW: 5000, storage: { energyWh: 10_000, capacityWh: 10_000 } }
  const { setpoints, status } = await dispatch({
    ...limit(0, [battery]),
    horizon: { stepSeconds: 3600, steps: 3 },
    request: { kind: 'limit', exportLimitW: 2000 },
    otherW: [500, 1000, 4500],
  })
  expect(status).toBe('met')
  expect(setpoints[0]?.W.map(Math.round)).toEqual([1500, 1000, -2500])
})

it('discharges ahead of a surplus to spare those for whom it is dearer to hold back', async () => {
  const storage = { energyWh: 10_000, capacityWh: 10_000 }
  const battery = { id: 'battery', minW: -5000, maxW: 5000, upPrice: 0.01, downPrice: 0.01, storage }
  const { setpoints } = await dispatch({
    ...limit(0, [battery, { id: 'pv', baseW: [0, 4000], minW: 0, maxW: [0, 4000], downPrice: 0.3 }]),
    horizon: { stepSeconds: 3600, steps: 2 },
    request: { kind: 'limit', exportLimitW: 2000 },
  })
  expect(setpoints.map(({ W }) => W.map(Math.round))).toEqual([
    [2000, -2000],
    [0, 4000],
  ])
})

it('takes in a surplus in place of those who are held back, where a peak would be missed', async () => {
  const fleet = [
    { id: 'pv', baseW: [3000, 0], minW: 0, maxW: [3000, 0], downPrice: 0.01 },
    {
      id: 'battery',
      minW: -5000,
      maxW: 5000,
      upPrice: 0.2,
      downPrice: 0.2,
      storage: { energyWh: 0, capacityWh: 9000 },
    },
  ]
  const { setpoints, status } = await dispatch({
    ...limit(0, fleet),
    horizon: { stepSeconds: 3600, steps: 2 },
    request: { kind: 'target', targetW: [0, 2500] },
  })
  expect(status).toBe('met')
  expect(setpoints.map(({ W }) => W.map(Math.round))).toEqual([
    [2500, 0],
    [-2500, 2500],
  ])
})

it('moves a block to either of its ends', async () => {
  const block = { id: 'block', baseW: -1000, minW: -3000, maxW: 0, block: true }
  const target = async (targetW: number) =>
    (await dispatch({ ...limit(0, [block]), request: { kind: 'target', targetW } })).setpoints[0]?.W
  expect([await target(0), await target(-1000), await target(-3000)]).toEqual([[0], [-1000], [-3000]])
})

it('switches the smallest block that closes the gap', async () => {
  const blocks = [3000, 1200, 2000].map((watts, n) => ({ ...load(`block-${n}`, watts, 0.1), block: true }))
  const { setpoints } = await dispatch(limit(-5200, blocks))
  expect(setpoints.map(({ W }) => W)).toEqual([[-3000], [0], [-2000]])
})

it('holds as reserve what lasts for the whole window and call', async () => {
  const file: DispatchInput = {
    format: 'dispatch/1',
    horizon: { stepSeconds: 900, steps: 2 },
    request: { kind: 'reserve', direction: 'up', reserveW: 5000, callSeconds: 1800 },
    fleet: [
      { id: 'battery', minW: -5000, maxW: 5000, storage: { energyWh: 1000, capacityWh: 9000 } },
      { id: 'heater', baseW: [-2000, -1500], minW: -3000, maxW: 0, upPrice: 0.2 },
    ],
  }
  const { setpoints, status } = await dispatch(file)
  expect(setpoints.map(({ W }) => W)).toEqual([[2000], [1500]])
  expect(status).toBe('short')
})

it('answers for nobody', async () => {
  const { setpoints, status, exact } = await dispatch(limit(-1000, []), { exact: true })
  expect({ setpoints, status, missed: exact?.shortfallWh }).toEqual({ setpoints: [], status: 'met', missed: 0 })
  expect(await dispatch({ ...limit(0, []), otherW: -500 }, { exact: true })).toMatchObject({ status: 'short', gap: 0 })
})

it('takes what a DER does of itself as possible, whatever its ramp and its store say', async () => {
  const storage = { energyWh: 4000, capacityWh: 4000 }
  const battery = { id: 'battery', baseW: -2000, minW: -5000, maxW: 5000, trust: { Te: 0.1, level: 4 }, storage }
  const fleet = [
    // the sun sets faster than it ramps, and it was elsewhere before
    { id: 'pv', baseW: [4000, 0, 0], minW: 0, maxW: [4000, 0, 0], nowW: 9000, rampWPerSecond: 0.1 },
    // full, and nobody may stop it: it is distrusted
    battery,
    // can never hold what it should
    { id: 'car', minW: -1000, maxW: 0, storage: { energyWh: 0, capacityWh: 60_000, finalWh: 50_000 } },
  ]
  const file = { ...limit(-6000, fleet), horizon: { stepSeconds: 3600, steps: 3 } }
  const { setpoints, gap } = await dispatch(file, { exact: true })
  expect(setpoints.map(({ W }) => W.map(Math.round))).toEqual([
    [4000, 0, 0],
    [-2000, -2000, -2000],
    [-1000, -1000, -1000],
  ])
  expect(gap).toBeCloseTo(0, 9)
})

it('meets a bound in time that is narrower than the ramp', async () => {
  const falling = { id: 'pv', baseW: 0, minW: 0, maxW: [4000, 2500, 0], rampWPerSecond: 0.5 }
  const file = { ...limit(0, [falling]), horizon: { stepSeconds: 3600, steps: 3 } }
  const solved = await dispatch({ ...file, request: { kind: 'target', targetW: 4000 } }, { exact: true })
  expect(solved.setpoints[0]?.W).toEqual([1800, 1800, 0])
  expect(solved.gap).toBeCloseTo(0, 9)
})

it('refuses numbers that are none, an empty horizon, too much, limits that cross, and a block that has a ramp or a store', () => {
  const issuesOf = (change: object) => DispatchFile.safeParse({ ...limit(0, []), ...change }).error?.issues[0]?.path
  expect(issuesOf({ fleet: [{ id: 'a', minW: NaN, maxW: 1 }] })).toEqual(['fleet', 0, 'minW'])
  expect(issuesOf({ otherW: Infinity })).toEqual(['otherW'])
  expect(issuesOf({ horizon: { stepSeconds: 0, steps: 1 } })).toEqual(['horizon', 'stepSeconds'])
  expect(issuesOf({ horizon: { stepSeconds: 60, steps: 0 } })).toEqual(['horizon', 'steps'])
  const still = { id: 'a', minW: 0, maxW: 0 }
  const large = { horizon: { stepSeconds: 60, steps: 1440 }, fleet: Array.from({ length: 40_000 }, () => still) }
  expect(issuesOf(large)).toEqual(['fleet'])
  const crossed = { kind: 'limit', importLimitW: -200, exportLimitW: 100 }
  expect(issuesOf({ request: crossed })).toEqual(['request', 'exportLimitW'])
  const block = { id: 'a', minW: -1, maxW: 1, block: true, rampWPerSecond: 1 }
  expect(issuesOf({ fleet: [block] })).toEqual(['fleet', 0, 'block'])
})

it('says where a file is wrong', async () => {
  const wrong = { ...limit(-100, [{ id: 'a', baseW: [1, 2], minW: 0, maxW: 1 }]) }
  await expect(dispatch(wrong)).rejects.toThrow(/"fleet",\s+0,\s+"baseW"[^]*2 values for 1 steps/)
  const named = { ...limit(-100, []), fleet: [{ id: 'a', minW: '0 W', maxW: 1 }] }
  await expect(dispatch(named)).rejects.toThrow(/"minW"[^]*neither a number of W up to 1e12 nor a list/)
})

it.each([
  { fairness: 'price' as const },
  { fairness: 'price' as const, hasBlocks: true },
  { fairness: 'rotation' as const },
  { fairness: 'equal' as const },
  { fairness: 'equal' as const, hasBlocks: true },
  { fairness: 'price' as const, exportLimitW: 9000 },
  { fairness: 'rotation' as const, exportLimitW: 9000 },
  { fairness: 'equal' as const, exportLimitW: 9000 },
  { fairness: 'price' as const, targetW: -9000 },
  { fairness: 'equal' as const, targetW: 0 },
])('is within a hundredth of the exact optimum: %o', async ({ exportLimitW, targetW, ...options }) => {
  for (const seed of [1, 2, 3]) {
    const sample = sampleDispatch({ ders: 24, steps: 12, seed, ...options })
    const limits = { ...sample.request, ...(exportLimitW !== undefined && { exportLimitW }) }
    const request = targetW === undefined ? limits : { kind: 'target', targetW }
    const problem = problemOf(DispatchFile.parse({ ...sample, request }))
    const { plan, prices } = fillWithPrices(problem)
    const fast = outcomeOf(problem, plan)
    const exactPlan = await solveExactly(problem)
    assert(exactPlan instanceof Float64Array && prices)
    const best = outcomeOf(problem, exactPlan)
    expect(faultsOf(problem, exactPlan, 1e-3)).toEqual([])
    expect(fast.objective).toBeGreaterThan(best.objective * (1 - 1e-5))
    expect(fast.objective).toBeLessThan(best.objective * 1.01)
    const bound = lowerBound(problem, prices)
    expect(bound).toBeLessThan(best.objective * (1 + 1e-6))
    if (!options.hasBlocks) expect(bound).toBeGreaterThan(best.objective * 0.99)
  }
})

it.each(['price', 'rotation', 'equal'] as const)(
  'is near its own bound where many stores are taken together: %s',
  (fairness) => {
    const sample = sampleDispatch({ ders: 7000, steps: 12, seed: 1, fairness })
    const request = { ...sample.request, exportLimitW: 7000 * 375 }
    const problem = problemOf(DispatchFile.parse({ ...sample, request }))
    const { plan, prices } = fillWithPrices(problem)
    assert(prices)
    const { objective, shortfallWh } = outcomeOf(problem, plan)
    expect(shortfallWh).toBe(0)
    expect(objective / lowerBound(problem, prices)).toBeLessThan(1.03)
  },
)

it('says what no plan can be below, and why there is no optimum', async () => {
  const file = sampleDispatch({ ders: 40, steps: 12, seed: 1 })
  const { method, bound = NaN, aboveBound, exact, unsolved } = await dispatch(file, { exact: true, seconds: 1e-9 })
  expect({ method, exact, unsolved }).toEqual({
    method: 'fill',
    exact: undefined,
    unsolved: 'no optimum within 1e-9 s',
  })
  expect(bound).toBeGreaterThan(0)
  expect(aboveBound).toBeLessThan(0.01)
  const large = problemOf(sampleDispatch({ ders: 30_000, steps: 12, seed: 1 }))
  expect(await solveExactly(large)).toEqual({
    reason: '360000 DERs times steps are more than the 300000 it is asked for',
  })
})

it('bears numbers at the ends of what the form takes', async () => {
  const storage = { energyWh: 1e15, capacityWh: 1e15, dischargeEfficiency: 0.01 }
  const fleet = [
    { id: 'huge', minW: -1e12, maxW: 1e12, upPrice: 1e9, storage },
    { id: 'tiny', minW: -1e-9, maxW: 1e-9, rampWPerSecond: 1e-12 },
  ]
  const file = { ...limit(0, fleet), horizon: { stepSeconds: 0.001, steps: 2 } }
  const { outcome, setpoints } = await dispatch(
    { ...file, request: { kind: 'target', targetW: 1e12 } },
    { exact: true },
  )
  expect(Number.isFinite(outcome.objective)).toBe(true)
  expect(setpoints.flatMap(({ W }) => W).every(Number.isFinite)).toBe(true)
})

it('knows no bound for a horizon of many steps', async () => {
  const { status, bound } = await dispatch({
    ...limit(-100, [load('a', 200, 0.1)]),
    horizon: { stepSeconds: 60, steps: 200 },
  })
  expect({ status, bound }).toEqual({ status: 'met', bound: undefined })
})

it('never asks a DER for more than its bounds, ramp and energy allow', () => {
  const random = createRandom(7)
  for (let seed = 1; seed <= 60; seed++) {
    const fairness = (['price', 'equal', 'rotation'] as const)[seed % 3] ?? 'price'
    const file = sampleDispatch({
      ders: 1 + random.integer(0, 40),
      steps: 8,
      seed,
      fairness,
      hasBlocks: seed % 2 === 0,
    })
    const harder = { ...file, request: { kind: 'target' as const, targetW: random.integer(-60_000, 60_000) } }
    const slower = file.fleet.map((der) => (der.block ? der : { ...der, rampWPerSecond: 0.01 + random.next() / 10 }))
    const made = seed % 4 === 0 ? harder : seed % 4 === 1 ? { ...file, fleet: slower } : file
    const problem = problemOf(DispatchFile.parse(made))
    expect(faultsOf(problem, fill(problem), 1e-6)).toEqual([])
  }
})

/** What a plan asks for that cannot be done. */
function faultsOf(problem: Problem, plan: Plan, tolerance: number): string[] {
  const { ids, steps, stepHours, min, max, base, block, storage, ramp, now } = problem
  return ids.flatMap((id, row) => {
    const powers = Array.from(plan.subarray(row * steps, (row + 1) * steps))
    const store = storage[row]
    let energy = store?.energyWh ?? 0
    const faults = powers.flatMap((power, t) => {
      const cell = row * steps + t
      const [least = 0, most = 0, still = 0] = [min[cell], max[cell], base[cell]]
      const found: string[] = []
      if (power < least - tolerance || power > most + tolerance) found.push(`${id} at ${t}: ${power} W out of bounds`)
      const stepOf = (of: Float64Array) => Math.abs((of[cell] ?? 0) - ((t === 0 ? now[row] : of[cell - 1]) ?? 0))
      const fastest = Math.max(ramp[row] ?? Infinity, stepOf(base)) + tolerance
      if (!store && !block[row] && stepOf(plan) > fastest) found.push(`${id} at ${t}: too fast`)
      if (block[row] && ![least, still, most].some((one) => Math.abs(one - power) <= tolerance))
        found.push(`${id}: part`)
      if (store) {
        energy -=
          power > 0 ? (power * stepHours) / store.dischargeEfficiency : power * stepHours * store.chargeEfficiency
        if (energy < store.minWh - 1 || energy > store.capacityWh + 1) found.push(`${id} at ${t}: ${energy} Wh`)
      }
      return found
    })
    if (store && energy < (store.finalWh ?? 0) - 1) faults.push(`${id}: ends with ${energy} Wh`)
    return faults
  })
}

function load(id: string, watts: number, upPrice: number) {
  return { id, baseW: -watts, minW: -watts, maxW: 0, upPrice }
}

function limit(netW: number, fleet: DispatchInput['fleet']): DispatchInput {
  return {
    format: 'dispatch/1',
    horizon: { stepSeconds: 3600, steps: 1 },
    request: { kind: 'limit', importLimitW: -netW },
    fleet,
  }
}
