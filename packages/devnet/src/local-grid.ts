import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FleetEvent, type GridReady } from '@gridloom/contracts'
import { loadCredentials } from '@gridloom/kit'
import { stringify } from 'yaml'
import { createAdmin } from './admin.ts'
import { dcmConfig, gspConfig } from './configs.ts'
import { claimFolder } from './grid-data.ts'
import { issueGrid, type IssuedGrid } from './grid-folder.ts'
import { planGrid, type GridPlan } from './plan.ts'
import { freePort } from './ports.ts'
import { startProcess, type ActorProcess } from './process.ts'
import { provision } from './provision.ts'

export type LocalGridOptions = Readonly<{
  ders: number
  seed: number
  speed: number
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

const host = '127.0.0.1'

/** Makes a grid folder, starts the GSP and the fleet as processes of their own, and registers the devices. */
export async function startLocalGrid(options: LocalGridOptions): Promise<LocalGrid> {
  await using stack = new AsyncDisposableStack()
  const data = resolve(options.data)
  const gridFile = join(data, 'grid.json')
  stack.use(claimFolder(data))
  stack.defer(() => rmSync(gridFile, { force: true }))
  const plan = planGrid(options)
  options.progress(`making certificates for ${plan.devices.length} devices`)
  const issued = issueGrid(data, plan)
  const now = Date.now() / 1000
  const clock = { start: now, startedAt: now, speed: options.speed }

  options.progress('starting the GSP')
  const gsp = stack.use(await launch('gsp', gspConfig({ clock, ...(await gspPorts()) }), data, options.gridloom))
  options.progress('registering the devices')
  await enroll(gsp, plan, issued)
  options.progress('starting the fleet')
  const fleet = dcmConfig({ clock, plan, issued, gsp: gsp.ready.url, ...(await dcmPorts()) })
  const dcm = stack.use(await launch('dcm', fleet, data, options.gridloom))

  const ready = readyOf([gsp, dcm], issued)
  writeFileSync(gridFile, `${JSON.stringify(ready, null, 2)}\n`)
  const owned = stack.move()
  return {
    ready,
    events: fleetEvents(dcm),
    failed: Promise.race([gsp, dcm].map(async ({ actor, exited }) => `${actor} ended with code ${await exited}`)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function gspPorts() {
  return { host, port: await freePort(8443, host), adminPort: await freePort(9443, host), opsPort: await freePort(0, host) }
}

async function dcmPorts() {
  return { host, port: await freePort(9450, host), opsPort: await freePort(0, host) }
}

/** Writes the configuration that a user would write, and starts the actor with it. */
function launch(actor: string, config: object, data: string, gridloom: string): Promise<ActorProcess> {
  writeFileSync(join(data, `${actor}.yaml`), stringify(config))
  const argv = [gridloom, actor, '--config', `${actor}.yaml`]
  return startProcess({ actor, argv, folder: data, logFile: join(data, `${actor}.log`) })
}

async function enroll({ ready }: ActorProcess, plan: GridPlan, issued: IssuedGrid): Promise<void> {
  if (!ready.admin) throw new Error('the GSP has no admin face')
  await using admin = createAdmin(ready.admin, loadCredentials(issued.operator.folder))
  await provision(admin, plan, issued)
}

function readyOf(processes: readonly ActorProcess[], { folder, operator, devices }: IssuedGrid): GridReady {
  const keyPair = (credentials: string) => ({ cert: join(credentials, 'cert.pem'), key: join(credentials, 'key.pem') })
  return {
    event: 'ready',
    actors: processes.map(({ actor, ready: { url, admin, metrics } }) => ({
      actor,
      url,
      ...(admin && { admin }),
      ...(metrics && { metrics }),
    })),
    certs: {
      ca: join(operator.folder, 'ca.pem'),
      operator: keyPair(operator.folder),
      devices: devices.map(({ name, pin, folder: own, credentials: { lfdi, sfdi } }) => ({
        name,
        lfdi,
        sfdi,
        pin,
        ...keyPair(own),
      })),
    },
    data: folder,
  }
}

async function* fleetEvents({ lines }: ActorProcess): AsyncIterable<FleetEvent> {
  for await (const line of lines) yield FleetEvent.parse(line)
}
