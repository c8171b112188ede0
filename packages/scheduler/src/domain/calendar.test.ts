import { expect, it } from 'vitest'
import { nextOccurrence, previousOccurrence } from './calendar.ts'

it('skips the months that do not have the day', () => {
  const cal = { per: 'month', day: 31, hr: 0, mn: 0 } as const
  expect(nextOccurrence(cal, at('2027-01-31T00:00:00Z'))).toBe(at('2027-03-31T00:00:00Z'))
})

it('counts Sunday as the seventh day of the week', () => {
  const cal = { per: 'week', weekDay: 7, hr: 7, mn: 0 } as const
  expect(previousOccurrence(cal, at('2027-03-01T00:00:00Z'))).toBe(at('2027-02-28T07:00:00Z'))
})

it('finds a leap day years away', () => {
  const cal = { per: 'year', month: 2, day: 29, hr: 12, mn: 0 } as const
  expect(previousOccurrence(cal, at('2027-03-01T00:00:00Z'))).toBe(at('2024-02-29T12:00:00Z'))
})

function at(text: string): number {
  return Date.parse(text) / 1000
}
