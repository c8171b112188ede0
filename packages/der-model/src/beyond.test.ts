import { describe, expect, it } from 'vitest'
import { assign } from './assign.ts'
import { gridAt, gridOf } from './input.ts'
import { currentsOf, sourceVoltagesOf } from './phases.ts'
import { defaultSettings } from './settings.ts'
import { Status } from './status.ts'
import { createRun } from './testing/run.ts'

describe('at 50 Hz', () => {
  it('keeps the share of every frequency', () => {
    const settings = assign(defaultSettings('PV'), { NP_F_NOM: 50 })
    expect(settings.OF1_TRIP_F).toBeCloseTo(51, 9)
    expect(settings.ES_F_LOW).toBeCloseTo(59.5 / 1.2, 9)
    expect(assign(settings, { OF1_TRIP_F: 52 }).OF1_TRIP_F).toBe(52)
  })

  it('runs on, answers a rise of frequency, and rides through it', () => {
    const run = createRun('PV', { NP_F_NOM: 50, PF_OLRT: 0 })
    expect(run.step({ pDc: 80_000 }, 5).out.p).toBeCloseTo(80_000, 6)
    run.step({ pDc: 80_000, f: 51.25 }, 5)
    // 1.25 Hz less the dead band of 0.03 Hz, at 5 % of 50 Hz for the whole of the rating
    expect(run.state.active.desired).toBeCloseTo(0.8 - 1.22 / 2.5, 9)
    expect(run.state.service.status).toBe(Status.mandatory)
  })
})

describe('a PV and a battery behind one inverter', () => {
  const settings = { NP_BESS_CAPACITY: 100_000, SOC_INIT: 0.5 }

  it('give the sum, and only the battery empties it', () => {
    const run = createRun('PV_BESS', settings)
    run.step({ pDc: 30_000, pDem: 20_000 }, 61, 60)
    expect(run.state.out.p).toBeCloseTo(50_000, 6)
    expect(run.state.battery.soc).toBeCloseTo(0.3, 6)
  })

  it('charge from the sun', () => {
    const run = createRun('PV_BESS', settings)
    run.step({ pDc: 30_000, pDem: -20_000 }, 61, 60)
    expect(run.state.out.p).toBeCloseTo(10_000, 6)
    expect(run.state.battery.soc).toBeCloseTo(0.7, 6)
  })

  it('store what a limit does not let out', () => {
    const run = createRun('PV_BESS', { ...settings, AP_LIMIT_ENABLE: true, AP_LIMIT: 0.2, AP_RT: 0 })
    run.step({ pDc: 70_000 }, 31, 60)
    expect(run.state.out.p).toBeCloseTo(20_000, 6)
    expect(run.state.battery.soc).toBeCloseTo(0.75, 6)
  })

  it('curtail the sun when the battery is full', () => {
    const run = createRun('PV_BESS', { ...settings, SOC_INIT: 1, AP_LIMIT_ENABLE: true, AP_LIMIT: 0.2, AP_RT: 0 })
    run.step({ pDc: 70_000 }, 31, 60)
    expect(run.state.out.p).toBeCloseTo(20_000, 6)
    expect(run.state.battery.soc).toBeCloseTo(1, 9)
  })

  it('raise their power out of the battery when the frequency falls', () => {
    const run = createRun('PV_BESS', { ...settings, PF_OLRT: 0 })
    run.step({ pDc: 30_000 }, 5)
    expect(run.step({ pDc: 30_000, f: 59.064 }, 5).out.p).toBeCloseTo(60_000, 3)
  })

  it('never exceed the rating', () => {
    expect(createRun('PV_BESS', settings).step({ pDc: 90_000, pDem: 90_000 }).out.p).toBeCloseTo(100_000, 6)
  })
})

describe('a must-trip curve of many points', () => {
  const UV_TRIP_CURVE = { x: [1, 3, 6], y: [0.3, 0.6, 0.88] }
  it.each([
    [0.8, 6],
    [0.5, 3],
    [0.2, 1],
  ])('trips at %d pu after %d s', (volts, seconds) => {
    const run = createRun('PV', { UV_TRIP_CURVE })
    run.step()
    expect(run.step({ volts }, seconds - 1).service.status).not.toBe(Status.trip)
    expect(run.step({ volts }).service.status).toBe(Status.trip)
  })

  it('may come and go while the device runs', () => {
    const run = createRun('PV')
    run.step({}, 2)
    run.set({ UV_TRIP_CURVE })
    run.step({ volts: 0.8 }, 5)
    expect(run.state.service.status).toBe(Status.mandatory)
    expect(run.step({ volts: 0.8 }).service.status).toBe(Status.trip)
  })
})

describe('a may-trip curve', () => {
  const settings = { OF_MAY_TRIP_CURVE: { x: [2], y: [61] } }
  it('only says that the device may trip', () => {
    const run = createRun('PV', settings)
    run.step()
    const said = [1, 2, 3].map(() => run.step({ f: 61.1 }).trip.may)
    expect(said).toEqual([false, true, true])
    expect(run.state.service.status).toBe(Status.continuous)
    expect(run.step().trip.may).toBe(false)
  })

  it('trips the device that makes use of it', () => {
    const run = createRun('PV', { ...settings, MAY_TRIP_USED: true })
    run.step()
    expect(run.step({ f: 61.1 }, 2).service.status).toBe(Status.trip)
  })
})

describe('curves of many points', () => {
  it('limit active power by voltage', () => {
    const PV_CURVE = { x: [1.02, 1.04, 1.06, 1.1], y: [1, 0.8, 0.7, 0] }
    const run = createRun('PV', { PV_MODE_ENABLE: true, PV_CURVE, PV_OLRT: 0 })
    expect(run.step({ volts: 1.05, pDc: 100_000 }).out.p).toBeCloseTo(75_000, 3)
  })

  it('set reactive power by active power, charging too', () => {
    const QP_CURVE = { x: [-1, -0.5, 0, 0.5, 1], y: [0.4, 0.1, 0, -0.1, -0.4] }
    const run = createRun('BESS', { QP_MODE_ENABLE: true, QP_CURVE, QP_RT: 0 })
    expect(run.step({ pDem: -75_000 }).out.q).toBeCloseTo(25_000, 3)
    expect(createRun('BESS', { QP_MODE_ENABLE: true, QP_CURVE, QP_RT: 0 }).step({ pDem: 25_000 }).out.q).toBeCloseTo(
      -5_000,
      3,
    )
  })
})

describe('phases', () => {
  it('R13: gives the amperes and volts of a single-phase device', () => {
    const run = createRun('PV', { NP_PHASE: 'SINGLE', NP_RESISTANCE: 0, NP_REACTANCE: 0 })
    run.step({ pDc: 24_000 })
    const [current, ...others] = currentsOf(run.state)
    expect([current?.si, others.length]).toEqual([100, 0])
    expect(sourceVoltagesOf(run.state)[0]?.si).toBeCloseTo(240, 9)
  })

  it('bounds the source by its DC voltage', () => {
    const run = createRun('PV', { NP_V_DC: 240, MC_ENABLE: false })
    run.step({ volts: 1.09, pDc: 50_000 })
    for (const phase of sourceVoltagesOf(run.state)) expect(phase.pu).toBeCloseTo(1, 9)
  })

  it('takes a grid by its symmetrical components', () => {
    const { settings } = createRun('PV').state.tile.model
    const balanced = gridOf(settings, { pos: [1.02, 0], neg: [0, 0], zero: [0, 0] }, 60)
    const { va, vb, vc } = gridAt(settings, 1.02, 60)
    expect([balanced.va, balanced.vb, balanced.vc].map((v) => v.toFixed(9))).toEqual(
      [va, vb, vc].map((v) => v.toFixed(9)),
    )
    const run = createRun('PV')
    run.step(gridOf(settings, { pos: [1, 0], neg: [0.03, 0.01], zero: [0.02, 0] }, 60))
    expect([run.state.grid.negRe, run.state.grid.negIm].map((x) => x.toFixed(9))).toEqual([
      '0.030000000',
      '0.010000000',
    ])
  })
})

it('ramps the current after a cessation the way it flowed before', () => {
  const after = (before: number, wanted: number) => {
    const run = createRun('BESS', { NP_RT_RAMP_UP_TIME: 0.5, NP_INV_DELAY: 0 })
    run.step({ pDem: before }, 2, 0.1)
    run.step({ pDem: before, volts: 0.3 }, 2, 0.1)
    return run.step({ pDem: wanted }, 1, 0.1).currents.iPosRe
  }
  expect(after(-80_000, -80_000)).toBeCloseTo(-0.2, 9)
  expect(after(80_000, 80_000)).toBeCloseTo(0.2, 9)
  // the other way it is not ramped, as in the reference
  expect([after(-50_000, 80_000), after(50_000, -80_000)].map((d) => d.toFixed(9))).toEqual([
    '0.800000000',
    '-0.800000000',
  ])
})

describe('a random delay to enter service', () => {
  it('is drawn once for each return', () => {
    const run = createRun('PV', { STATUS_INIT: false, ES_DELAY: 0, ES_RAMP_RATE: 0, ES_RANDOMIZED_DELAY: 10 })
    run.step({ volts: 0.5 }, 2)
    const statuses = [1, 2, 3, 4, 5, 6].map(() => run.step().service.status)
    // a draw of one half: 5 s
    expect(statuses.map((status) => status === Status.trip)).toEqual([true, true, true, true, true, false])
    expect(run.step().enter.drawn).toBe(0)
  })

  it('is not drawn for a large device', () => {
    const large = { NP_VA_MAX: 600_000, ES_DELAY: 0, ES_RAMP_RATE: 0, ES_RANDOMIZED_DELAY: 10, STATUS_INIT: false }
    const run = createRun('PV', large)
    run.step({ volts: 0.5 }, 2)
    expect(run.step().service.status).toBe(Status.enteringService)
  })
})
