import { expect, it } from 'vitest'
import { longestPeriod, nextOccurrence, previousOccurrence } from './calendar.ts'

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

it.each([28, 29, 30, 31])('knows the longest way from one day %i of a month to the next', (day) => {
  const cal = { per: 'month', day, hr: 0, mn: 0 } as const
  let longest = 0
  for (let time = at('2027-01-01T00:00:00Z'), month = 0; month < 48; month += 1) {
    const next = nextOccurrence(cal, time)
    if (month > 0) longest = Math.max(longest, next - time)
    time = next
  }
  expect(longestPeriod(cal)).toBe(longest)
})

function at(text: string): number {
  return Date.parse(text) / 1000
}
