import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { assign } from './assign.ts'
import { createState, step } from './der.ts'
import { gridAt } from './input.ts'
import { createModel, withSettings } from './model.ts'
import { defaultSettings, type DerSettings } from './settings.ts'
import { Status } from './status.ts'

it('delivers what the sun gives, up to the rating', () => {
  expect(settled('PV', {}, { pDc: 60_000 }).out.p).toBeCloseTo(60_000, 6)
  expect(settled('PV', {}, { pDc: 130_000 }).out.p).toBeCloseTo(100_000, 6)
})

it('reaches a new limit within its response time', () => {
  let model = createModel(defaultSettings('PV'))
  const state = createState(model)
  const input = { ...gridAt(model.settings, 1, 60), pDc: 100_000 }
  step(model, state, input, 1)
  model = withSettings(model, { AP_LIMIT_ENABLE: true, AP_LIMIT: 0.5, AP_RT: 10 })
  for (let i = 0; i < 4; i++) step(model, state, input, 1)
  expect(state.out.p).toBeCloseTo(60_000, 6) // 1 pu in 10 s: four steps of 10 kW
  step(model, state, input, 1)
  expect(state.out.p).toBeCloseTo(50_000, 6)
})

it('absorbs var on a high voltage after the volt-var curve', () => {
  const { out } = settled('PV', { QV_MODE_ENABLE: true }, { volts: 1.05, pDc: 50_000 })
  expect(out.q).toBeCloseTo(-22_000, 3) // half way from 1.02 to 1.08: half of 44 %
})

it('follows a volt-var curve of more points than the reference has', () => {
  const QV_CURVE = { x: [0.9, 0.95, 1, 1.02, 1.04, 1.08], y: [0.44, 0.2, 0, 0, -0.1, -0.44] }
  const { out } = settled('PV', { QV_MODE_ENABLE: true, QV_CURVE }, { volts: 1.03, pDc: 50_000 })
  expect(out.q).toBeCloseTo(-5_000, 3)
})

it('gives active power up for reactive power at the apparent power limit', () => {
  const { out } = settled('PV', { CONST_Q_MODE_ENABLE: true, CONST_Q: 0.44 }, { pDc: 100_000 })
  expect(out.q).toBeCloseTo(44_000, 3)
  expect(out.p).toBeCloseTo(Math.sqrt(100_000 ** 2 - 44_000 ** 2), 3)
})

it('trips without permission and returns after the enter-service delay with a ramp', () => {
  let model = createModel(assign(defaultSettings('PV'), { ES_PERMIT_SERVICE: false, ES_DELAY: 5, ES_RAMP_RATE: 10 }))
  const state = createState(model)
  const input = { ...gridAt(model.settings, 1, 60), pDc: 100_000 }
  step(model, state, input, 1)
  expect([state.service.status, state.out.p]).toEqual([Status.trip, 0])
  model = withSettings(model, { ES_PERMIT_SERVICE: true })
  for (let i = 0; i < 5; i++) step(model, state, input, 1)
  expect([state.service.status, state.out.p]).toEqual([Status.enteringService, 10_000])
  for (let i = 0; i < 11; i++) step(model, state, input, 1)
  expect([state.service.status, state.out.p]).toEqual([Status.continuous, 100_000])
})

it('never exceeds its apparent power, whatever is asked', () => {
  fc.assert(
    fc.property(anySettings, anyGrid, (settings, { volts, pDc }) => {
      const { limited } = settled('PV', settings, { volts, pDc })
      expect(Math.hypot(limited.p, limited.q)).toBeLessThanOrEqual(100_000 + 1e-3)
    }),
  )
})

it('never exceeds its limit once the ramp is over', () => {
  fc.assert(
    fc.property(anyGrid, fc.double({ min: 0, max: 1, noNaN: true }), ({ volts, pDc }, limit) => {
      const { out } = settled('PV', { AP_LIMIT_ENABLE: true, AP_LIMIT: limit }, { volts, pDc })
      expect(out.p).toBeLessThanOrEqual(limit * 100_000 + 1e-6)
    }),
  )
})

it('keeps the state of charge within its bounds and balanced with the energy that flowed', () => {
  const demands = fc.array(fc.double({ min: -150_000, max: 150_000, noNaN: true }), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(demands, (watts) => {
      const model = createModel(assign(defaultSettings('BESS'), { NP_BESS_CAPACITY: 50_000, NP_EFFICIENCY: 0.9 }))
      const state = createState(model)
      let wattHours = 25_000
      for (const pDem of watts) {
        step(model, state, { ...gridAt(model.settings, 1, 60), pDem }, 60)
        expect(state.battery.soc * 50_000).toBeCloseTo(wattHours, 6)
        wattHours += (0.9 * Math.max(-state.out.p, 0) - Math.max(state.out.p, 0)) / 60
        expect(wattHours / 50_000).toBeGreaterThanOrEqual(-1e-9)
        expect(wattHours / 50_000).toBeLessThanOrEqual(1 + 1e-9)
      }
    }),
  )
})

it('gives the same run again for the same inputs', () => {
  const [one, other] = [0, 1].map(() => settled('PV', { QV_MODE_ENABLE: true }, { volts: 0.95, pDc: 70_000 }).out)
  expect(one).toEqual(other)
})

const anyGrid = fc.record({
  volts: fc.double({ min: 0.9, max: 1.1, noNaN: true }),
  pDc: fc.double({ min: 0, max: 120_000, noNaN: true }),
})

const anySettings: fc.Arbitrary<Partial<DerSettings>> = fc.oneof(
  fc.constant({ QV_MODE_ENABLE: true }),
  fc.constant({ QP_MODE_ENABLE: true }),
  fc.double({ min: -1, max: 1, noNaN: true }).map((q) => ({ CONST_Q_MODE_ENABLE: true, CONST_Q: q })),
  fc.double({ min: 0.1, max: 1, noNaN: true }).map((pf) => ({ CONST_PF_MODE_ENABLE: true, CONST_PF: pf })),
)

function settled(kind: 'PV' | 'BESS', settings: Partial<DerSettings>, { volts = 1, pDc = 0 }) {
  const model = createModel(assign(defaultSettings(kind), settings))
  const state = createState(model)
  const input = { ...gridAt(model.settings, volts, 60), pDc }
  for (let i = 0; i < 100; i++) step(model, state, input, 1)
  return state
}
