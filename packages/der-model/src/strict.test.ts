import { describe, expect, it } from 'vitest'
import type { DerSettings } from './settings.ts'
import { Status } from './status.ts'
import { createRun, type Run } from './testing/run.ts'

const sun = { pDc: 100_000 }

describe('R1: a change of settings', () => {
  const change = (strict1547: boolean) => {
    const run = createRun('PV', { strict1547, NP_SET_EXE_TIME: 2, AP_RT: 0 })
    run.step(sun)
    run.set({ AP_LIMIT_ENABLE: true, AP_LIMIT: 0.5 })
    return [1, 2, 3].map(() => run.step(sun).out.p)
  }
  it('is in force at once in the reference', () => expect(change(false)).toEqual([50_000, 50_000, 50_000]))
  it('takes NP_SET_EXE_TIME', () => expect(change(true)).toEqual([100_000, 100_000, 50_000]))
})

describe('R2: a fault in the very first step', () => {
  const status = (strict1547: boolean) => createRun('PV', { strict1547 }).step({ volts: 0.7 }).service.status
  it('trips at once in the reference', () => expect(status(false)).toBe(Status.trip))
  it('trips after its time', () => expect(status(true)).toBe(Status.mandatory))
})

describe('R3: a change of the reactive function', () => {
  const first = (strict1547: boolean) => {
    const run = createRun('PV', { strict1547, CONST_Q_MODE_ENABLE: true, CONST_Q: 0.3, NP_MODE_TRANSITION_TIME: 10 })
    run.step(sun, 20)
    run.set({ QV_MODE_ENABLE: true, QV_OLRT: 0 })
    return run.step(sun).reactive.desired
  }
  it('falls to nearly zero in the reference', () => expect(Math.abs(first(false))).toBeLessThan(0.001))
  it('starts from the var that flowed', () => expect(first(true)).toBeCloseTo(0.2, 9))
})

describe('R4: a start in Trip on a good grid', () => {
  const powers = (strict1547: boolean) => {
    const run = createRun('PV', { strict1547, STATUS_INIT: false, ES_DELAY: 2, ES_RAMP_RATE: 10 })
    return [1, 2, 3].map(() => run.step(sun).out.p)
  }
  it('is an error in the reference; here its timers have passed and its ramp is over', () => {
    expect(powers(false)).toEqual([100_000, 100_000, 100_000])
  })
  it('waits, then ramps', () => expect(powers(true)).toEqual([0, 10_000, 20_000]))
})

describe('R5: frequency-droop disabled while it acts', () => {
  const power = (strict1547: boolean) => {
    const run = createRun('PV', { strict1547, PF_OLRT: 5 })
    run.step({ ...sun, f: 60.5 }, 5)
    run.set({ PF_MODE_ENABLE: false })
    return run.step(sun, 5).out.p
  }
  it('leaves no power in the reference', () => expect(power(false)).toBe(0))
  it('gives the power back', () => expect(power(true)).toBeCloseTo(100_000, 6))
})

describe('R6: active power first', () => {
  const settings = {
    CONST_Q_MODE_ENABLE: true,
    CONST_Q: 0.7,
    NP_Q_MAX_INJ: 70_000,
    NP_PRIO_OUTSIDE_MIN_Q_REQ: 'ACTIVE',
  } as const
  const power = (strict1547: boolean) => createRun('PV', { ...settings, strict1547 }).step({ pDc: 80_000 }).limited.p
  it('makes more than there is in the reference', () => expect(power(false)).toBeGreaterThan(89_000))
  it('gives what there is', () => expect(power(true)).toBeCloseTo(80_000, 6))
})

describe('R7: a charge limit by state of charge', () => {
  const settings = { NP_P_MAX_CHARGE: 50_000, NP_BESS_CAPACITY: 100_000, SOC_INIT: 0.999 }
  const soc = (strict1547: boolean) => {
    const run = createRun('BESS', { ...settings, strict1547 })
    return run.step({ pDem: -50_000 }, 2, 60).battery.soc
  }
  it('is overshot in the reference', () => expect(soc(false)).toBeCloseTo(1.001, 9))
  it('is kept', () => expect(soc(true)).toBeCloseTo(1, 9))
})

describe('R8: entering service with a limit and volt-watt', () => {
  const first = (strict1547: boolean) => {
    const run = createRun('PV', {
      strict1547,
      ES_DELAY: 0,
      ES_RAMP_RATE: 10,
      AP_LIMIT_ENABLE: true,
      PV_MODE_ENABLE: true,
    })
    run.step({ volts: 0.3 }, 5)
    return run.step(sun).out.p
  }
  it('skips the ramp in the reference', () => expect(first(false)).toBeGreaterThan(50_000))
  it('ramps', () => expect(first(true)).toBeCloseTo(10_000, 6))
})

it('R8: keeps to the limit while frequency-droop acts', () => {
  const power = (strict1547: boolean) => {
    const run = createRun('PV', { strict1547, AP_LIMIT_ENABLE: true, AP_LIMIT: 0.4, AP_RT: 0, PF_OLRT: 0 })
    run.step(sun, 5)
    return run.step({ ...sun, f: 59 }, 5).out.p
  }
  expect([power(false) > 60_000, Math.round(power(true))]).toEqual([true, 40_000])
})

describe('R9: less sun than the least power', () => {
  const power = (strict1547: boolean) => createRun('PV', { strict1547, NP_P_MIN_PU: 0.1 }).step({ pDc: 5_000 }).out.p
  it('is delivered in the reference', () => expect(power(false)).toBeCloseTo(5_000, 6))
  it('does not run the inverter', () => expect(power(true)).toBe(0))
})

describe('R10: constant reactive power in a trip', () => {
  const q = (strict1547: boolean) => {
    const run = createRun('PV', { strict1547, CONST_Q_MODE_ENABLE: true, CONST_Q: 0.3 })
    run.step(sun, 5)
    return run.step({ volts: 0.3 }, 5).reactive.constQ.q
  }
  it('runs on in the reference', () => expect(q(false)).toBeCloseTo(0.3, 9))
  it('is reset', () => expect(q(true)).toBe(0))
})

describe('R11: whether the least time to ride through is over', () => {
  const over = (strict1547: boolean, seconds: number) => {
    const run = createRun('PV', { strict1547 })
    run.step(sun)
    return run.step({ volts: 0.8 }, seconds).rideThrough.isOver
  }
  it('is said the wrong way round in the reference', () =>
    expect([over(false, 5), over(false, 20)]).toEqual([true, false]))
  it('is said', () => expect([over(true, 5), over(true, 20)]).toEqual([false, true]))
})

describe('R14: the reactive power that goes before active power', () => {
  const q = (strict1547: boolean) => {
    const run = createRun('PV', {
      strict1547,
      CONST_Q_MODE_ENABLE: true,
      CONST_Q: -0.44,
      NP_PRIO_OUTSIDE_MIN_Q_REQ: 'ACTIVE',
    })
    run.set({ NP_NORMAL_OP_CAT: 'CAT_A' })
    return run.step(sun).limited.q
  }
  it('stays that of the first settings in the reference', () => expect(q(false)).toBeCloseTo(-44_000, 6))
  it('follows the category', () => expect(q(true)).toBeCloseTo(-25_000, 6))
})

describe('R15: the capability curve that a battery begins with', () => {
  const flat = { x: [-1, 1], y: [0.1, 0.1] }
  const curve = { P_Q_INJ_PU: flat.x, Q_MAX_INJ_PU: flat.y, P_Q_ABS_PU: flat.x, Q_MAX_ABS_PU: flat.y }
  const q = (strict1547: boolean, later: Partial<DerSettings> = {}) => {
    const run: Run = createRun('BESS', {
      strict1547,
      NP_Q_CAPABILITY_BY_P_CURVE: curve,
      CONST_Q_MODE_ENABLE: true,
      CONST_Q: 0.4,
    })
    run.set(later)
    return run.step().limited.q
  }
  it('is flat in the reference until it is set again', () => {
    expect(q(false)).toBeCloseTo(40_000, 6)
    expect(q(false, { NP_Q_CAPABILITY_BY_P_CURVE: curve })).toBeCloseTo(10_000, 6)
  })
  it('is the one that was given', () => expect(q(true)).toBeCloseTo(10_000, 6))
})
