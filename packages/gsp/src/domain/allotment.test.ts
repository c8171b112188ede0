import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allot, isRefusal, remainderOf, type FlowRequest, type Grant } from './allotment.ts'
import { residualOver } from './capacity.ts'

const windowStart = 1_800_018_000

describe('without capacity data', () => {
  it('grants as asked, as late as possible: the flow ends with the window', () => {
    const heater = request({ energyWh: 2210, powerW: 4500, durationRequested: 1768, duration: 10_800 })
    expect(allot([heater], undefined, 0, 'latest')).toEqual([
      grant({ start: windowStart + 10_800 - 1768, duration: 1768, energyWh: 2210, powerW: 4500 }),
    ])
  })

  it('or as early as possible, but not in the past', () => {
    expect(allot([request({})], undefined, 0, 'earliest')).toMatchObject([{ start: windowStart }])
    expect(allot([request({})], undefined, windowStart + 60, 'earliest')).toMatchObject([{ start: windowStart + 60 }])
  })

  it('rounds the length up to a whole second', () => {
    const odd = request({ energyWh: 1000, powerW: 7000, durationRequested: 0 })
    expect(allot([odd], undefined, 0, 'earliest')).toMatchObject([{ duration: 515 }])
  })

  it('grants what the window holds when the flow is longer than it', () => {
    const short = request({ energyWh: 18_000, powerW: 7200, duration: 3600, durationRequested: 0 })
    expect(allot([short], undefined, 0, 'latest')).toMatchObject([
      { start: windowStart, duration: 3600, energyWh: 7200 },
    ])
  })

  it('writes energy and power of a discharge below zero', () => {
    const discharge = request({ energyWh: -1000, powerW: 1000, durationRequested: 0 })
    expect(allot([discharge], undefined, 0, 'earliest')).toMatchObject([
      { energyWh: -1000, powerW: -1000, duration: 3600 },
    ])
  })
})

describe('with a capacity profile', () => {
  const fourKilowattsLater = { steps: [{ start: windowStart + 3600, watts: 4000 }], granted: [] }

  it('waits for the capacity and lengthens the flow at the power that is left', () => {
    expect(allot([request({})], fourKilowattsLater, 0, 'latest')).toEqual([
      grant({ start: 1_800_021_600, duration: 17_100, energyWh: 18_000, powerW: 4000 }),
    ])
  })

  it('lowers a running grant to a tightened feeder and owes only the rest', () => {
    const [running] = allot([request({})], fourKilowattsLater, 0, 'latest')
    const rest = remainderOf(request({}), running ?? grant({}), 1_800_030_000)
    const tightened = { steps: [{ start: 1_800_030_000, watts: 2400 }], granted: [] }
    expect(allot([rest], tightened, 1_800_029_900, 'latest')).toEqual([
      grant({ start: 1_800_030_000, duration: 13_901, energyWh: 8667, powerW: 2400 }),
    ])
  })

  it('takes the highest level that is free for long enough', () => {
    const steps = [
      { start: windowStart, watts: 3500 },
      { start: windowStart + 3600, watts: 10_000 },
      { start: windowStart + 4200, watts: 4000 },
    ]
    const granted = [grant({ subject: 'other', start: windowStart, duration: 7200, energyWh: 700, powerW: 350 })]
    const asked = request({ energyWh: 3600, powerW: 10_000, duration: 7200, durationRequested: 0 })
    const [given] = allot([asked], { steps, granted }, 0, 'earliest')
    expect(given).toMatchObject({ start: windowStart + 3600, powerW: 3650, duration: 3551 })
  })

  it('serves the request with the least slack first, then the older', () => {
    const patient = request({ mRID: 'patient', duration: 40_000 })
    const urgent = request({ mRID: 'urgent', duration: 12_000 })
    const late = request({ mRID: 'late', duration: 12_000, creationTime: 20 })
    const grants = allot([patient, late, urgent], { steps: [{ start: 0, watts: 7200 }], granted: [] }, 0, 'earliest')
    expect(grants.map(({ subject }) => subject)).toEqual(['urgent', 'late', 'patient'])
    expect(grants.map((given) => isRefusal(given))).toEqual([false, false, false])
    expect(grants[0]).toMatchObject({ start: windowStart, energyWh: 18_000 })
    expect(grants[1]).toMatchObject({ start: windowStart + 9900, powerW: 7200, duration: 2100, energyWh: 2400 })
    expect(grants[2]).toMatchObject({ start: windowStart + 12_000, energyWh: 18_000 })
  })

  it('grants the most energy that fits when all of it does not', () => {
    const capacity = { steps: [{ start: 0, watts: 1000 }], granted: [] }
    const asked = request({ energyWh: 18_000, duration: 7200, durationRequested: 0 })
    expect(allot([asked], capacity, 0, 'earliest')).toMatchObject([{ energyWh: 2000, powerW: 1000, duration: 7200 }])
  })

  it('refuses with an empty event over the window', () => {
    const capacity = { steps: [{ start: 0, watts: 0 }], granted: [] }
    expect(allot([request({})], capacity, 0, 'earliest')).toEqual([grant({ duration: 28_800, energyWh: 0, powerW: 0 })])
  })

  it('keeps the two directions apart', () => {
    const steps = [{ start: 0, watts: 1000, dischargeWatts: 500 }]
    const loads = [
      { start: 0, end: 50, watts: 400 },
      { start: 0, end: 100, watts: -100 },
    ]
    const window = { start: 0, end: 100 }
    expect(residualOver(steps, loads, 1, window).map(({ watts }) => watts)).toEqual([600, 1000])
    expect(residualOver(steps, loads, -1, window).map(({ watts }) => watts)).toEqual([400, 400])
  })
})

it('whatever is asked: inside the window, never more than asked, never more than there is', () => {
  fc.assert(
    fc.property(requests, profile, fc.integer({ min: 0, max: 500 }), (asked, steps, now) => {
      const grants = allot(asked, { steps, granted: [] }, now, 'earliest')
      expect(grants).toHaveLength(asked.length)
      for (const given of grants)
        expectWithin(
          asked.find(({ mRID }) => mRID === given.subject),
          given,
          now,
        )
      expectNoOverload(grants, steps)
    }),
  )
})

function expectWithin(asked: FlowRequest | undefined, given: Grant, now: number): void {
  if (!asked) throw new Error('a grant without a request')
  expect(given.start + given.duration).toBeLessThanOrEqual(asked.start + asked.duration)
  if (isRefusal(given)) return
  expect(given.start).toBeGreaterThanOrEqual(Math.max(asked.start, now))
  expect(Math.abs(given.powerW)).toBeLessThanOrEqual(asked.powerW)
  expect(Math.abs(given.energyWh)).toBeLessThanOrEqual(Math.abs(asked.energyWh))
  expect(Math.sign(given.energyWh)).toBe(Math.sign(asked.energyWh))
  expect(given.duration * Math.abs(given.powerW)).toBeGreaterThanOrEqual(Math.abs(given.energyWh) * 3600 - 1)
}

function expectNoOverload(grants: readonly Grant[], steps: readonly { start: number; watts: number }[]): void {
  const moments = [...grants.map(({ start }) => start), ...steps.map(({ start }) => start)]
  for (const moment of moments) {
    const limit = steps.toSorted((a, b) => b.start - a.start).find(({ start }) => start <= moment)?.watts ?? 0
    for (const direction of [1, -1]) {
      const running = grants.filter(
        ({ start, duration, powerW }) =>
          start <= moment && moment < start + duration && Math.sign(powerW) === direction,
      )
      const total = running.reduce((sum, { powerW }) => sum + Math.abs(powerW), 0)
      expect(total).toBeLessThanOrEqual(limit)
    }
  }
}

const requests = fc
  .array(
    fc.record({
      creationTime: fc.integer({ min: 0, max: 10 }),
      start: fc.integer({ min: 0, max: 1000 }),
      duration: fc.integer({ min: 600, max: 8000 }),
      energyWh: fc.integer({ min: 1, max: 5000 }).chain((energy) => fc.constantFrom(energy, -energy)),
      powerW: fc.integer({ min: 1, max: 60_000 }),
      durationRequested: fc.integer({ min: 0, max: 600 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((all) => all.map((asked, index) => request({ ...asked, mRID: `R${index}` })))

const profile = fc
  .array(fc.record({ start: fc.integer({ min: 0, max: 8000 }), watts: fc.integer({ min: 0, max: 20_000 }) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((steps) => [...new Map(steps.map((step) => [step.start, step])).values()])

function request(overrides: Partial<FlowRequest>): FlowRequest {
  const asked = { mRID: 'R', creationTime: 10, start: windowStart, duration: 28_800, energyWh: 18_000, powerW: 7200 }
  return { ...asked, durationRequested: 9900, ...overrides }
}

function grant(overrides: Partial<Grant>): Grant {
  return { subject: 'R', start: windowStart, duration: 9900, energyWh: 18_000, powerW: 7200, ...overrides }
}
