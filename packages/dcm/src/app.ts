import type { FleetEvent } from '@gridloom/contracts'
import { openDevice, type Device, type DeviceConfig, type DeviceDeps } from '@gridloom/devices'
import {
  clockOf,
  onwardClock,
  createClient,
  createLogger,
  createRandom,
  loadCredentials,
  openOps,
  type Actor,
  type Client,
  type ClientOptions,
  type Clock,
  type Database,
} from '@gridloom/kit'
import { parseLfdi } from '@gridloom/sep2030'
import { Registry } from 'prom-client'
import type { Config } from './config.ts'
import { createControl } from './control.ts'
import { createDcm } from './dcm.ts'
import { runFleet } from './fleet.ts'
import { membersOf } from './members.ts'
import { openRegion } from './region/open-region.ts'
import { regionRoutes } from './routes/region.ts'
import { openJournals } from './store/journal.ts'
import { standingsOf } from './store/standings.ts'
import { openSurroundings } from './surroundings.ts'
import { createTrust, type Trust, type TrustOptions } from './trust.ts'
import { openWitness } from './witness.ts'

export type Deps = Readonly<{
  clock: Clock
  tell: (event: FleetEvent) => void
  /** How devices and the server are reached: a red team puts something in between. */
  openDevice: (config: DeviceConfig, deps: DeviceDeps) => Device
  connect: (options: ClientOptions) => Client
  /** The last thing before the DCM itself, above what reports to the trust module. */
  through: (client: Client) => Client
}>

/** Starts the DCMs of the configuration and their control port, and owns them until it is disposed. */
export async function start(config: Config, overrides: Partial<Deps> = {}): Promise<Actor> {
  await using stack = new AsyncDisposableStack()
  const { logLevel, seed, server, tickSeconds, staggerSeconds } = config
  // what was planned by the time of a server comes at that time, whoever sets the clock of this machine
  const clock = overrides.clock ?? onwardClock(clockOf(config.clock), config.clock?.speed)
  const tell = overrides.tell ?? (config.feed ? writeLine : () => undefined)
  const open = overrides.openDevice ?? openDevice
  const { connect = createClient, through = (client) => client } = overrides
  const log = createLogger('dcm', logLevel)
  const database = stack.use(openJournals(config.store))

  const metrics = new Registry()
  const witness = stack.use(openWitness({ ...config, dtm: config.dtm, clock, log, metrics }))
  const surroundings = stack.use(openSurroundings(config, clock, log))
  const members = membersOf(config)
  const dcms = members.map((described) => {
    const { device: deviceConfig, region: _, ...member } = described
    const { name, credentials } = member
    const outlet = surroundings.outlet({ lfdi: credentials.lfdi, name, device: deviceConfig })
    const around = outlet && { environment: outlet.environment }
    const opened = stack.use(open(deviceConfig, { now: clock.now, ...around }))
    const connected = stack.use(connect({ ...serverOf(server), certs: credentials, tls: config.tls }))
    const device = witness.device(outlet?.plug(opened) ?? opened, credentials)
    const client = through(witness.client(outlet?.route(connected) ?? connected, credentials))
    const random = createRandom(`${seed}/${credentials.lfdi}`)
    log.info({ dcm: name, lfdi: credentials.lfdi, sfdi: credentials.sfdi }, 'dcm created')
    return createDcm({
      ...member,
      config,
      device,
      client,
      database,
      clock,
      random,
      log: log.child({ dcm: name }),
      tell,
    })
  })

  const random = createRandom(seed)
  const trust = config.dtm && trustOf({ config, dtm: config.dtm, database, dcms, clock, random, log })
  await trust?.recall()
  const control = createControl(config, { dcms, log, trust })
  stack.defer(() => control.close())
  let url = ''
  const peers = dcms.map((dcm, index) => ({ dcm, member: members[index] }))
  const agent = openRegion({ config, members: peers, url: () => url, control, clock, log, stack })
  if (agent) regionRoutes(control, agent)
  url = await control.listen(config.listen)
  const ops = config.ops && stack.use(await openOps({ listen: config.ops, apps: [control], registries: [metrics] }))

  const ending = new AbortController()
  const { signal } = ending
  const fleet = runFleet({ dcms, clock, random, log, database, tickSeconds, staggerSeconds }, signal)
  const running = Promise.all([fleet, surroundings.run(signal), trust?.run(signal), agent?.run(signal)]).then(
    () => undefined,
  )
  stack.defer(async () => {
    ending.abort()
    await running
    await agent?.leave()
  })
  const owned = stack.move()
  return { url, ...(ops && { metrics: ops.url }), ended: running, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

type Trusting = Omit<TrustOptions, 'certs' | 'tls' | 'store'> & Readonly<{ config: Config; database: Database }>

function trustOf({ config, database, ...shared }: Trusting): Trust {
  const certs = loadCredentials(config.certs)
  return createTrust({ ...shared, certs, tls: config.tls, store: standingsOf(database, certs.lfdi) })
}

function serverOf({ url, name, lfdi }: Config['server']) {
  return {
    origin: url,
    ...(name !== undefined && { serverName: name }),
    ...(lfdi !== undefined && { serverLfdi: parseLfdi(lfdi) }),
  }
}

function writeLine(event: FleetEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}
