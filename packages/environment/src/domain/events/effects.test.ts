import { expect, it } from 'vitest'
import { actingAt, gridEffects, localEffects, type Site } from './effects.ts'
import { GridEvent } from './grid-event.ts'

const here: Site = { lfdi: 'A'.repeat(40), name: 'pv-1', nodes: new Set(['650', '632', '671']) }

it('acts from its beginning to before its end', () => {
  const events = [event({ kind: 'outage', at: 10, seconds: 5 })]
  expect([9.9, 10, 14.9, 15].map((t) => gridEffects(actingAt(events, t)).dark)).toEqual([false, true, true, false])
})

it('acts for good without an end', () => {
  expect(gridEffects(actingAt([event({ kind: 'outage', at: 10 })], 1e6)).dark).toBe(true)
})

it('comes and goes over its ramp', () => {
  const events = [event({ kind: 'frequency', at: 10, seconds: 20, rampSeconds: 10, hertz: 59 })]
  const hertz = (t: number) => gridEffects(actingAt(events, t)).hertz(60)
  expect([10, 15, 20, 30, 35, 40].map(hertz)).toEqual([60, 59.5, 59, 59, 59.5, 60])
})

it('lowers the source by a sag everywhere, and a device by a sag at its place', () => {
  const wide = actingAt([event({ kind: 'voltage', at: 0, pu: 0.8 })], 1)
  expect(gridEffects(wide).source).toBeCloseTo(0.8)
  expect(localEffects(wide, here).voltage).toBe(1)
  const local = actingAt([event({ kind: 'voltage', at: 0, pu: 0.8, nodes: ['632'] })], 1)
  expect(gridEffects(local).source).toBe(1)
  expect(localEffects(local, here).voltage).toBeCloseTo(0.8)
})

it.each([
  [{ devices: ['pv-1'] }, true],
  [{ devices: ['a'.repeat(40)] }, true],
  [{ devices: ['pv-11'] }, false],
  [{ nodes: ['632'] }, true],
  [{ nodes: ['675'] }, false],
  [{ devices: ['pv-2'], nodes: ['671'] }, true],
  [{}, true],
])('reaches the devices that %j names', (where, reaches) => {
  const acting = actingAt([event({ kind: 'communication', at: 0, link: 'server', ...where })], 1)
  expect(localEffects(acting, here).cut).toEqual(reaches ? ['server'] : [])
})

it('adds events up', () => {
  const acting = actingAt(
    [
      event({ kind: 'cloud', at: 0, depth: 0.5 }),
      event({ kind: 'cloud', at: 0, depth: 0.5, devices: ['pv-1'] }),
      event({ kind: 'load', at: 0, megawatts: 2 }),
      event({ kind: 'load', at: 0, megawatts: -0.5 }),
    ],
    1,
  )
  expect(localEffects(acting, here).sun).toBeCloseTo(0.25)
  expect(gridEffects(acting).loadMegawatts).toBeCloseTo(1.5)
})

function event(input: object): GridEvent {
  return GridEvent.parse(input)
}
