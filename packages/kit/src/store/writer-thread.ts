import { parentPort, workerData } from 'node:worker_threads'
import { openHandle } from './open-handle.ts'
import { runAll, sqlOf, type Statement } from './sql.ts'

/** Statements for one transaction, or the end. */
export type Errand = readonly Statement[] | 'close'
/** Why a transaction failed; undefined when it is on the disk. */
export type Outcome = unknown

const handle = openHandle(String(workerData))
const sql = sqlOf(handle)

parentPort?.on('message', (errand: Errand) => {
  if (errand !== 'close') return void parentPort?.postMessage(commit(errand))
  handle.close()
  parentPort?.close()
})

function commit(statements: readonly Statement[]): Outcome {
  try {
    sql.run('BEGIN IMMEDIATE')
    runAll(sql, statements)
    sql.run('COMMIT')
    return undefined
  } catch (error) {
    if (handle.isTransaction) sql.run('ROLLBACK')
    return error
  }
}
