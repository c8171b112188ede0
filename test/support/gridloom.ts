import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { GridLine } from '@gridloom/contracts'

const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url))

export type Outcome = Readonly<{ code: number; out: string; err: string }>

/** Runs one `gridloom` command to its end, as a user would. */
export async function gridloom(...argv: readonly string[]): Promise<Outcome> {
  const child = start(argv, 'pipe')
  const [out, err, [code]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'close')])
  return { code, out, err }
}

/** A `gridloom up --json` beside the test: its lines, and the Ctrl-C of a person. */
export type RunningGrid = AsyncDisposable &
  Readonly<{
    file: string
    lines: readonly GridLine[]
    /** Resolves when the lines so far fit. */
    until(fits: (lines: readonly GridLine[]) => boolean): Promise<void>
    interrupt(): Promise<number>
  }>

/** Starts a local grid in a folder of its own and resolves with its first line. */
export async function startGrid(...argv: readonly string[]): Promise<RunningGrid> {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-'))
  const child = start(['up', '--json', '--data', join(folder, 'grid'), ...argv], 'inherit')
  const exited = once(child, 'exit')
  const lines: GridLine[] = []
  const waiting = new Set<() => void>()
  const reader = createInterface({ input: child.stdout ?? process.stdin })
  reader.on('line', (line) => {
    lines.push(GridLine.parse(JSON.parse(line)))
    for (const check of waiting) check()
  })
  const grid: RunningGrid = {
    file: join(folder, 'grid', 'grid.json'),
    lines,
    until: (fits) =>
      new Promise<void>((resolve, reject) => {
        const check = () => void (fits(lines) && resolve())
        waiting.add(check)
        exited.then(() => reject(new Error('the grid ended before that')))
        check()
      }),
    async interrupt() {
      child.kill('SIGINT')
      const [code] = await exited
      return code
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await grid.until(([first]) => first?.event === 'ready')
  return grid
}

function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  return stream ? text(stream) : Promise.resolve('')
}

function start(argv: readonly string[], stderr: 'pipe' | 'inherit'): ChildProcess {
  const flags = ['--disable-warning=ExperimentalWarning', main]
  return spawn(process.execPath, [...flags, ...argv], { stdio: ['ignore', 'pipe', stderr] })
}
