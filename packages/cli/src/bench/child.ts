import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const Ready = z.looseObject({
  event: z.literal('ready'),
  url: z.string(),
  admin: z.string().optional(),
  metrics: z.string().optional(),
})
type Ready = z.infer<typeof Ready>

/** A server in a process of its own, ended when it is disposed. */
export type Child = AsyncDisposable & Readonly<{ ready: Ready }>

/** Starts a program that prints one JSON line when it is ready. */
export async function startChild(argv: readonly string[]): Promise<Child> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...argv], {
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  })
  const exited = once(child, 'exit')
  if (!child.stdout) throw new Error('a child without an output')
  const lines = createInterface({ input: child.stdout })
  for await (const line of lines) {
    return {
      ready: Ready.parse(JSON.parse(line)),
      [Symbol.asyncDispose]: async () => {
        child.kill('SIGKILL')
        await exited
      },
    }
  }
  throw new Error(`"${argv.join(' ')}" ended before it was ready`)
}
