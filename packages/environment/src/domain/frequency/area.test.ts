import { assert, double, property, record } from 'fast-check'
import { expect, it } from 'vitest'
import { atRest, defaultArea, hertzOf, stepArea, type AreaParameters } from './area.ts'

const dt = 0.02

it('stays where it is while load and generation balance', () => {
  expect(run(defaultArea, 0, 60)).toBe(60)
})

it('begins to fall as the inertia allows', () => {
  const fall = hertzOf(defaultArea, stepArea(defaultArea, atRest, 0.1, 1e-4)) - 60
  expect(fall / 1e-4).toBeCloseTo(-0.75, 3)
})

it('comes to rest where droop, damping and fleet meet the load', () => {
  const area = record({
    pl: double({ min: 0.02, max: 0.1, noNaN: true }),
    R: double({ min: 0.04, max: 0.08, noNaN: true }),
  })
  assert(
    property(area, ({ pl, R }) => {
      const k = defaultArea.fleet.ratedPu / defaultArea.fleet.droop
      const beyond = defaultArea.fleet.deadbandHz / 60
      const rest = 60 * (1 - (pl + k * beyond) / (1 / R + defaultArea.D + k))
      expect(run({ ...defaultArea, R }, pl, 200)).toBeCloseTo(rest, 6)
    }),
    { numRuns: 15 },
  )
})

it('returns to nominal with secondary control', () => {
  expect(run({ ...defaultArea, Ki: 1.5 }, 0.1, 300)).toBeCloseTo(60, 5)
})

it('is answered by the fleet only outside its dead band and up to its headroom', () => {
  expect(settled(defaultArea, 0.01).fleet).toBeCloseTo(0, 9)
  expect(settled(defaultArea, 1).fleet).toBeCloseTo(defaultArea.fleet.upPu, 9)
  expect(settled(defaultArea, -1).fleet).toBeCloseTo(-defaultArea.fleet.downPu, 9)
})

function settled(area: AreaParameters, loadPu: number, seconds = 120) {
  let state = atRest
  for (let k = 0; k < seconds / dt; k += 1) state = stepArea(area, state, loadPu, dt)
  return state
}

function run(area: AreaParameters, loadPu: number, seconds: number): number {
  return hertzOf(area, settled(area, loadPu, seconds))
}
