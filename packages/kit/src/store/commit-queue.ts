import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as turn } from 'node:timers/promises'
import type { Sql } from './sql.ts'

export type CommitQueue = Readonly<{
  add<T>(work: (sql: Sql) => T): Promise<T>
  drain(): Promise<void>
}>

type Job = Readonly<{
  work: (sql: Sql) => unknown
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}>
type Done = Readonly<{ job: Job; value: unknown }>

// Turns of the event loop: an upper bound for when new work keeps coming.
const longestGathering = 16

/**
 * Group commit: what is asked for at about the same time shares one transaction and its one wait for the disk, `sync`. Meanwhile the next group gathers. After a failed
 * sync nobody knows what the disk has: no work is done any more.
 */
export function commitQueue(handle: DatabaseSync, sql: Sql, sync: () => Promise<void>): CommitQueue {
  let waiting: Job[] = []
  let running: Promise<void> | undefined
  let lost: Error | undefined

  const add = <T>(work: (sql: Sql) => T): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (lost) throw lost
      if (!handle.isOpen) throw new TypeError('the database is not open')
      waiting.push({ work, resolve: (value) => resolve(value as T), reject })
      running ??= run()
    })
  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      await gather()
      const jobs = waiting
      waiting = []
      await commit(jobs)
    }
    running = undefined
  }
  // Those whom the last commit answered ask again within a few turns: all share the next one while each turn brings more.
  const gather = async (): Promise<void> => {
    await turn()
    for (let [before, turns] = [0, 0]; waiting.length > before && turns < longestGathering; turns += 1) {
      before = waiting.length
      await turn()
    }
  }
  const commit = async (jobs: readonly Job[]): Promise<void> => {
    try {
      const done = commitAll(handle, sql, jobs)
      await sync()
      for (const { job, value } of done) job.resolve(value)
    } catch (cause) {
      lost = new Error('the disk did not confirm what was written', { cause })
      for (const { reject } of [...jobs, ...waiting]) reject(lost)
      waiting = []
    }
  }
  return { add, drain: async () => running }
}

/** Tries all jobs at once, which is what nearly always works; after a failure once more, each in a savepoint of its own. Those that failed have been told. */
function commitAll(handle: DatabaseSync, sql: Sql, jobs: readonly Job[]): readonly Done[] {
  return commitTogether(handle, sql, jobs) ?? commitApart(handle, sql, jobs)
}

function commitTogether(handle: DatabaseSync, sql: Sql, jobs: readonly Job[]): readonly Done[] | undefined {
  try {
    sql.run('BEGIN IMMEDIATE')
    const done = jobs.map((job) => ({ job, value: synchronous(job.work(sql)) }))
    sql.run('COMMIT')
    return done
  } catch {
    if (handle.isTransaction) sql.run('ROLLBACK')
    return undefined
  }
}

function commitApart(handle: DatabaseSync, sql: Sql, jobs: readonly Job[]): readonly Done[] {
  const done: Done[] = []
  try {
    sql.run('BEGIN IMMEDIATE')
    for (const job of jobs) perform(handle, sql, job, done)
    sql.run('COMMIT')
    return done
  } catch (error) {
    if (handle.isTransaction) sql.run('ROLLBACK')
    for (const job of jobs) job.reject(error) // a job that failed by itself has been told, and hears no more
    return []
  }
}

function perform(handle: DatabaseSync, sql: Sql, job: Job, done: Done[]): void {
  sql.run('SAVEPOINT work')
  try {
    const value = synchronous(job.work(sql))
    sql.run('RELEASE work')
    done.push({ job, value })
  } catch (error) {
    // A full disk or a lost file ends the whole transaction: then all that shared it have failed.
    if (!handle.isTransaction) throw error
    sql.run('ROLLBACK TO work')
    sql.run('RELEASE work')
    job.reject(error)
  }
}

function synchronous(value: unknown): unknown {
  if (value instanceof Promise) throw new TypeError('the work of a commit has to be synchronous')
  return value
}
