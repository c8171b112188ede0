import { setTimeout as sleep } from 'node:timers/promises'
import { attacks, startRogue, type AttackName, type Rig } from '@gridloom/attack'
import { TrustRegistration, TrustSubject, type TrustVector } from '@gridloom/contracts'
import { start as startDcm } from '@gridloom/dcm'
import { createClient, type Credentials } from '@gridloom/kit'
import { smallGrid, type SmallGrid, type SmallGridOptions } from '../fixtures/small-grid.ts'

type Devices = SmallGridOptions['devices']

/** A grid with a trust module beside its GSP, as an operator sees it. */
export type WatchedGrid = AsyncDisposable &
  Readonly<{
    grid: SmallGrid
    /** Starts the DCMs of some devices, as their owners would. */
    startHonest(names: readonly string[]): Promise<void>
    /** Starts the DCM of a device, which will misbehave. */
    startRogue(name: AttackName): Promise<void>
    /** Attacks from outside, under the certificate of a device; resolves to what was said. */
    raid(name: AttackName, device: Credentials | undefined): Promise<readonly string[]>
    /** The rules that have fired so far, by subject: the name of a device, `<name>/der/1`, "gsp", or an LFDI. */
    rules(): Promise<ReadonlyMap<string, ReadonlySet<string>>>
    level(subject: string): Promise<TrustVector['level']>
    /** What the trust module knows of a device. */
    subject(name: string): Promise<TrustSubject | undefined>
  }>

// Twenty simulated seconds are one here: late answers of a busy machine stay well below what a rule calls late.
const seconds = 20
const polled = [
  'DeviceCapability',
  'EndDeviceList',
  'Registration',
  'FunctionSetAssignmentsList',
  'DERList',
  'DERProgramList',
  'FlowReservationResponseList',
  'MirrorUsagePointList',
] as const

/** Starts the GSP and the trust module, and resolves when that knows all devices. */
export async function watchedGrid(devices: Devices, speed?: number): Promise<WatchedGrid> {
  await using stack = new AsyncDisposableStack()
  const pollRate = Object.fromEntries(polled.map((name) => [name, seconds]))
  const grid = stack.use(
    await smallGrid({
      devices,
      ...(speed !== undefined && { speed }),
      dtm: {},
      gsp: { pollRate, postRate: seconds, logLevel: 'silent' },
    }),
  )
  const { clock, pki, operator } = grid
  const addresses = grid.addresses()
  const dtm = stack.use(createClient({ origin: addresses.dtm ?? '', certs: operator, mediaType: 'application/json' }))
  const read = async (path: string): Promise<unknown> => {
    for (;;) {
      const { status, body } = await dtm.get(path)
      if (status === 200) return JSON.parse(body.toString())
      // whoever asks too often, or in a flood, is told to wait
      await sleep(200)
    }
  }
  const named = (subject: string): string =>
    Object.entries(grid.devices).reduce((text, [name, { lfdi }]) => text.replaceAll(lfdi, name), subject)

  const lfdis = Object.values(grid.devices).map(({ lfdi }) => lfdi)
  await grid.until(async () => {
    const known = TrustRegistration.array().parse(await read('/dtm/registry'))
    return lfdis.every((lfdi) => known.some((entry) => entry.lfdi === lfdi))
  })
  const subjectsNow = async () => TrustSubject.array().parse(await read('/dtm/subjects'))
  const { id: gsp = '' } = (await subjectsNow()).find(({ role }) => role === 'GSP') ?? {}
  const nameOf = (subject: string): string => named(subject).replaceAll(gsp, 'gsp')

  const owned = stack.move()
  return {
    grid,
    async startHonest(names) {
      owned.use(await startDcm(grid.fleetConfig(names), { clock, tell: () => undefined }))
    },
    async startRogue(name) {
      const attack = attacks[name]
      if (attack.kind !== 'rogue') throw new Error(`${name} is no DCM`)
      const hooks = { clock, pki, after: 60, say: () => undefined, tell: () => undefined }
      owned.use(await startRogue(attack, grid.fleetConfig([name], name), hooks))
    },
    async raid(name, device) {
      const attack = attacks[name]
      if (attack.kind !== 'raid') throw new Error(`${name} is no raid`)
      const said: string[] = []
      const admin = { target: { origin: addresses.admin }, operator }
      const server = { origin: addresses.server }
      const rig: Rig = { server, admin, device, pki, clock, perSecond: 500, say: (text) => said.push(text) }
      await attack.run(rig, new AbortController().signal)
      return said
    },
    async rules() {
      const fired = new Map<string, Set<string>>()
      for (let after = 0; ;) {
        const records = (await read(`/dtm/events?limit=1000&after=${after}`)) as readonly LogRecord[]
        for (const { kind, subject, rule } of records) {
          if (kind === 'finding' && rule)
            fired.set(nameOf(subject), (fired.get(nameOf(subject)) ?? new Set()).add(rule))
        }
        const last = records.at(-1)
        if (!last) return fired
        after = last.position
      }
    },
    async level(subject) {
      const subjects = await subjectsNow()
      const own = subjects.filter(({ id }) => [subject, `${subject}/der/1`].includes(nameOf(id)))
      return Math.max(0, ...own.map(({ vector }) => vector.level))
    },
    subject: async (name) => (await subjectsNow()).find(({ id }) => nameOf(id) === name),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

type LogRecord = Readonly<{ position: number; kind: string; subject: string; rule?: string }>
