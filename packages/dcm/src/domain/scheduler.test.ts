import { describe, expect, it } from 'vitest'
import { advance, type Advance } from './scheduler.ts'
import { drawFrom } from './scheduling/draws.ts'
import { keyOf, type EventCopy, type Program } from './scheduling/event.ts'
import { createSchedule, forget, type Schedule, type ScheduleInput } from './scheduling/schedule.ts'

describe('time', () => {
  it('passes from one instant that matters to the next', () => {
    const read = step(empty(), 0, see())
    const started = step(read.schedule, 100)
    expect([read.wakeAt, started.wakeAt, step(started.schedule, 200).wakeAt]).toEqual([100, 200, null])
  })

  it('changes nothing between them', () => {
    const { schedule } = step(empty(), 0, see())
    expect(step(schedule, 99)).toEqual({ schedule, effects: [], wakeAt: 100 })
    expect(step(schedule, 99).schedule).toBe(schedule)
  })

  it('that passed unattended is caught up with, each thing at its own time', () => {
    const { schedule } = step(empty(), 0, see())
    expect(told(step(schedule, 500))).toEqual([
      [100, 2],
      [200, 3],
    ])
  })

  it('that jumps back stands still until it is where it was', () => {
    const { schedule } = step(step(empty(), 0, see()).schedule, 150)
    expect(told(step(schedule, 90, see({ currentStatus: 2 })))).toEqual([[100, 6]])
  })
})

describe('a restart', () => {
  it('after the end of an event that it missed tells that nothing was done', () => {
    const { schedule } = step(empty(), 0, see())
    const woken = step(stored(schedule), 300, { type: 'restart' })
    expect(told(woken)).toEqual([[300, 10]])
    expect(told(step(woken.schedule, 310, see()))).toEqual([])
  })

  it('in the middle of an event that it missed starts it late', () => {
    const { schedule } = step(empty(), 0, see())
    const woken = step(stored(schedule), 150, { type: 'restart' })
    expect(told(woken)).toEqual([[150, 2]])
    expect(told(step(woken.schedule, 200))).toEqual([[200, 3]])
  })

  it('completes what ran and ended meanwhile', () => {
    const { schedule } = step(step(empty(), 0, see()).schedule, 100)
    expect(told(step(stored(schedule), 300, { type: 'restart' }))).toEqual([[300, 3]])
  })
})

describe('a device that answers (D22)', () => {
  it('has the start told when it follows', () => {
    const started = step(step(empty(true), 0, see()).schedule, 100)
    expect(told(started)).toEqual([])
    expect(applied(started)).toEqual([100])
    expect(told(step(started.schedule, 103, answer('accepted')))).toEqual([[103, 2]])
  })

  it('is asked again each minute while it refuses, and neither 2 nor 3 is told', () => {
    const started = step(step(empty(true), 0, see()).schedule, 100)
    const refused = step(started.schedule, 101, answer('refused'))
    expect(told(refused)).toEqual([[101, 252]])
    const again = step(refused.schedule, refused.wakeAt ?? 0)
    expect(applied(again)).toEqual([161])
    const accepted = step(again.schedule, 162, answer('accepted'))
    expect([told(accepted), accepted.wakeAt]).toEqual([[], 200])
    expect(told(step(accepted.schedule, 200))).toEqual([])
  })

  it('that refuses has the cancellation told all the same', () => {
    const started = step(step(empty(true), 0, see()).schedule, 100)
    const refused = step(started.schedule, 101, answer('refused'))
    expect(told(step(refused.schedule, 120, see({ currentStatus: 2 })))).toEqual([[120, 6]])
  })

  it('that falls silent took no part', () => {
    const started = step(step(empty(true), 0, see()).schedule, 100)
    expect(told(step(started.schedule, 200))).toEqual([[200, 10]])
  })

  it('is asked again for what runs after a restart', () => {
    const started = step(step(empty(true), 0, see()).schedule, 100)
    const { schedule } = step(started.schedule, 101, answer('accepted'))
    expect(applied(step(stored(schedule), 130, { type: 'restart' }))).toEqual([130])
  })
})

describe('the programs of a server', () => {
  it('that are not listed any more lose their events, those of other servers stay', () => {
    const other = { ...copy, server: 'B', program: 'R', mRID: '02' }
    const { schedule } = step(empty(), 0, see(), { type: 'see', copy: other })
    const gone = step(schedule, 10, { type: 'programs', server: 'A', programs: [] })
    expect(told(gone)).toEqual([[10, 14]])
    expect(gone.schedule.events.map(({ server }) => server)).toEqual(['B'])
  })

  it('keep an event that was read through another one in the same poll', () => {
    const { schedule } = step(empty(), 0, see())
    const moved = step(
      schedule,
      10,
      { type: 'programs', server: 'A', programs: [program('Q', 0)] },
      see({ program: 'Q' }),
    )
    expect(told(moved)).toEqual([])
    expect(moved.schedule.events[0]?.primacy).toBe(0)
  })

  it('bring their default at once, also when only its value is new', () => {
    const { schedule } = step(empty(), 0)
    const lowered = { ...program('P', 1), default: { opModMaxLimW: 3000 } }
    const { effects } = step(schedule, 10, { type: 'programs', server: 'A', programs: [lowered] })
    expect(effects).toEqual([
      { type: 'field', at: 10, field: 'opModMaxLimW', owner: { kind: 'default', program: 'P', value: 3000 } },
    ])
  })
})

it('remembers what is over for a day, so that nothing is told twice', () => {
  const { schedule } = step(step(empty(), 0, see()).schedule, 200)
  const day = 24 * 3600
  expect(forget(schedule, 200 + day - 1)).toBe(schedule)
  expect(forget(schedule, 200 + day).ended).toEqual([])
})

it('knows an event of one host by its mRID with or without leading zeros', () => {
  const { schedule } = step(empty(), 0, see())
  expect(told(step(schedule, 10, see({ mRID: '00ab' })))).toEqual([])
})

const copy: EventCopy = {
  server: 'A',
  mRID: 'AB',
  program: 'P',
  creationTime: 0,
  start: 100,
  duration: 100,
  status: { currentStatus: 0, dateTime: 0 },
  responseRequired: '07',
  replyTo: '/rsps/1/rsp',
  controls: { opModMaxLimW: 5000 },
}

function empty(confirms = false): Schedule {
  const programs = [{ ...program('P', 1), default: { opModMaxLimW: 9000 } }, program('R', 2, 'B')]
  return createSchedule({ kind: 'DERControl', device: { lfdi: '', confirms }, programs })
}

function program(id: string, primacy: number, server = 'A'): Program {
  return { id, server, mRID: id === 'P' ? '01' : '02', primacy }
}

function step(schedule: Schedule, now: number, ...inputs: readonly ScheduleInput[]): Advance {
  return advance(schedule, { now, inputs, draw: drawFrom(() => 0) })
}

function see({ currentStatus = 0, ...members }: Partial<EventCopy> & { currentStatus?: number } = {}): ScheduleInput {
  return { type: 'see', copy: { ...copy, ...members, status: { currentStatus, dateTime: 0 } } }
}

function answer(type: 'accepted' | 'refused'): ScheduleInput {
  return { type, event: keyOf(copy) }
}

function stored(schedule: Schedule): Schedule {
  return JSON.parse(JSON.stringify(schedule)) as Schedule
}

function told({ effects }: Advance): readonly (readonly [at: number, status: number])[] {
  return effects.flatMap((effect) => (effect.type === 'respond' ? [[effect.at, effect.status] as const] : []))
}

function applied({ effects }: Advance): readonly number[] {
  return effects.flatMap((effect) => (effect.type === 'apply' ? [effect.at] : []))
}
