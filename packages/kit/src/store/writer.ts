import { Worker } from 'node:worker_threads'
import type { CommitQueue } from './commit-queue.ts'
import { runAll, type Statement } from './sql.ts'
import type { Errand, Outcome } from './writer-thread.ts'

/** Writes a log: in the order asked for and without a gap. */
export type Writer = AsyncDisposable &
  Readonly<{
    /** Resolves when the statements are on the disk. After the first that fail nothing more is written, and all are told why. */
    write(statements: readonly Statement[]): Promise<void>
  }>

type Group = Readonly<{ statements: Statement[]; done: PromiseWithResolvers<void> }>

/** Group commit in a thread of its own: what is asked for while one group is written makes up the next, and the event loop goes on. */
export function openWriter(file: string): Writer {
  const worker = new Worker(new URL('writer-thread.ts', import.meta.url), { workerData: file })
  const exited = new Promise((resolve) => worker.once('exit', resolve))
  worker.unref() // an idle writer keeps no process alive
  let gathering: Group | undefined
  let writing: Group | undefined
  let failure: unknown

  worker.on('message', (outcome: Outcome) => {
    if (outcome !== undefined) return fail(outcome)
    writing?.done.resolve()
    writing = undefined
    send()
  })
  worker.on('error', fail)

  function fail(reason: unknown): void {
    failure ??= reason
    for (const group of [writing, gathering]) group?.done.reject(failure)
    writing = gathering = undefined
    worker.unref()
  }

  function send(): void {
    if (writing) return
    writing = gathering
    gathering = undefined
    if (!writing) return worker.unref()
    worker.ref()
    post(writing.statements)
  }

  function post(errand: Errand): void {
    worker.postMessage(errand)
  }

  function write(statements: readonly Statement[]): Promise<void> {
    if (failure !== undefined) return Promise.reject(failure)
    if (!gathering) {
      gathering = { statements: [], done: Promise.withResolvers() }
      // all that is asked for at once goes together
      if (!writing) queueMicrotask(send)
    }
    for (const statement of statements) gathering.statements.push(statement)
    return gathering.done.promise
  }

  async function drain(): Promise<void> {
    for (let last = gathering ?? writing; last; last = gathering ?? writing) await last.done.promise.catch(() => {})
  }

  return {
    write,
    async [Symbol.asyncDispose]() {
      await drain()
      failure ??= new TypeError('the database is not open')
      worker.ref()
      post('close')
      await exited
    },
  }
}

/** The same in the thread of the caller: a database in memory has one connection only. */
export function writerIn(queue: CommitQueue): Writer {
  let failure: unknown
  return {
    write: (statements) =>
      queue.add((sql) => {
        if (failure !== undefined) throw failure
        try {
          runAll(sql, statements)
        } catch (error) {
          failure = error
          throw error
        }
      }),
    [Symbol.asyncDispose]: () => queue.drain(),
  }
}
