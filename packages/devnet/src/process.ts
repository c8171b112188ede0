import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'

/** A running actor process: its addresses, the JSON lines it prints, and a promise of its exit code. */
export type ActorProcess = AsyncDisposable &
  Readonly<{ actor: string; ready: ReadyLine; lines: AsyncIterable<unknown>; exited: Promise<number> }>

const ReadyLine = z.object({
  event: z.literal('ready'),
  url: z.url(),
  admin: z.url().optional(),
  metrics: z.url().optional(),
})
type ReadyLine = z.infer<typeof ReadyLine>

export type ProcessOptions = Readonly<{
  actor: string
  /** The program and its arguments, such as `gridloom`'s own main file and `gsp --config gsp.yaml`. */
  argv: readonly string[]
  folder: string
  logFile: string
}>

const stopSeconds = 15
const logBytes = 64 * 1024 * 1024

/** Starts an actor as a process of its own and resolves when it says that it is ready. */
export async function startProcess({ actor, argv, folder, logFile }: ProcessOptions): Promise<ActorProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...argv], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'], // an actor whose channel to its parent closes stops by itself
  })
  const exited = new Promise<number>((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1))
    child.once('error', () => resolve(1))
  })
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error(`${actor} could not be started`)
  keepLog(stderr, logFile)
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), stopSeconds * 1000)
    await exited
    clearTimeout(late)
  }
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  const first = await lines.next()
  if (first.done) throw new Error(`${actor} ended with code ${await exited} before it was ready: see ${logFile}`)
  const ready = ReadyLine.safeParse(parsed(first.value))
  if (!ready.success) {
    await stop()
    throw new Error(`${actor} did not say that it is ready but "${first.value.slice(0, 200)}"`)
  }
  return { actor, ready: ready.data, lines: jsonLines(lines), exited, [Symbol.asyncDispose]: stop }
}

async function* jsonLines(lines: AsyncIterableIterator<string>): AsyncIterable<unknown> {
  for await (const line of lines) {
    const value = parsed(line)
    // whoever is killed may leave half a line
    if (value === undefined && (await lines.next()).done) return
    yield value
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** A log that grows without end would fill the disk of whoever leaves a grid running. */
function keepLog(source: NodeJS.ReadableStream, file: string): void {
  const log = createWriteStream(file, { flags: 'a' })
  let room = logBytes
  source.on('data', (chunk: Buffer) => {
    if (room > 0) log.write(chunk)
    room -= chunk.length
  })
  source.on('end', () => log.end())
}
