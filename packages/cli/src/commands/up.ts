import { fileURLToPath } from 'node:url'
import type { FleetEvent } from '@gridloom/contracts'
import { startLocalGrid } from '@gridloom/devnet'
import { parse, UsageError, type Command } from '../command.ts'
import { createScreen } from '../grid-screen.ts'
import { createTally } from '../grid-tally.ts'
import { numberIn } from '../number-in.ts'
import { parseDuration } from '../units.ts'

const usage = `gridloom up [--ders N] [--seed S] [--speed X] [--duration T] [--data DIR] [--json]
    --ders N       emulated devices, each with its own DCM and certificate (10)
    --seed S       the same seed gives the same devices (1)
    --speed X      simulated seconds per second (1)
    --duration T   end after this time, such as 60s or 5m; without it Ctrl-C ends the grid
    --data DIR     folder for keys, stores and logs, emptied at the start (.gridloom)
    --json         one JSON object per line: ready, then device and control events, last a summary`

export const up: Command = {
  summary: 'run a full local grid: the GSP and a fleet of emulated DER',
  usage,
  run: async (argv) => {
    const { values, positionals } = parse(argv, {
      ders: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      speed: { type: 'string', default: '1' },
      duration: { type: 'string' },
      data: { type: 'string', default: '.gridloom' },
      json: { type: 'boolean', default: false },
    })
    if (positionals[0] !== undefined) throw new UsageError(`up takes no "${positionals[0]}"`)
    const { data, json, duration } = values
    const seconds = duration === undefined ? undefined : parseDuration(duration)
    const ders = numberIn('ders', values.ders, 1, 10_000)
    const seed = numberIn('seed', values.seed, 0, 2 ** 32)
    const speed = numberIn('speed', values.speed, 0.001, 10_000, false)
    return runGrid({ ders, seed, speed, data, json, ...(seconds !== undefined && { seconds }) })
  },
}

type Run = Readonly<{ ders: number; seed: number; speed: number; data: string; json: boolean; seconds?: number }>

/** Runs until SIGINT, SIGTERM, the end of the duration, or the end of one of the actors, which is a failure. */
async function runGrid({ json, seconds, ...options }: Run): Promise<number> {
  const startedAt = performance.now()
  const elapsed = () => (performance.now() - startedAt) / 1000
  const stop = stopped(seconds)
  const screen = createScreen(json)
  const tally = createTally()
  const failure = await live()
  screen.summary(tally.summary(elapsed()))
  if (failure) process.stderr.write(`${failure}: its log is in ${options.data}\n`)
  return failure ? 1 : 0

  async function live(): Promise<string | undefined> {
    const gridloom = fileURLToPath(new URL('../main.ts', import.meta.url))
    await using grid = await startLocalGrid({ ...options, gridloom, progress: screen.progress })
    screen.ready(grid.ready, elapsed())
    void follow(grid.events)
    const ended = await Promise.race([stop, grid.failed])
    screen.progress('stopping')
    return ended
  }

  async function follow(events: AsyncIterable<FleetEvent>): Promise<void> {
    for await (const event of events) {
      tally.count(event)
      screen.event(event)
    }
  }
}

function stopped(seconds?: number): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(undefined))
  if (seconds !== undefined) setTimeout(() => resolve(undefined), seconds * 1000)
  return promise
}
