import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FleetEvent, type GridReady } from '@gridloom/contracts'
import type { GridSurroundings } from './configs.ts'
import { claimFolder } from './grid-data.ts'
import { localLayout } from './layout.ts'
import { planGrid } from './plan.ts'
import { prepareGrid } from './prepare-grid.ts'
import { startProcess, type ActorProcess } from './process.ts'
import { provision } from './provision.ts'

export type LocalGridOptions = Readonly<{
  ders: number
  seed: number
  speed: number
  surroundings: GridSurroundings
  /** Where everything that the grid makes goes; emptied first when it is from an earlier grid. */
  data: string
  /** The main file of the `gridloom` command: actors are started as a user would. */
  gridloom: string
  /** Told of each step, for whoever waits. */
  progress: (step: string) => void
}>

/** A running local grid: what it is, what happens in it, and who ended by itself. */
export type LocalGrid = AsyncDisposable &
  Readonly<{ ready: GridReady; events: AsyncIterable<FleetEvent>; failed: Promise<string> }>

/** Makes a grid folder, starts the GSP, the environment and the fleet as processes of their own, and registers the devices. */
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
  const { surroundings } = options
  const ready = prepareGrid({ data, plan, layout: await localLayout(), surroundings, clock })

  progress('starting the GSP and the environment')
  const gsp = stack.use(await launch('gsp', data, gridloom))
  const environment = stack.use(await launch('environment', data, gridloom))
  progress('registering the devices')
  await provision(ready, plan)
  progress('starting the fleet')
  const dcm = stack.use(await launch('dcm', data, gridloom))
  writeFileSync(gridFile, `${JSON.stringify(ready, null, 2)}\n`)
  const owned = stack.move()
  return {
    ready,
    events: fleetEvents(dcm),
    failed: Promise.race(
      [gsp, environment, dcm].map(async ({ actor, exited }) => `${actor} ended with code ${await exited}`),
    ),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function launch(actor: string, data: string, gridloom: string): Promise<ActorProcess> {
  const argv = [gridloom, actor, '--config', `${actor}.yaml`]
  return startProcess({ actor, argv, folder: data, logFile: join(data, `${actor}.log`) })
}

async function* fleetEvents({ lines }: ActorProcess): AsyncIterable<FleetEvent> {
  for await (const line of lines) yield FleetEvent.parse(line)
}
