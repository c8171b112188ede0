import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FleetEvent, type GridReady } from '@gridloom/contracts'
import type { GridSurroundings } from './configs/scene.ts'
import { claimFolder } from './grid-data.ts'
import { actorsOf, localLayout, type GridActor } from './layout.ts'
import { planGrid } from './plan.ts'
import { reservePort } from './ports.ts'
import { prepareGrid } from './prepare-grid.ts'
import { startProcess, type ActorProcess } from './process.ts'
import { startRevived } from './revive.ts'
import { provision } from './provision.ts'

export type LocalGridOptions = Readonly<{
  ders: number
  /** Feeders, each with a transformer and its region. */
  regions: number
  seed: number
  speed: number
  surroundings: GridSurroundings
  /** Lets one device misbehave, in a process of its own: the name of an attack, and when it begins. */
  rogue?: Readonly<{ device: string; attack: string; afterSeconds: number }>
  /** Where everything that the grid makes goes; emptied first when it is from an earlier grid. */
  data: string
  /** The main file of the `gridloom` command: actors are started as a user would. */
  gridloom: string
  /** Told of each step, for whoever waits. */
  progress: (step: string) => void
}>

/** A running local grid: what it is, what happens in it, and whose end no new start could cure. */
export type LocalGrid = AsyncDisposable &
  Readonly<{ ready: GridReady; feeds: readonly AsyncIterable<FleetEvent>[]; failed: Promise<string> }>

/** Makes a grid folder, starts every actor as a process of its own, again if it ends, and registers the devices. */
export async function startLocalGrid({ progress, gridloom, ...options }: LocalGridOptions): Promise<LocalGrid> {
  await using stack = new AsyncDisposableStack()
  const data = resolve(options.data)
  const gridFile = join(data, 'grid.json')
  stack.use(claimFolder(data))
  stack.defer(() => rmSync(gridFile, { force: true }))
  const plan = planGrid(options)
  const now = Date.now() / 1000
  const clock = { start: now, startedAt: now, speed: options.speed }
  progress(`making certificates for ${plan.devices.length} devices`)
  const { surroundings, rogue } = options
  const ports = stack.use(await localLayout())
  const rogueFace = rogue && stack.use(await reservePort(0, '127.0.0.1'))
  const intruder = rogue && rogueFace && { device: rogue.device, port: rogueFace.port }
  const shared = { data, plan, surroundings, clock, ...(intruder && { rogue: intruder }) }
  const ready = prepareGrid({ ...shared, layout: ports.layout })

  const needed = new Set(actorsOf(plan))
  const start = async (actors: readonly GridActor[]) => {
    const launched = await Promise.allSettled(
      actors
        .filter((actor) => needed.has(actor))
        .map(async (actor) => {
          await ports.release(actor)
          return launch(actor, { data, gridloom, told: progress })
        }),
    )
    // when one does not start, those that did are stopped with all else
    for (const one of launched) if (one.status === 'fulfilled') stack.use(one.value)
    return launched.map((one) => {
      if (one.status === 'rejected') throw one.reason
      return one.value
    })
  }
  progress('starting the servers')
  const servers = await start(['gsp', 'dtm', 'environment', 'tracker', 'market', 'scheduler'])
  progress('registering the devices')
  await provision(ready, plan)
  progress('starting the fleet')
  const [fleet, ...clients] = await start(['dcm', 'teua', 'derms'])
  if (!fleet) throw new Error('there is no fleet')
  await rogueFace?.[Symbol.asyncDispose]()
  const rogues = rogue ? [stack.use(await launchRogue(rogue, data, gridloom))] : []
  writeFileSync(gridFile, `${JSON.stringify(ready, null, 2)}\n`)
  const owned = stack.move()
  return {
    ready,
    feeds: [fleet, ...rogues].map(fleetEvents),
    failed: Promise.race(
      [...servers, fleet, ...clients, ...rogues].map(
        async ({ actor, exited }) => `${actor} ended with code ${await exited}`,
      ),
    ),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

type Launch = Readonly<{ data: string; gridloom: string; told: (what: string) => void }>

function launch(actor: GridActor, { data, gridloom, told }: Launch): Promise<ActorProcess> {
  const argv = [gridloom, actor, '--config', `${actor}.yaml`]
  return startRevived({ actor, argv, folder: data, logFile: join(data, `${actor}.log`), told })
}

function launchRogue(
  { attack, afterSeconds }: NonNullable<LocalGridOptions['rogue']>,
  data: string,
  gridloom: string,
): Promise<ActorProcess> {
  const options = ['--config', 'rogue.yaml', '--after', `${afterSeconds}s`, '--pki', 'pki']
  const argv = [gridloom, 'attack', attack, ...options]
  return startProcess({ actor: 'rogue', argv, folder: data, logFile: join(data, 'rogue.log') })
}

async function* fleetEvents({ lines }: ActorProcess): AsyncIterable<FleetEvent> {
  for await (const line of lines) yield FleetEvent.parse(line)
}
