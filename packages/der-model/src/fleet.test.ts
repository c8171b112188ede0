import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { assign } from './assign.ts'
import { createState, type DerState, step } from './der.ts'
import { changeFleet, createFleet, stepFleet } from './fleet.ts'
import { type DerInput, gridAt } from './input.ts'
import { createModel, withSettings } from './model.ts'
import { anyChange, anySettings, anyWeather, type Weather } from './testing/draw.ts'
import { defaultSettings } from './settings.ts'

it('gives every DER the very numbers that it has alone, whatever the settings, the grid and the changes on the way', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ settings: anySettings, count: fc.integer({ min: 1, max: 3 }) }), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.array(fc.record({ weather: fc.array(anyWeather, { minLength: 9, maxLength: 9 }), change: anyChange }), {
        minLength: 5,
        maxLength: 30,
      }),
      fc.constantFrom(0.1, 1, 60),
      (drawn, steps, ts) => {
        const groups = drawn.map(({ settings, count }) => ({ model: createModel(settings), count }))
        const fleet = createFleet(groups, { angles: true })
        const alone = groups.flatMap(({ model, count }, group) =>
          Array.from({ length: count }, () => ({ group, model, state: createState(model) })),
        )
        for (const { weather, change } of steps) {
          if (change) changeFleet(fleet, change.group % groups.length, change.settings)
          for (const [i, one] of alone.entries()) {
            if (change && one.group === change.group % groups.length)
              one.model = withSettings(one.model, change.settings)
            const input = inputOf(weather[i], one.state)
            write(fleet.input, i, input)
            step(one.model, one.state, input, ts)
          }
          stepFleet(fleet, ts)
          expect([...fleet.out.p]).toEqual(alone.map(({ state }) => state.out.p))
          expect([...fleet.out.q]).toEqual(alone.map(({ state }) => state.out.q))
          expect([...fleet.out.status]).toEqual(alone.map(({ state }) => state.service.status))
        }
      },
    ),
    { numRuns: 150 },
  )
})

it('steps a fleet of more than one tile, each DER by its own input', () => {
  const model = createModel(assign(defaultSettings('PV'), { QV_MODE_ENABLE: true }))
  const fleet = createFleet([
    { model, count: 1 },
    { model, count: 5000 },
  ])
  for (let i = 0; i < fleet.size; i++) write(fleet.input, i, { ...gridAt(model.settings, 1, 60), pDc: 10 * i })
  stepFleet(fleet, 1)
  expect(fleet.out.p[0]).toBe(0)
  expect(fleet.out.p[5000]).toBeCloseTo(50_000, 6)
})

function inputOf(
  { volts, skew, ...rest }: Weather = { volts: 1, skew: 0, f: 60, pDc: 0, pDem: 0 },
  state: DerState,
): DerInput {
  const balanced = gridAt(state.tile.model.settings, volts, rest.f)
  return { ...balanced, ...rest, vb: balanced.vb * (1 + skew), thetaC: balanced.thetaC + skew }
}

function write(input: Readonly<Partial<Record<keyof DerInput, Float64Array>>>, i: number, from: DerInput): void {
  for (const name of Object.keys(from) as (keyof DerInput)[]) {
    const column = input[name]
    if (column) column[i] = from[name]
  }
}
