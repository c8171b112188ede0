import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { advance } from './scheduler.ts'
import { boundedDraws, type Draw } from './scheduling/draws.ts'
import { keyOf, type EventCopy } from './scheduling/event.ts'
import { isShared } from './scheduling/fields.ts'
import { createSchedule, type Schedule, type ScheduleEffect, type ScheduleInput } from './scheduling/schedule.ts'

type Poll = Readonly<{ at: number; inputs: readonly ScheduleInput[] }>
type Run = Readonly<{ schedule: Schedule; effects: readonly ScheduleEffect[] }>
type Response = Extract<ScheduleEffect, { type: 'respond' }>

const horizon = 400
const programs = [
  { id: 'P', server: 'A', mRID: '01', primacy: 3, default: { opModMaxLimW: 9000 } },
  { id: 'Q', server: 'A', mRID: '02', primacy: 1 },
  { id: 'R', server: 'B', mRID: '03', primacy: 2, default: { opModFixedW: 0 } },
]
const finals = new Set([3, 6, 7, 8, 9, 10, 13, 14])

it('lets no two events rule one field, but for connect and energize', () => {
  fc.assert(
    fc.property(story(), (polls) => {
      for (const { schedule } of frames(polls)) {
        const held = schedule.events.filter(({ state }) => state === 'Active').flatMap(({ fields }) => fields)
        const exclusive = held.filter((field) => !isShared(field))
        expect(exclusive).toEqual([...new Set(exclusive)])
      }
    }),
  )
})

it('follows every start that it tells by exactly one end', () => {
  fc.assert(
    fc.property(story(), (polls) => {
      for (const told of Map.groupBy(responsesOf(run(polls)), ({ event }) => event).values()) {
        const statuses = told.map(({ status }) => status)
        expect(statuses.filter((status) => status === 2).length).toBeLessThanOrEqual(1)
        expect(statuses.filter((status) => finals.has(status))).toHaveLength(statuses.includes(254) ? 0 : 1)
        expect(statuses[0]).toBe(1)
      }
    }),
  )
})

it('starts nothing outside its effective interval', () => {
  fc.assert(
    fc.property(story(), (polls) => {
      const { schedule, effects } = run(polls)
      const effective = new Map(schedule.ended.map((event) => [event.key, event.effective]))
      for (const { event, at } of responsesOf({ effects }).filter(({ status }) => status === 2)) {
        const [start, end] = effective.get(event) ?? [Number.NaN, Number.NaN]
        expect(at).toBeGreaterThanOrEqual(start)
        expect(at).toBeLessThan(end)
      }
    }),
  )
})

it('tells the course of an event in order of time, and ends every event', () => {
  fc.assert(
    fc.property(story(), (polls) => {
      const result = run(polls)
      const times = responsesOf(result).map(({ at }) => at)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(result.schedule.events).toEqual([])
    }),
  )
})

it('comes to the same end after a restart at any instant', () => {
  fc.assert(
    fc.property(story(), fc.nat(horizon), (polls, at) => {
      expect(normal(run(withRestart(polls, at)))).toEqual(normal(run(polls)))
    }),
  )
})

it('does not mind in which order the copies of one poll come', () => {
  fc.assert(
    fc.property(story({ copiesOnly: true }), fc.infiniteStream(fc.nat()), (polls, ranks) => {
      const shuffled = polls.map(({ at, inputs }) => ({ at, inputs: shuffle(inputs, ranks) }))
      expect(normal(run(shuffled))).toEqual(normal(run(polls)))
    }),
  )
})

it('does not mind in how many steps time passes', () => {
  fc.assert(
    fc.property(story(), fc.array(fc.nat(horizon)), (polls, stops) => {
      const pauses = stops.map((at) => ({ at, inputs: [] }))
      expect(normal(run([...polls, ...pauses].toSorted((a, b) => a.at - b.at)))).toEqual(normal(run(polls)))
    }),
  )
})

/** Up to six events of three programs, read at times in any order, with what servers and users may do to them. */
function story({ copiesOnly = false } = {}): fc.Arbitrary<readonly Poll[]> {
  return fc
    .array(eventCopy(), { minLength: 1, maxLength: 6 })
    .chain((events) => {
      const copies = events.map((copy, index) => ({ ...copy, mRID: `${index + 1}` }))
      const reading = fc
        .tuple(fc.constantFrom(...copies), fc.constantFrom(0, 0, 0, 1, 2, 3, 4))
        .map(([copy, currentStatus]): ScheduleInput => ({
          type: 'see',
          copy: { ...copy, status: { currentStatus, dateTime: 0 } },
        }))
      const act = fc
        .tuple(fc.constantFrom('optOut' as const, 'optIn' as const), fc.constantFrom(...copies))
        .map(([type, copy]): ScheduleInput => ({ type, event: keyOf(copy) }))
      const removal = fc.constantFrom('P', 'Q').map((program): ScheduleInput => ({ type: 'removeProgram', program }))
      const input = copiesOnly
        ? reading
        : fc.oneof({ weight: 6, arbitrary: reading }, { weight: 4, arbitrary: act }, { weight: 1, arbitrary: removal })
      const first = fc.tuple(
        ...copies.map((copy) => fc.nat(120).map((at) => ({ at, input: { type: 'see', copy } as ScheduleInput }))),
      )
      const later = fc.array(fc.record({ at: fc.nat(150), input }), { maxLength: 10 })
      return fc.tuple(first, later)
    })
    .map(([first, later]) => {
      const byTime = Map.groupBy([...first, ...later], ({ at }) => at)
      return [...byTime]
        .map(([at, arrivals]) => ({ at, inputs: onePerEvent(arrivals.map(({ input }) => input)) }))
        .toSorted((a, b) => a.at - b.at)
    })
}

/** One poll shows an event once. */
function onePerEvent(inputs: readonly ScheduleInput[]): readonly ScheduleInput[] {
  const shown = new Set<string>()
  return inputs.filter((input) => {
    if (input.type !== 'see') return true
    const isFirst = !shown.has(input.copy.mRID)
    shown.add(input.copy.mRID)
    return isFirst
  })
}

function eventCopy(): fc.Arbitrary<EventCopy> {
  const field = fc.constantFrom('opModMaxLimW', 'opModFixedW', 'opModConnect')
  return fc
    .record({
      program: fc.constantFrom('P', 'Q', 'R'),
      creationTime: fc.nat(3),
      start: fc.nat(12).map((tens) => tens * 10),
      duration: fc.integer({ min: 1, max: 6 }).map((tens) => tens * 10),
      randomizeStart: fc.constantFrom(0, 0, 15, -15),
      randomizeDuration: fc.constantFrom(0, 0, 15, -5),
      fields: fc.uniqueArray(field, { minLength: 1, maxLength: 3 }),
    })
    .map(({ fields, ...event }) => ({
      ...event,
      server: event.program === 'R' ? 'B' : 'A',
      mRID: '',
      status: { currentStatus: 0, dateTime: 0 },
      responseRequired: '07',
      replyTo: '/rsps/1/rsp',
      controls: Object.fromEntries(fields.map((name) => [name, name === 'opModConnect' ? false : 100])),
    }))
}

const draw: Draw = (copy) => {
  const salt = Number(copy.mRID) * 7 + copy.start
  return boundedDraws(copy, { start: (salt % 31) - 15, duration: (salt % 17) - 8, cancel: salt % 11 })
}

function begin(): Schedule {
  const empty = createSchedule({ kind: 'DERControl', device: { lfdi: '' }, programs })
  return advance(empty, { now: -1, draw }).schedule
}

function run(polls: readonly Poll[]): Run {
  const effects: ScheduleEffect[] = []
  let schedule = begin()
  for (const { at, inputs } of [...polls, { at: horizon * 10, inputs: [] }]) {
    const next = advance(schedule, { now: at, inputs, draw })
    schedule = next.schedule
    effects.push(...next.effects)
  }
  return { schedule, effects }
}

/** The schedule second by second. */
function* frames(polls: readonly Poll[]): Generator<Run> {
  let schedule = begin()
  for (let now = 0; now <= horizon; now++) {
    const inputs = polls.filter(({ at }) => at === now).flatMap((poll) => poll.inputs)
    const next = advance(schedule, { now, inputs, draw })
    schedule = next.schedule
    yield next
  }
}

function withRestart(polls: readonly Poll[], at: number): readonly Poll[] {
  const before = polls.filter((poll) => poll.at < at)
  const here = polls.filter((poll) => poll.at === at).flatMap(({ inputs }) => inputs)
  const after = polls.filter((poll) => poll.at > at)
  return [...before, { at: at - 1, inputs: [] }, { at, inputs: [{ type: 'restart' }, ...here] }, ...after]
}

function shuffle<T>(values: readonly T[], ranks: fc.Stream<number>): readonly T[] {
  const ranked = values.map((value) => ({ value, rank: ranks.next().value ?? 0 }))
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ value }) => value)
}

/** A run without the order of what happened to different events in one second. */
function normal({ schedule, effects }: Run): unknown {
  return {
    ended: schedule.ended.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    effects: effects.toSorted(
      (a, b) => a.at - b.at || (topicOf(a) < topicOf(b) ? -1 : Number(topicOf(a) > topicOf(b))),
    ),
  }
}

function topicOf(effect: ScheduleEffect): string {
  return 'event' in effect ? effect.event : effect.field
}

function responsesOf({ effects }: Pick<Run, 'effects'>): readonly Response[] {
  return effects.filter((effect) => effect.type === 'respond')
}
