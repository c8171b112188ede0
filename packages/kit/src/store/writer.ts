import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Statement } from './sql.ts'
import type { Errand, Report } from './writer-thread.ts'

/** Writes in a thread of its own: the event loop goes on while the disk is waited for. */
export type Writer = AsyncDisposable & Readonly<{ write(statements: readonly Statement[]): Promise<void> }>

type Asked = Readonly<{ statements: readonly Statement[]; done: PromiseWithResolvers<void> }>

/** Group commit beside the event loop: what is asked for while one group is being written makes up the next. */
export function openWriter(file: string): Writer {
  const worker = new Worker(new URL('writer-thread.ts', import.meta.url), { workerData: file })
  worker.unref() // an idle writer keeps no process alive
  let waiting: Asked[] = []
  let under: readonly Asked[] = []
  let failure: unknown
  let idle: PromiseWithResolvers<void> | undefined

  worker.on('message', (report: Report) => {
    const group = under
    under = []
    for (const [place, { done }] of group.entries()) {
      if (report.has(place)) done.reject(report.get(place))
      else done.resolve()
    }
    next()
  })
  worker.on('error', (error) => {
    failure = error
    for (const { done } of [...under, ...waiting]) done.reject(error)
    under = waiting = []
    next()
  })

  function next(): void {
    if (under.length > 0) return
    if (waiting.length === 0) {
      worker.unref()
      idle?.resolve()
      return
    }
    under = waiting
    waiting = []
    worker.ref()
    send(under.map(({ statements }) => statements))
  }

  function send(errand: Errand): void {
    worker.postMessage(errand)
  }

  function write(statements: readonly Statement[]): Promise<void> {
    if (failure !== undefined) return Promise.reject(failure)
    const done = Promise.withResolvers<void>()
    // all of one turn go together
    if (waiting.length === 0 && under.length === 0) setImmediate(next)
    waiting.push({ statements, done })
    return done.promise
  }

  return {
    write,
    async [Symbol.asyncDispose]() {
      if (waiting.length + under.length > 0) await (idle = Promise.withResolvers<void>()).promise
      if (failure !== undefined) return
      failure = new TypeError('the database is not open')
      const exited = once(worker, 'exit')
      worker.ref()
      send('close')
      await exited
    },
  }
}
