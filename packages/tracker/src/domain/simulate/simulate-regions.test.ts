import { createRandom } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { simulateRegions } from './simulate-regions.ts'
import { summaryOfSteps } from './summary.ts'

const size = { regions: 3, generators: 24, consumers: 300, days: 1, stepSeconds: 900 }

it('conserves load in every round of a day', () => {
  expect(summaryOfSteps(day(), size.stepSeconds).conservationErrorKw).toBeLessThan(1e-6)
})

it('gives the same day for the same seed', () => {
  const books = (seed: string) => day(seed).map(({ demandKw, servedKw, moved }) => [demandKw, servedKw, moved])
  expect(books('a')).toEqual(books('a'))
  expect(books('a')).not.toEqual(books('b'))
})

it('lets regions with more than they need feed consumers of others', () => {
  const steps = day('needy', { generators: 12 })
  expect(steps.some(({ lent }) => lent > 0)).toBe(true)
})

function day(seed = 'region', changes: Partial<typeof size> = {}) {
  return [...simulateRegions({ ...size, ...changes, random: createRandom(seed).next })]
}
