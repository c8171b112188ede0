import fc from 'fast-check'
import { expect, it } from 'vitest'
import { forecastOf, segmentsOf } from '../controller.ts'
import type { Parameters } from '../enabling.ts'
import { createLife, disable, enable, type Life } from '../lifecycle.ts'
import { createEngine, type Engine, type Placed } from './engine.ts'

const slot = { allocatedEntries: 100, valueType: 'number' } as const
const hourly = { occ: 1, occType: 'Time', occPer: 'Hour', hr: 0, mn: 0 } as const
const day = Date.UTC(2027, 2, 1) / 1000

const schedule = fc.record({
  prio: fc.integer({ min: 11, max: 15 }),
  values: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 5 }),
  intervalS: fc.integer({ min: 1, max: 1200 }),
  startTimes: fc.uniqueArray(fc.nat(7200), { minLength: 1, maxLength: 3 }),
  isCyclic: fc.boolean(),
})
const schedules = fc.array(schedule, { minLength: 1, maxLength: 6 })

it('has exactly one active schedule at every second while there is a reserve', () => {
  fc.assert(
    fc.property(schedules, (drawn) => {
      const engine = engineOf([reserve(), ...drawn.map(placed)])
      for (let at = day; at < day + 9000; at = Math.max(at + 1, engine.nextAt())) {
        engine.advance(at)
        expect(engine.outputOf('c')?.source).not.toBeNull()
      }
    }),
    { numRuns: 40 },
  )
})

it('says the same in whatever order schedules were enabled', () => {
  fc.assert(
    fc.property(schedules, fc.infiniteStream(fc.nat()), fc.nat(9000), (drawn, order, seconds) => {
      const list = drawn.map((one, index) => ({ ref: String(index), life: lifeOf(one) }))
      const shuffled = list.map((one) => ({ one, key: order.next().value })).toSorted((a, b) => a.key - b.key)
      const [engine, other] = [engineOf(list), engineOf(list)]
      for (const { ref, life } of list) engine.put('c', { ref, life: enable(life, day).life }, day)
      for (const { one } of shuffled) other.put('c', { ref: one.ref, life: enable(one.life, day).life }, day)
      for (const each of [engine, other]) each.advance(day + seconds)
      expect(other.outputOf('c')).toEqual(engine.outputOf('c'))
    }),
  )
})

it('foretells what it will say', () => {
  fc.assert(
    fc.property(schedules, (drawn) => {
      const engine = engineOf([reserve(), ...drawn.map(placed)])
      const changes = forecastOf(segmentsOf(engine.enabled('c'), day, day + 9000))
      const said = [{ at: day, value: engine.outputOf('c')?.value }]
      for (let at = engine.nextAt(); at < day + 9000; at = engine.nextAt()) {
        engine.advance(at)
        const value = engine.outputOf('c')?.value
        if (value !== said.at(-1)?.value) said.push({ at, value })
      }
      expect(said).toEqual(changes)
    }),
    { numRuns: 50 },
  )
})

it('says the same after one long step as after many short ones, and after the clock went back', () => {
  fc.assert(
    fc.property(schedules, fc.nat(9000), fc.nat(9000), (drawn, first, second) => {
      const [stepwise, atOnce] = [engineOf(drawn.map(placed)), engineOf(drawn.map(placed))]
      for (let at = day; at < day + first; at += 97) stepwise.advance(at)
      for (const each of [stepwise, atOnce]) each.advance(day + first)
      expect(stepwise.outputOf('c')).toEqual(atOnce.outputOf('c'))
      const running = atOnce.outputOf('c')
      atOnce.advance(day + first + second)
      stepwise.advance(day + first + second)
      expect(stepwise.outputOf('c')).toEqual(atOnce.outputOf('c'))
      atOnce.advance(day + first)
      // a single start whose run was over is gone; cyclic ones come back
      if (drawn.every(({ isCyclic }) => isCyclic)) expect(atOnce.outputOf('c')).toEqual(running)
    }),
  )
})

it('starts at the edge of its signal, ignores further edges, and is ready again when it is kept', () => {
  const life = createLife(slot, { ...parameters(), evTrg: true, inSyn: 'low-frequency', startTimes: [], reuse: true })
  const engine = engineOf([{ ref: 's', life: enable(life, day).life }])
  expect(engine.signal('another', day + 5)).toEqual({ started: [], outputs: [] })
  expect(engine.signal('low-frequency', day + 10)).toMatchObject({ started: ['s'], outputs: [{ value: 1 }] })
  expect(engine.signal('low-frequency', day + 40)).toMatchObject({ started: [], outputs: [] })
  expect(engine.advance(day + 70)).toMatchObject([{ value: 2, entry: 2 }])
  expect(engine.advance(day + 130)).toMatchObject([{ value: null, source: null }])
  expect(engine.life('s')).toMatchObject({ state: 3 })
})

it('falls back at once to the next schedule, at its own current entry', () => {
  const weak = { ...parameters(), startTimes: [day], values: [1, 2, 3], numEntr: 3 }
  const strong = { ...parameters(), startTimes: [day], prio: 50, values: [9, 9, 9], numEntr: 3 }
  const engine = engineOf([enabled('weak', weak), enabled('strong', strong)])
  engine.advance(day + 70)
  expect(engine.outputOf('c')).toMatchObject({ source: 'strong', value: 9 })
  const life = engine.life('strong') as Life
  expect(engine.put('c', { ref: 'strong', life: disable(life, day + 70).life }, day + 70)).toMatchObject([
    { source: 'weak', value: 2, entry: 2 },
  ])
})

function engineOf(list: readonly Placed[]): Engine {
  const engine = createEngine()
  engine.add('c', list, day)
  return engine
}

function parameters(): Partial<Parameters> {
  return { prio: 20, intervalS: 60, values: [1, 2], numEntr: 2, startTimes: [day] }
}

function enabled(ref: string, given: Partial<Parameters>): Placed {
  return { ref, life: enable(createLife(slot, given), day).life }
}

function placed(drawn: DrawnSchedule, index: number): Placed {
  return { ref: String(index), life: enable(lifeOf(drawn), day).life }
}

type DrawnSchedule = typeof schedule extends fc.Arbitrary<infer T> ? T : never

function lifeOf({ isCyclic, startTimes, values, ...given }: DrawnSchedule): Life {
  const starts = isCyclic
    ? { startTimes: [], calendars: startTimes.map((time) => ({ ...hourly, mn: time % 60 })) }
    : { startTimes: startTimes.map((time) => day + time) }
  return createLife(slot, { ...given, values, numEntr: values.length, ...starts })
}

function reserve(): Placed {
  const given = { prio: 10, intervalS: 1800, values: [50, 48], numEntr: 2, calendars: [hourly] }
  return { ref: 'reserve', life: createLife({ ...slot, isReserve: true }, given) }
}
