import { double, integer, record } from 'fast-check'
import type { FeederFile } from '../domain/feeder/feeder-file.ts'
import { generateFeeder } from '../domain/feeder/generate.ts'
import { presetOf } from '../domain/feeder/preset.ts'

const shape = record({
  n: integer({ min: 3, max: 150 }),
  seed: integer({ min: 0, max: 2 ** 32 - 1 }),
  extend: double({ min: 0, max: 0.9, noNaN: true }),
})

/** Any feeder of the generator, from a star to a chain, loaded so lightly that it has a solution. */
export const drawnFeeder = shape.map(({ n, seed, extend }): FeederFile => {
  const preset = presetOf(n, seed)
  return generateFeeder({
    ...preset,
    parameters: { ...preset.parameters, extend, loadKw: 10, derKw: 10, lengthM: 200 },
  })
})
