import type { DERControl, DERCurve } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import type { LiveEvent } from './scheduling/event.ts'
import { createSchedule, type FieldOwner, type Schedule } from './scheduling/schedule.ts'
import { rulersOf, targetOf, type TargetSources } from './target.ts'
import type { Assigned } from './view.ts'

it('adds the rulers of all fields up to one set point', () => {
  const target = targetOf(sources({ opModMaxLimW: byDefault(8000), opModFixedW: byEvent('E1', -2500) }))
  expect(target).toEqual({ opModMaxLimW: 0.8, opModFixedW: -0.25 })
})

it('fills with the configured default what nobody rules', () => {
  const fixed = { base: { opModMaxLimW: 5000, opModEnergize: true }, settings: { setGradW: 27 } }
  const target = targetOf({ ...sources({ opModMaxLimW: byEvent('E1', 1000) }), fixed })
  expect(target).toEqual({ opModMaxLimW: 0.1, opModEnergize: true, gradient: 0.0027 })
})

it('leaves out what the device cannot follow or would not take', () => {
  const fields = {
    opModVoltVar: byDefault({ href: '/dc/1' }),
    opModMaxLimW: byEvent('E1', 1000),
    opModFixedW: byEvent('E1', 0),
  }
  const target = targetOf({
    ...sources(fields),
    modes: ['opModMaxLimW', 'opModFixedW'],
    refused: new Set(['opModFixedW']),
  })
  expect(target).toEqual({ opModMaxLimW: 0.1 })
})

it('takes the ramp of the event that began last', () => {
  const fields = { opModMaxLimW: byEvent('E1', 1000), opModFixedW: byEvent('E2', 0) }
  const assigned = [program({ controls: [control('E1', 500), control('E2', 1000)] })]
  expect(targetOf({ ...sources(fields, { E1: 100, E2: 200 }), assigned })).toMatchObject({ rampSeconds: 10 })
})

it('applies the settings of the default that holds, also while an event runs', () => {
  const assigned = [
    program({ primacy: 9, defaultControl: { mRID: '01', DERControlBase: {}, setGradW: 900 } }),
    program({ primacy: 1, defaultControl: { mRID: '02', DERControlBase: {}, setGradW: 100 } }),
  ]
  expect(targetOf({ ...sources({}), assigned })).toEqual({ gradient: 0.01 })
})

it('resolves a curve through the curves of its program', () => {
  const curve = {
    href: '/dc/1',
    mRID: '03',
    creationTime: 0,
    curveType: 11,
    xMultiplier: -2,
    yMultiplier: 0,
    yRefType: 3,
  }
  const CurveData = [{ xvalue: 9700, yvalue: 50 }]
  const assigned = [program({ curves: [{ ...curve, CurveData } satisfies DERCurve] })]
  const target = targetOf({ ...sources({ opModVoltVar: byEvent('E1', { href: '/dc/1' }) }), assigned })
  expect(target.opModVoltVar).toEqual({ points: [{ x: 0.97, y: 0.5 }], of: 'availableVar' })
})

it('grants the sum of the running flows, and nothing while one is awaited', () => {
  const running = flows({
    A: byEvent('F1', { energyWh: 2000, powerW: 3000 }),
    B: byEvent('F2', { energyWh: 500, powerW: 1000 }),
  })
  expect(targetOf({ ...sources({}), flows: running }).grant).toEqual({ id: 'F1+F2', watts: 4000, wattHours: 2500 })
  expect(targetOf({ ...sources({}), awaitsFlow: true }).grant).toEqual({ id: 'none', watts: 0, wattHours: 0 })
  expect(targetOf(sources({})).grant).toBeUndefined()
})

it('names the events that rule, best first', () => {
  const fields = { opModMaxLimW: byEvent('E1', 1), opModFixedW: byEvent('E2', 1), opModConnect: byDefault(true) }
  expect(rulersOf(sources(fields, { E1: 100, E2: 200 }).controls)).toEqual(['E2', 'E1'])
})

const byEvent = (key: string, value: unknown): FieldOwner => ({ kind: 'event', events: [key], value })
const byDefault = (value: unknown): FieldOwner => ({ kind: 'default', program: 'P', value })

function sources(fields: Schedule['fields'], starts: Readonly<Record<string, number>> = {}): TargetSources {
  const modes = ['opModMaxLimW', 'opModFixedW', 'opModVoltVar', 'opModEnergize', 'opModConnect']
  const events = Object.entries(starts).map(
    ([key, start]) =>
      ({ key, mRID: key, primacy: 1000 - start, effective: [start, start + 100] }) as unknown as LiveEvent,
  )
  const controls = { ...createSchedule({ kind: 'DERControl', device: { lfdi: 'AA' } }), fields, events }
  const fixed = { base: {}, settings: {} }
  return { controls, flows: flows({}), assigned: [], fixed, modes, awaitsFlow: false }
}

function flows(fields: Schedule['fields']): Schedule {
  return { ...createSchedule({ kind: 'FlowReservationResponse', device: { lfdi: 'AA' } }), fields }
}

function program({ primacy = 1, ...below }: Partial<Assigned> & { primacy?: number }): Assigned {
  return { program: { mRID: '0A', primacy }, controls: [], curves: [], ahead: 0, ...below }
}

function control(mRID: string, rampTms: number): DERControl {
  const status = { currentStatus: 1, dateTime: 0, potentiallySuperseded: false }
  return {
    mRID,
    creationTime: 0,
    EventStatus: status,
    interval: { start: 0, duration: 9 },
    DERControlBase: { rampTms },
  }
}
