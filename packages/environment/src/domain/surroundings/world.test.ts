import type { DeviceReport } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { readFeeder } from '../../inputs.ts'
import { parseEventList } from '../events/event-list.ts'
import { GridEvent } from '../events/grid-event.ts'
import { defaultArea } from '../frequency/area.ts'
import { createLiveFeeder } from './live-feeder.ts'
import { createPlacement } from './placement.ts'
import { createWorld, type World, type WorldOptions } from './world.ts'

const noon = 43_200
const lfdi = 'A1'.repeat(20)
const plain: WorldOptions = {
  startedAt: noon,
  name: 'test',
  area: defaultArea,
  sky: () => ({ irradiance: 1, temperature: 20 }),
  profiles: () => [1],
  events: [],
  overrides: [],
  forgetSeconds: 60,
}

it('gives a device nominal surroundings where nothing happens', () => {
  const world = worldOf()
  expect(world.exchange([report()], noon)).toEqual([{ lfdi, volts: 240, hertz: 60, irradiance: 1, temperature: 20 }])
})

it('lowers the voltage of one device by its own load on the feeder', () => {
  const world = worldOf({ placed: { 'pv-1': '646.b' } })
  const before = voltsAfter(world, 0)
  expect(before).toBeGreaterThan(230)
  expect(voltsAfter(world, -200_000)).toBeLessThan(before - 1)
})

it('forgets what a silent device did', () => {
  const world = worldOf({ placed: { 'pv-1': '646.b' } })
  const before = voltsAfter(world, 0)
  voltsAfter(world, -200_000)
  world.advance(world.state().at + 61)
  expect(world.devices()).toEqual([])
  expect(voltsAfter(world, 0)).toBeCloseTo(before, 1)
})

it('lets the frequency fall by a load step, with the fleet taking part', () => {
  const world = worldOf({ events: [{ kind: 'load', at: 5, megawatts: 1 }] })
  for (let second = 0; second <= 6; second += 1) world.advance(noon + second)
  expect(world.state().hertz).toBeCloseTo(59.56, 1)
  for (let second = 7; second <= 120; second += 1) world.advance(noon + second)
  expect(world.state().hertz).toBeCloseTo(59.75424, 4)
})

it('moves the frequency by what the devices themselves deliver', () => {
  const world = worldOf()
  world.advance(noon)
  world.exchange([report({ watts: 500_000 })], noon)
  for (let second = 1; second <= 60; second += 1) {
    world.exchange([report({ watts: 500_000 })], noon + second)
    world.advance(noon + second)
  }
  expect(world.state().hertz).toBeGreaterThan(60.05)
})

it('takes the voltage from a device and the loads around it by an outage', () => {
  const outage = { kind: 'outage', at: 10, seconds: 10, nodes: ['671'] }
  const world = worldOf({ placed: { 'pv-1': '675.a', 'pv-2': '646.b' }, events: [outage] })
  const volts = (now: number) => {
    world.advance(now)
    return world.exchange([report(), report({ name: 'pv-2', lfdi: 'B2'.repeat(20) })], now).map((one) => one.volts)
  }
  const before = world.advance(noon).state.sourceKw
  expect(volts(noon + 5).every((one) => one > 220)).toBe(true)
  expect(volts(noon + 15)).toEqual([0, expect.closeTo(240, -2)])
  expect(world.state().sourceKw).toBeLessThan(0.6 * before)
  expect(volts(noon + 25).every((one) => one > 220)).toBe(true)
})

it('leaves nobody a voltage when the whole feeder is out', () => {
  const world = worldOf({ placed: {}, events: [{ kind: 'outage', at: 0 }] })
  expect(world.advance(noon)).toMatchObject({ outcome: undefined, state: { sourceKw: 0, events: ['outage at 0 s'] } })
  expect(world.exchange([report()], noon)[0]?.volts).toBe(0)
})

it('follows an event list by name, by LFDI and by the number in a name', () => {
  const list = `TimeStep,DerID,Volts,Hz\n1,1,228,\n1,${lfdi},,59\n1,pv-1,229,\n2,pv-1,,61\n`
  const world = worldOf({ overrides: parseEventList(list, 'e.csv') })
  const seen = [0, 1, 2].map((second) => {
    world.advance(noon + second)
    return world.exchange([report(), report({ name: 'pv-11', lfdi: 'B2'.repeat(20) })], noon + second)
  })
  expect(seen.map(([own]) => [own?.volts, own?.hertz])).toEqual([
    [240, 60],
    [229, 60],
    [229, 61],
  ])
  expect(seen.map(([, other]) => other?.volts)).toEqual([240, 240, 240])
})

it('says which links are cut', () => {
  const world = worldOf({ events: [{ kind: 'communication', at: 0, link: 'device', devices: ['pv-1'] }] })
  expect(world.exchange([report()], noon)[0]?.cut).toEqual(['device'])
})

it('says so when there is no solution, and keeps the voltages', () => {
  const world = worldOf({ placed: { 'pv-1': '646.b' } })
  const before = voltsAfter(world, 0)
  expect(voltsAfter(world, -9e6)).toBe(before)
  expect(world.state().solved).toBe(false)
  expect(voltsAfter(world, 0)).toBeCloseTo(before, 0)
  expect(world.state().solved).toBe(true)
})

it('is the same again for the same story', () => {
  const story = () => {
    const world = worldOf({ placed: {}, events: [{ kind: 'cloud', at: 3, depth: 0.9, rampSeconds: 3 }] })
    return Array.from({ length: 10 }, (_, second) => {
      world.advance(noon + second)
      return world.exchange([report({ watts: 1000 * second })], noon + second)
    })
  }
  expect(story()).toEqual(story())
})

it('keeps its events for the first batch', () => {
  const world = createWorld({ ...plain, events: [GridEvent.parse({ kind: 'outage', at: 10 })] })
  expect(world.advance(noon + 600).state).toMatchObject({ seconds: 0, events: [] })
  world.exchange([report()], noon + 600)
  expect(world.advance(noon + 609).state).toMatchObject({ seconds: 9, events: [] })
  expect(world.advance(noon + 610).state.events).toEqual(['outage at 10 s'])
})

type Changes = Readonly<{
  /** Puts the 13 node feeder in, with these places. */
  placed?: Readonly<Record<string, string>>
  events?: readonly object[]
  overrides?: WorldOptions['overrides']
}>

function worldOf({ placed, events = [], overrides = [] }: Changes = {}): World {
  const file = placed && readFeeder('ieee13')
  const live = file && createLiveFeeder({ file, tapSeconds: 0 })
  const world = createWorld({
    ...plain,
    ground: live && { live, placement: createPlacement(live.plan, 1, placed ?? {}) },
    events: events.map((one) => GridEvent.parse(one)),
    overrides,
  })
  // events count from the first batch
  world.exchange([report()], noon)
  world.advance(noon)
  return world
}

function report(changes: Partial<DeviceReport> = {}): DeviceReport {
  return { lfdi, name: 'pv-1', nominalVolts: 240, watts: 0, vars: 0, ...changes }
}

/** The voltage after a tick with this power. */
function voltsAfter(world: World, watts: number): number {
  const now = world.state().at + 1
  world.exchange([report({ watts })], now)
  world.advance(now)
  return world.devices()[0]?.volts ?? 0
}
