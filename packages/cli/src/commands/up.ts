import { fileURLToPath } from 'node:url'
import type { GridEvent } from '@gridloom/contracts'
import { startLocalGrid, watchGrid, type GridSurroundings } from '@gridloom/devnet'
import { parse, UsageError, type Command } from '../command.ts'
import { attackIn, startRaid, type GridAttack } from '../grid-attack.ts'
import { createScreen } from '../grid-screen.ts'
import { createTally } from '../grid-tally.ts'
import { surroundingsIn } from '../grid-surroundings.ts'
import { numberIn } from '../number-in.ts'
import { parseDuration } from '../units.ts'

const usage = `gridloom up [--ders N] [--regions R] [--seed S] [--speed X] [--duration T] [--feeder F] [--events FILE]
            [--attack NAME] [--data DIR] [--json]
    --ders N       emulated devices, each with its own DCM and certificate (10)
    --regions R    feeders, each with a transformer and a region of its own (2)
    --seed S       the same seed gives the same devices (1)
    --speed X      simulated seconds per second (1)
    --duration T   end after this time, such as 60s or 5m; without it Ctrl-C ends the grid
    --feeder F     where the devices stand: ieee13, ieee34, ieee123, none, or a number of nodes to draw one (ieee13)
    --events FILE  what happens to that grid: an Event-list.csv, or YAML (docs/reference/environment.md)
    --attack NAME  lets one device misbehave, or attacks the grid in its name, half a minute after the start:
                   "gridloom attack list" tells how
    --data DIR     folder for keys, stores and logs, emptied at the start (.gridloom)
    --json         one JSON object per line: ready, then device and control events, last a summary`

export const up: Command = {
  summary: 'run a full local grid: the GSP, a feeder and a fleet of emulated DER',
  usage,
  run: async (argv) => {
    const { values, positionals } = parse(argv, {
      ders: { type: 'string', default: '10' },
      regions: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
      speed: { type: 'string', default: '1' },
      duration: { type: 'string' },
      feeder: { type: 'string', default: 'ieee13' },
      events: { type: 'string' },
      attack: { type: 'string' },
      data: { type: 'string', default: '.gridloom' },
      json: { type: 'boolean', default: false },
    })
    if (positionals[0] !== undefined) throw new UsageError(`up takes no "${positionals[0]}"`)
    const { data, json, duration } = values
    const seconds = duration === undefined ? undefined : parseDuration(duration)
    const ders = numberIn('ders', values.ders, 1, 10_000)
    const regions = numberIn('regions', values.regions, 1, 100)
    const seed = numberIn('seed', values.seed, 0, 2 ** 32 - 1)
    const speed = numberIn('speed', values.speed, 0.001, 10_000, false)
    const surroundings = await surroundingsIn(values, seed)
    const attack = values.attack === undefined ? undefined : await attackIn(values.attack)
    return runGrid({
      ders,
      regions,
      seed,
      speed,
      surroundings,
      data,
      json,
      ...(attack && { attack }),
      ...(seconds !== undefined && { seconds }),
    })
  },
}

type Run = Readonly<{
  ders: number
  regions: number
  seed: number
  speed: number
  surroundings: GridSurroundings
  data: string
  json: boolean
  attack?: GridAttack
  seconds?: number
}>

/** Runs until SIGINT, SIGTERM, the end of the duration, or the end of an actor that cannot be kept alive, which is a failure. */
async function runGrid({ json, seconds, attack, ...options }: Run): Promise<number> {
  const startedAt = performance.now()
  const elapsed = () => (performance.now() - startedAt) / 1000
  using stop = stopRequest(seconds)
  const screen = createScreen(json)
  const tally = createTally()
  const failure = await live()
  screen.summary(tally.summary(elapsed()))
  if (failure) process.stderr.write(`${failure}: its log is in ${options.data}\n`)
  return failure ? 1 : 0

  async function live(): Promise<string | undefined> {
    const gridloom = fileURLToPath(new URL('../main.ts', import.meta.url))
    const rogue = attack?.kind === 'rogue' && { rogue: attack }
    await using grid = await startLocalGrid({ ...options, ...rogue, gridloom, progress: screen.progress })
    screen.ready(grid.ready, elapsed())
    using _raid = attack?.kind === 'raid' ? startRaid(attack, { gridloom, data: options.data }) : undefined
    const broken = Promise.race(grid.feeds.map(follow)).then(
      () => grid.failed, // the feed ends with the fleet
      (err: unknown) => `the fleet said what cannot be read (${String(err)})`,
    )
    const watching = new AbortController()
    const watched = follow(watchGrid(grid.ready, watching.signal))
    const ended = await Promise.race([stop.requested, grid.failed, broken])
    screen.progress('stopping')
    watching.abort()
    await watched
    return ended
  }

  async function follow(events: AsyncIterable<GridEvent>): Promise<void> {
    for await (const event of events) {
      tally.count(event)
      screen.event(event)
    }
  }
}

type StopRequest = Disposable & Readonly<{ requested: Promise<undefined> }>

/** The wish of the user to end: by a signal, or after the time that was asked for. */
function stopRequest(seconds?: number): StopRequest {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const stop = (): void => resolve(undefined)
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.once(signal, stop)
  const timer = seconds === undefined ? undefined : setTimeout(stop, seconds * 1000)
  return {
    requested: promise,
    [Symbol.dispose]() {
      clearTimeout(timer)
      for (const signal of signals) process.off(signal, stop)
    },
  }
}
