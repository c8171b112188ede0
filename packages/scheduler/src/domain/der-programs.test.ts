import { expect, it } from 'vitest'
import { schedulesOf, type ProgramEvent } from './der-programs.ts'

const bases = { setMaxW: 5000, setMaxChargeRateW: 4000, setMaxDischargeRateW: 3000 }

it('stops an event for good when one created later begins', () => {
  const events = [event('OLD', 1, 100, 900), event('NEW', 2, 200, 100)]
  const schedules = schedulesOf([{ mRID: 'P', primacy: 1, events }], 'MaxPow', bases)
  expect(schedules).toMatchObject([
    { id: 'OLD', disabledAt: 200 },
    { id: 'NEW', disabledAt: Infinity },
  ])
})

it('never runs an event that starts inside one created later', () => {
  const events = [event('NEW', 2, 100, 900), event('OLD', 1, 200, 100)]
  const [, old] = schedulesOf([{ mRID: 'P', primacy: 1, events }], 'MaxPow', bases)
  expect(old).toMatchObject({ id: 'OLD', starts: { times: [200] }, disabledAt: 200 })
})

function event(mRID: string, creationTime: number, start: number, duration: number): ProgramEvent {
  return { mRID, creationTime, start, duration, DERControlBase: { opModMaxLimW: 5000 } }
}
