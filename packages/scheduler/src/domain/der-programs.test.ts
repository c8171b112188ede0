import { expect, it } from 'vitest'
import { schedulesOf, type ProgramEvent } from './der-programs.ts'

it('stops an event for good when one created later begins', () => {
  const events = [event('OLD', 1, 100, 900), event('NEW', 2, 200, 100)]
  const schedules = schedulesOf([{ mRID: 'P', primacy: 1, events }], 5000)
  expect(schedules).toMatchObject([
    { id: 'OLD', disabledAt: 200 },
    { id: 'NEW', disabledAt: Infinity },
  ])
})

it('never runs an event that starts inside one created later', () => {
  const events = [event('NEW', 2, 100, 900), event('OLD', 1, 200, 100)]
  const [, old] = schedulesOf([{ mRID: 'P', primacy: 1, events }], 5000)
  expect(old).toMatchObject({ id: 'OLD', starts: [200], disabledAt: 200 })
})

function event(mRID: string, creationTime: number, start: number, duration: number): ProgramEvent {
  return { mRID, creationTime, start, duration, DERControlBase: { opModMaxLimW: 5000 } }
}
