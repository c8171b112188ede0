import type { DeviceSchedule } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { programLimitsAt } from './program-limits.ts'

const settings = { setMaxW: 5000, setMaxChargeRateW: 4000, setMaxDischargeRateW: 5000 }
const watts = (value: number) => ({ multiplier: 0, value })

it('has the limits of several programs hold together, each field by its own event', () => {
  const events = [
    event({ primacy: 1, controls: { opModExpLimW: watts(3000), opModImpLimW: watts(800) } }),
    event({ primacy: 5, controls: { opModMaxLimW: 4000 } }),
  ]
  expect(programLimitsAt({ events, programs: [], settings }, 150)).toEqual([
    { way: 'export', watts: 2000, priority: 995 },
    { way: 'export', watts: 3000, priority: 999 },
    { way: 'import', watts: 800, priority: 999 },
  ])
})

it.each([
  [99, 700],
  [100, 300],
  [199, 300],
  [200, 700],
])('falls back to the default outside the event: at %i to %i W', (now, limit) => {
  const programs = [
    { mRID: 'B', primacy: 9, default: { opModExpLimW: watts(100) } },
    { mRID: 'A', primacy: 2, default: { opModExpLimW: watts(700) } },
  ]
  const events = [event({ primacy: 2, controls: { opModExpLimW: watts(300) } })]
  expect(programLimitsAt({ events, programs, settings }, now).map((one) => one.watts)).toEqual([limit])
})

it('takes nothing of what was superseded, or is over', () => {
  const superseded = { ...event({ primacy: 1, controls: { opModGenLimW: watts(300) } }), fields: [] }
  const cancelled = event({ primacy: 1, state: 'Cancelled', controls: { opModLoadLimW: watts(300) } })
  expect(programLimitsAt({ events: [superseded, cancelled], programs: [], settings }, 150)).toEqual([])
})

type Event = DeviceSchedule['events'][number]

function event(changes: Partial<Event> & Pick<Event, 'controls'>): Event {
  const fields = Object.keys(changes.controls)
  const common = { mRID: 'E', program: 'P', primacy: 1, creationTime: 50, state: 'Active', start: 100, duration: 100 }
  return { ...common, fields, ...changes }
}
