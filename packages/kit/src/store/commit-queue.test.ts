import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { commitQueue, type CommitQueue } from './commit-queue.ts'
import { sqlOf, type Sql } from './sql.ts'

it('answers when the disk has confirmed, and gathers meanwhile', async () => {
  const syncs: PromiseWithResolvers<void>[] = []
  const { queue, values } = openQueue(() => {
    const sync = Promise.withResolvers<void>()
    syncs.push(sync)
    return sync.promise
  })
  const answered: number[] = []
  const add = (value: number) => queue.add(insert(value)).then(() => answered.push(value))
  const first = add(1)
  await expect.poll(() => syncs.length).toBe(1)
  const others = Promise.all([add(2), add(3)])
  expect([values(), answered]).toEqual([[1], []])
  syncs[0]?.resolve()
  await first
  await expect.poll(() => syncs.length).toBe(2)
  expect([values(), answered]).toEqual([[1, 2, 3], [1]])
  syncs[1]?.resolve()
  await others
  expect(answered).toEqual([1, 2, 3])
})

it('does no more work after the disk has not confirmed', async () => {
  const { queue, values } = openQueue(async () => {
    throw new Error('input/output error')
  })
  const outcomes = await Promise.allSettled([queue.add(insert(1)), queue.add(insert(2))])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const before = values()
  await expect(queue.add(insert(3))).rejects.toThrow('the disk did not confirm')
  expect(values()).toEqual(before)
})

function openQueue(sync: () => Promise<void>): Readonly<{ queue: CommitQueue; values: () => unknown[] }> {
  const handle = new DatabaseSync(':memory:')
  onTestFinished(() => handle.close())
  handle.exec('create table reading (value integer not null) strict')
  const sql = sqlOf(handle)
  const values = () => sql.all('select value from reading order by value').map(({ value }) => value)
  return { queue: commitQueue(handle, sql, sync), values }
}

function insert(value: number) {
  return (sql: Sql) => sql.run('insert into reading values (?)', value)
}
