import { parentPort, workerData } from 'node:worker_threads'
import { commitAll } from './commit-all.ts'
import { openHandle } from './open-handle.ts'
import { runAll, sqlOf, type Statement } from './sql.ts'

/** One list of statements for each that asked, or the end. */
export type Errand = readonly (readonly Statement[])[] | 'close'
/** What became of an errand: the places of those that failed, and why. */
export type Report = ReadonlyMap<number, unknown>

const handle = openHandle(String(workerData))
const sql = sqlOf(handle)

parentPort?.on('message', (errand: Errand) => {
  if (errand !== 'close') return void parentPort?.postMessage(commit(errand))
  handle.close()
  parentPort?.close()
})

function commit(lists: readonly (readonly Statement[])[]): Report {
  const failures = new Map<number, unknown>()
  const jobs = lists.map((statements, place) => ({
    work: () => runAll(sql, statements),
    resolve: () => {},
    reject: (error: unknown) => failures.set(place, error),
  }))
  commitAll(handle, sql, jobs)
  return failures
}
