import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, cancelledStatus, createdStatus, EventState, latestEnd, type ServedEvent } from './event-status.ts'
import { allCategories, isNewer, overlapOf } from './supersession.ts'

const { active, cancelled, cancelledRandomly, superseded } = EventState

describe('the life of one event', () => {
  it('is scheduled from its creation until its earliest effective start', () => {
    const event = served({ start: 100, randomizeStart: -30 })
    expect(advance([event], 69)).toEqual({ changes: [], nextAt: 70 })
    expect(statusAfter([event], 70)).toMatchObject({ currentStatus: active, dateTime: 70 })
  })

  it('is active at its creation when its start is not in the future', () => {
    const event = served({ start: 40, creationTime: 50 })
    expect(statusAfter([event], 50)).toMatchObject({ currentStatus: active, dateTime: 50 })
  })

  it('dates a start the server slept through at the moment it was due', () => {
    expect(statusAfter([served({ start: 100 })], 150)).toMatchObject({ currentStatus: active, dateTime: 100 })
  })

  it('stays listed until no device can still be running it', () => {
    const event = served({ start: 100, duration: 60, randomizeStart: 20, randomizeDuration: 10 })
    expect(advance([event], 189).changes.map(({ kind }) => kind)).toEqual(['status'])
    expect(advance([event], 190).changes.map(({ kind }) => kind)).toEqual(['status', 'ended'])
  })

  it('has nothing due once it is gone', () => {
    expect(advance([served({ start: 100, duration: 10 })], 110).nextAt).toBeUndefined()
  })

  it('stays listed after a cancel until its original end', () => {
    const event = served({ start: 100, duration: 60 })
    const gone = { ...event, status: cancelledStatus(event, 120, false) ?? event.status }
    expect(gone.status).toMatchObject({ currentStatus: cancelled, dateTime: 120 })
    expect(advance([gone], 130)).toEqual({ changes: [], nextAt: 160 })
    expect(advance([gone], 160).changes).toEqual([{ kind: 'ended', mRID: gone.mRID }])
  })

  it('ends at a random moment only where the event is randomizable', () => {
    expect(cancelledStatus(served({}), 120, true)?.currentStatus).toBe(cancelled)
    expect(cancelledStatus(served({ randomizeDuration: 5 }), 120, true)?.currentStatus).toBe(cancelledRandomly)
  })

  it('cannot be cancelled twice, nor after it ended', () => {
    const event = served({ start: 100, duration: 60 })
    const status = { ...createdStatus(0), currentStatus: superseded }
    expect(cancelledStatus({ ...event, status }, 120, false)).toBeUndefined()
    expect(cancelledStatus(event, 160, false)).toBeUndefined()
  })
})

describe('a newer event of the same program', () => {
  const older = served({ mRID: 'A', start: 100, duration: 100 })

  it('supersedes one it covers at its own earliest start', () => {
    const newer = served({ mRID: 'B', creationTime: 50, start: 150, randomizeStart: -10 })
    expect(statusAfter([older, newer], 139)).toMatchObject({ currentStatus: active, potentiallySuperseded: true })
    expect(statusAfter([older, newer], 140)).toMatchObject({ currentStatus: superseded, dateTime: 140 })
  })

  it('marks one it covers in part and leaves it running', () => {
    const both = { ...older, fields: ['opModMaxLimW', 'opModFixedVar'] }
    const newer = served({ mRID: 'B', creationTime: 50, start: 150 })
    expect(statusAfter([both, newer], 160)).toEqual({
      currentStatus: active,
      dateTime: 100,
      potentiallySuperseded: true,
      potentiallySupersededTime: 50,
    })
  })

  it('leaves alone other controls, other categories and other times', () => {
    const others = [
      served({ mRID: 'B', creationTime: 50, start: 150, fields: ['opModFixedVar'] }),
      served({ mRID: 'C', creationTime: 50, start: 200 }),
      served({ mRID: 'D', creationTime: 50, start: 20, duration: 80 }),
    ]
    expect(statusAfter([older, ...others], 199)).toMatchObject({ currentStatus: active, potentiallySuperseded: false })
    const forBatteries = served({ mRID: 'E', creationTime: 50, start: 150, categories: 2 })
    expect(statusAfter([{ ...older, categories: 1 }, forBatteries], 199)).toMatchObject({ currentStatus: active })
    expect(overlapOf(older, forBatteries)).toBe('partial')
  })

  it('wins before the older one has started, and in the same second', () => {
    const newer = served({ mRID: 'B', creationTime: 50, start: 100 })
    expect(statusAfter([older, newer], 100)).toMatchObject({ currentStatus: superseded, dateTime: 100 })
  })

  it('that was superseded itself supersedes nobody', () => {
    const first = served({ mRID: 'A', start: 170 })
    const middle = served({ mRID: 'B', creationTime: 50, start: 150, duration: 30 })
    const newest = served({ mRID: 'C', creationTime: 60, start: 140, duration: 20 })
    expect(statusAfter([first, middle], 175)).toMatchObject({ currentStatus: superseded, dateTime: 150 })
    expect(statusAfter([first, middle, newest], 175)).toMatchObject({ currentStatus: active, dateTime: 170 })
  })

  it('that is cancelled before its start changes no status', () => {
    const newer = served({ mRID: 'B', creationTime: 50, start: 150 })
    const called = { ...newer, status: cancelledStatus(newer, 120, false) ?? newer.status }
    expect(statusAfter([older, called], 160)).toMatchObject({ currentStatus: active })
  })
})

describe('whatever the events are', () => {
  it('no status is dated into the future or moves back', () => {
    fc.assert(
      fc.property(programs, moments, (events, nows) => {
        let current: readonly ServedEvent[] = events
        for (const now of nows) {
          const next = listed(current, now)
          for (const { mRID, status } of next) {
            const before = current.find((event) => event.mRID === mRID)?.status.dateTime ?? 0
            expect(status.dateTime).toBeLessThanOrEqual(now)
            expect(status.dateTime).toBeGreaterThanOrEqual(before)
          }
          current = next
        }
      }),
    )
  })

  it('no event runs beside a newer running one that covers it', () => {
    fc.assert(
      fc.property(programs, moments, (events, nows) => {
        const running = nows.reduce(listed, events).filter(({ status }) => status.currentStatus === active)
        const covered = running.filter((a) => running.some((b) => isNewer(b, a) && overlapOf(a, b) === 'full'))
        expect(covered).toEqual([])
      }),
    )
  })

  it('at most one event of a single control is active at a time', () => {
    fc.assert(
      fc.property(programs, moments, (events, nows) => {
        const single = events.map((event) => ({
          ...event,
          fields: ['opModMaxLimW'],
          categories: allCategories,
          randomizeStart: 0,
          randomizeDuration: 0,
        }))
        const running = nows.reduce(listed, single).filter(({ status }) => status.currentStatus === active)
        expect(running.length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('a server that slept ends where one that woke for every moment does', () => {
    fc.assert(
      fc.property(programs, moments, (events, nows) => {
        const last = nows.at(-1) ?? 0
        expect(listed(events, last)).toEqual(nows.reduce(listed, events))
      }),
    )
  })

  it('an advance made twice changes nothing, and the next moment is exact', () => {
    fc.assert(
      fc.property(programs, moments, (events, [now = 0]) => {
        const current = listed(events, now)
        const { changes, nextAt } = advance(current, now)
        expect(changes).toEqual([])
        if (nextAt === undefined) return
        expect(nextAt).toBeGreaterThan(now)
        expect(advance(current, nextAt - 1).changes).toEqual([])
      }),
    )
  })
})

const fields = ['opModMaxLimW', 'opModFixedVar', 'opModConnect']

const programs = fc
  .array(
    fc.record({
      start: fc.integer({ min: 80, max: 300 }),
      duration: fc.integer({ min: 1, max: 100 }),
      creationTime: fc.integer({ min: 0, max: 20 }),
      randomizeStart: fc.integer({ min: -30, max: 30 }),
      randomizeDuration: fc.integer({ min: 0, max: 30 }),
      categories: fc.constantFrom(allCategories, 1, 2, 3),
      fields: fc.uniqueArray(fc.constantFrom(...fields), { minLength: 1 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((events) => events.map((event, index) => served({ ...event, mRID: `M${index}` })))

const moments: fc.Arbitrary<readonly number[]> = fc
  .array(fc.integer({ min: 20, max: 500 }), { minLength: 1, maxLength: 8 })
  .map((nows) => nows.toSorted((a, b) => a - b))

function served(overrides: Partial<ServedEvent>): ServedEvent {
  const status = createdStatus(overrides.creationTime ?? 10)
  const claim = {
    mRID: 'A',
    creationTime: 10,
    start: 100,
    duration: 60,
    categories: allCategories,
    fields: ['opModMaxLimW'],
  }
  return { ...claim, randomizeStart: 0, randomizeDuration: 0, status, ...overrides }
}

/** The status of the first event after an advance to now. */
function statusAfter(events: readonly ServedEvent[], now: number) {
  return updated(events, now)[0]?.status
}

/** The events that a client would still find after an advance to now. */
function listed(events: readonly ServedEvent[], now: number): readonly ServedEvent[] {
  return updated(events, now).filter((event) => latestEnd(event) > now)
}

function updated(events: readonly ServedEvent[], now: number): readonly ServedEvent[] {
  const { changes } = advance(events, now)
  const statuses = new Map(
    changes.flatMap((change) => (change.kind === 'status' ? [[change.mRID, change.status]] : [])),
  )
  return events.map((event) => ({ ...event, status: statuses.get(event.mRID) ?? event.status }))
}
