import { expect, it } from 'vitest'
import { deviceScheduleOf } from './device-schedule.ts'
import { advance } from './scheduler.ts'
import { createSchedule } from './scheduling/schedule.ts'

const server = 'gsp'
const device = { lfdi: 'A1'.repeat(20), modes: ['opModMaxLimW', 'opModConnect'] }
const settings = { maxW: 5000, maxChargeRateW: 4000, modesEnabled: [], gradient: 0, updatedAt: 0 } as const

it('tells events by their effective times, without the fields that a stronger one took', () => {
  const programs = [1, 2].map((primacy) => ({ id: `p${primacy}`, server, mRID: `P${primacy}`, primacy }))
  const copy = (mRID: string, program: string, controls: object, start: number) => ({
    type: 'see' as const,
    copy: {
      server,
      mRID,
      program,
      creationTime: 50,
      start,
      duration: 100,
      status: { currentStatus: 0, dateTime: 50 },
      controls: { ...controls },
    },
  })
  const inputs = [
    { type: 'programs' as const, server, programs },
    copy('A', 'p2', { opModMaxLimW: 5000, opModConnect: true }, 1000),
    copy('B', 'p1', { opModMaxLimW: 2000 }, 1000),
  ]
  const empty = createSchedule({ kind: 'DERControl', device })
  const { schedule } = advance(empty, { now: 1000, inputs, draw: () => ({ start: 0, duration: 0, cancel: 0 }) })
  const fixed = { opModExpLimW: { multiplier: 0, value: 3000 } }
  const told = deviceScheduleOf({ name: 'pv', lfdi: device.lfdi, now: 1000, schedule, settings, known: true, fixed })
  expect(told).toMatchObject({
    at: 1000,
    settings: { setMaxW: 5000, setMaxChargeRateW: 4000, setMaxDischargeRateW: 5000 },
    programs: [
      { mRID: 'P1', primacy: 1, default: null },
      { mRID: 'P2', primacy: 2, default: null },
      { mRID: 'fixedDefault', primacy: 256, default: fixed },
    ],
  })
  const [a, b] = ['A', 'B'].map((mRID) => told.events.find((event) => event.mRID.endsWith(mRID)))
  expect(b).toMatchObject({ program: 'P1', start: 1000, duration: 100, state: 'Active', fields: ['opModMaxLimW'] })
  expect(a?.fields ?? []).not.toContain('opModMaxLimW')
})
