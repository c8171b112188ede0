import { setTimeout as sleep } from 'node:timers/promises'
import { startProcess, type ActorProcess, type ProcessOptions } from './process.ts'

type Life = Readonly<{ process: ActorProcess; next: Promise<Life | undefined> }>

// An actor that ends more often than this has something that a new start does not cure.
const mostEnds = 3
const withinSeconds = 60
const pauseSeconds = 1

export type ReviveOptions = ProcessOptions & Readonly<{ told: (what: string) => void }>

/** Starts an actor, and again when it ends by itself or is killed, until it is disposed or has ended too often: `exited` is the last end. */
export async function startRevived({ told, ...options }: ReviveOptions): Promise<ActorProcess> {
  const { actor } = options
  const stopping = new AbortController()
  const ends: number[] = []
  let running = await startProcess(options)
  const { promise: exited, resolve: exit } = Promise.withResolvers<number>()

  const revived = async (): Promise<Life | undefined> => {
    const code = await running.exited
    const now = performance.now() / 1000
    ends.push(now)
    const isHopeless = ends.filter((end) => now - end < withinSeconds).length > mostEnds
    if (stopping.signal.aborted || isHopeless) return void exit(code)
    told(`${actor} ended with code ${code}, starting it again`)
    await sleep(pauseSeconds * 1000, undefined, stopping).catch(() => undefined)
    if (stopping.signal.aborted) return void exit(code)
    try {
      running = await startProcess(options)
    } catch {
      return revived()
    }
    if (stopping.signal.aborted) await running[Symbol.asyncDispose]()
    return lifeOf(running)
  }
  const lifeOf = (process: ActorProcess): Life => ({ process, next: revived() })
  const first = lifeOf(running)

  return {
    actor,
    ready: running.ready,
    lines: linesOf(first),
    exited,
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await running[Symbol.asyncDispose]()
      await exited
    },
  }
}

async function* linesOf(first: Life): AsyncIterable<unknown> {
  for (let life: Life | undefined = first; life; life = await life.next) yield* life.process.lines
}
