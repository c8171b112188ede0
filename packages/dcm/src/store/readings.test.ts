import type { Lfdi } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { openJournals } from './journal.ts'
import { readingRing, ringLength } from './readings.ts'

it('gives back the oldest first', async () => {
  await using database = openJournals('sqlite::memory:')
  const ring = readingRing(database, 'A'.repeat(40) as Lfdi)
  for (const start of [60, 120]) await ring.push(batch(start))
  const first = ring.oldest()
  await ring.drop(first?.id ?? 0)
  expect([first?.batch.start, ring.oldest()?.batch.start]).toEqual([60, 120])
})

it('loses the oldest when it is full', async () => {
  await using database = openJournals('sqlite::memory:')
  const ring = readingRing(database, 'A'.repeat(40) as Lfdi)
  await Promise.all(Array.from({ length: ringLength + 3 }, (_, index) => ring.push(batch(index))))
  expect(ring.oldest()?.batch.start).toBe(3)
})

it('keeps the devices of a fleet apart', async () => {
  await using database = openJournals('sqlite::memory:')
  await readingRing(database, 'A'.repeat(40) as Lfdi).push(batch(60))
  expect(readingRing(database, 'B'.repeat(40) as Lfdi).oldest()).toBeUndefined()
})

function batch(start: number) {
  return { start, duration: 60, values: { watts: 1 } }
}
