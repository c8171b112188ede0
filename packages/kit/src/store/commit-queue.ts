import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as turn } from 'node:timers/promises'
import { commitAll, type Job } from './commit-all.ts'
import type { Sql } from './sql.ts'

export type CommitQueue = Readonly<{
  add<T>(work: (sql: Sql) => T): Promise<T>
  drain(): Promise<void>
}>

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
