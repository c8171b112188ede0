import type { DatabaseSync } from 'node:sqlite'
import type { Sql } from './sql.ts'

/** Work that shares a transaction with others, and who is told what came of it. */
export type Job = Readonly<{
  work: (sql: Sql) => unknown
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}>
type Done = Readonly<{ job: Job; value: unknown }>

/** Tries all jobs at once, which is what nearly always works; after a failure once more, each in a savepoint of its own. */
export function commitAll(handle: DatabaseSync, sql: Sql, jobs: readonly Job[]): void {
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
