import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../store/open-database.ts'
import { createNumbering, numberingMigration } from './numbering.ts'
import { createQueue, queueMigration } from './queue.ts'
import type { Rank, Waiting } from './report.ts'

it('gives back what waits in its order, as much as one request carries', async () => {
  const { queue } = memoryQueue()
  await queue.add('A', reports('control', 150))
  await queue.add('B', reports('control', 1))
  await queue.add('A', reports('control', 5))
  const first = queue.next('A')
  expect(first).toMatchObject({ texts: reports('control', 100).map(({ text }) => text) })
  await queue.remove(first?.ids ?? [])
  expect(queue.next('A')).toMatchObject({ texts: { length: 55 } })
  expect(queue.reporters()).toEqual(['A', 'B'])
})

it('sends first, and as it was, what may have been sent before', async () => {
  const { queue } = memoryQueue()
  await queue.add('A', reports('control', 2))
  await queue.add('A', reports('control', 1))
  await queue.keep('A', '[1,2]', queue.next('A')?.ids)
  expect(queue.next('A')).toMatchObject({ body: '[1,2]' })
  await queue.remove(queue.next('A')?.ids ?? [])
  expect(queue.has('A')).toBe(false)
  expect(queue.bytes()).toBe(0)
})

it('drops the oldest polls first, then data, and control traffic never', async () => {
  const { queue, dropped } = memoryQueue(2000)
  await queue.add('A', reports('control', 10))
  await queue.add('A', reports('data', 10))
  await queue.add('A', reports('poll', 10))
  expect(dropped).toEqual([['poll', 10]])
  for (let more = 0; more < 4; more += 1) await queue.add('A', reports('control', 10))
  expect(dropped).toEqual([
    ['poll', 10],
    ['data', 10],
  ])
  const { texts = [] } = queue.next('A') as { texts?: readonly string[] }
  expect(texts).toHaveLength(50)
})

it('numbers without a gap after a good end, and never twice after a bad one', async () => {
  const { database } = memoryQueue()
  const first = createNumbering(database, () => 1)
  expect(await first.take('A', 100)).toBe(1)
  expect(await first.take('A', 1)).toBe(101)
  await first.close()
  const second = createNumbering(database, () => 1)
  expect(await second.take('A', 10)).toBe(102)
  const afterCrash = createNumbering(database, () => 1)
  expect(await afterCrash.take('A', 1)).toBeGreaterThan(111)
})

function memoryQueue(bytes = 1_000_000) {
  const database = openDatabase('sqlite::memory:', [`${numberingMigration}; ${queueMigration}`])
  onTestFinished(() => database[Symbol.asyncDispose]())
  const dropped: [Rank, number][] = []
  const queue = createQueue(database, bytes, (rank, count) => dropped.push([rank, count]))
  return { database, queue, dropped }
}

function reports(rank: Rank, count: number): readonly Waiting[] {
  return Array.from({ length: count }, (_, at) => ({ rank, text: JSON.stringify({ at, padding: 'x'.repeat(60) }) }))
}
