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

/** Group commit: what is asked for at about the same time shares one transaction and its one wait for the disk. */
export function commitQueue(handle: DatabaseSync, sql: Sql): CommitQueue {
  let waiting: Job[] = []

  // Those whom the last commit answered ask again within a few turns: all share the next one while each turn brings more.
  const gather = (before: number, turns: number): void => {
    if (waiting.length > before && turns < longestGathering) setImmediate(gather, waiting.length, turns + 1)
    else flush()
  }
  const flush = (): void => {
    const jobs = waiting
    waiting = []
    commitAll(handle, sql, jobs)
  }
  const add = <T>(work: (sql: Sql) => T): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (!handle.isOpen) throw new TypeError('the database is not open')
      if (waiting.length === 0) setImmediate(gather, 0, 0)
      waiting.push({ work, resolve: (value) => resolve(value as T), reject })
    })
  const drain = async (): Promise<void> => {
    while (waiting.length > 0) await turn()
  }
  return { add, drain }
}

/** Tries all jobs at once, which is what nearly always works; after a failure once more, each in a savepoint of its own. */
function commitAll(handle: DatabaseSync, sql: Sql, jobs: readonly Job[]): void {
  if (!commitTogether(handle, sql, jobs)) commitApart(handle, sql, jobs)
}

function commitTogether(handle: DatabaseSync, sql: Sql, jobs: readonly Job[]): boolean {
  const values: unknown[] = []
  try {
    sql.run('BEGIN IMMEDIATE')
    for (const { work } of jobs) values.push(synchronous(work(sql)))
    sql.run('COMMIT')
  } catch {
    if (handle.isTransaction) sql.run('ROLLBACK')
    return false
  }
  for (const [at, { resolve }] of jobs.entries()) resolve(values[at])
  return true
}

function commitApart(handle: DatabaseSync, sql: Sql, jobs: readonly Job[]): void {
  const done: Done[] = []
  try {
    sql.run('BEGIN IMMEDIATE')
    for (const job of jobs) perform(handle, sql, job, done)
    sql.run('COMMIT')
  } catch (error) {
    if (handle.isTransaction) sql.run('ROLLBACK')
    for (const job of jobs) job.reject(error) // a job that failed by itself has been told, and hears no more
    return
  }
  for (const { job, value } of done) job.resolve(value)
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
