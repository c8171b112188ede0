import { expect, it } from 'vitest'
import { table } from './table.ts'

it('aligns text to the left and numbers to the right', () => {
  expect(
    table(
      ['device', 'W'],
      [
        ['pv-1', 4200],
        ['battery-10', -50],
      ],
    ),
  ).toBe(['device         W', 'pv-1        4200', 'battery-10   -50'].join('\n'))
})
