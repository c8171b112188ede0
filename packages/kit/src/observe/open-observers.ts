import { parseLfdi } from '@gridloom/sep2030'
import type { TrustRole } from '@gridloom/contracts'
import type { Registry } from 'prom-client'
import { createClient } from '../client/create-client.ts'
import type { DtmConfig } from '../config/parts.ts'
import type { Logger } from '../logger.ts'
import type { Credentials } from '../pki/credentials.ts'
import { openDatabase } from '../store/open-database.ts'
import type { Clock } from '../time/clock.ts'
import type { TlsVersions } from '../tls/profile.ts'
import { observerMetrics } from './metrics.ts'
import { createPatience } from './patience.ts'
import { createNumbering, numberingMigration } from './numbering.ts'
import { createDesk, type Desk } from './desk.ts'
import { createQueue, queueMigration } from './queue.ts'
import { createSender, type Sender } from './sender.ts'
import type { Observers } from './sighting.ts'

export type ObserversOptions = Readonly<{
  /** What the reporters of this process are. */
  role: TrustRole
  config: DtmConfig
  clock: Clock
  log: Logger
  tls?: TlsVersions | undefined
  metrics?: Registry | undefined
}>

type Member = AsyncDisposable & Readonly<{ desk: Desk; sender: Sender }>

const beatSeconds = 1
const mostAtOnce = 8
const limits = { mediaType: 'application/json', connectSeconds: 5, totalSeconds: 10 }

/** Opens the queue of a process and reports, for each certificate in turn, what its observer was told. */
export function openObservers(options: ObserversOptions): Observers {
  const { config, clock, log } = options
  const database = openDatabase(config.queue, [`${numberingMigration}; ${queueMigration}`])
  const metrics = observerMetrics(options.metrics)
  const queue = createQueue(database, config.queueBytes, metrics.dropped)
  const numbering = createNumbering(database, () => Math.floor(clock.exact() * 1000))
  const patience = createPatience('dtm')
  const members = new Map<string, Member>()
  const ending = new AbortController()
  const { signal } = ending

  const memberOf = (credentials: Credentials): Member => {
    const client = createClient({ ...dtmOf(config), ...limits, certs: credentials, tls: options.tls })
    const reporter = credentials.lfdi
    const desk = createDesk({ reporter, role: options.role, config, clock, metrics })
    const sender = createSender({ reporter, client, queue, numbering, patience, clock, metrics, log })
    return { desk, sender, [Symbol.asyncDispose]: () => client[Symbol.asyncDispose]() }
  }
  const report = async ({ desk, sender }: Member): Promise<void> => {
    await sender.send(await desk.work(clock.exact()), signal)
  }
  const isDue = ({ desk, sender }: Member): boolean => {
    const at = clock.exact()
    const mayRetry = queue.has(desk.reporter) && sender.mayTry(at)
    return desk.isDue(at, holdSeconds(members.size)) || mayRetry
  }
  const round = async (): Promise<void> => {
    await atOnce([...members.values()].filter(isDue), mostAtOnce, report)
    metrics.waiting(queue.bytes())
  }
  const rounds = async (): Promise<void> => {
    while (await slept(clock, signal)) {
      try {
        await round()
      } catch (err) {
        log.error({ err }, 'observations not kept')
      }
    }
  }
  const running = rounds()

  return {
    of: (credentials) => {
      const member = members.get(credentials.lfdi) ?? memberOf(credentials)
      members.set(credentials.lfdi, member)
      return member.desk.observe
    },
    async [Symbol.asyncDispose]() {
      ending.abort()
      await running
      for (const member of members.values()) {
        await report(member) // which only writes now
        await queue.add(member.desk.reporter, member.desk.settle(clock.exact()))
        await member[Symbol.asyncDispose]()
      }
      await numbering.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** How long polls wait for company: with many reporters in a process, so that the DTM has some fifty requests a second of it. */
function holdSeconds(reporters: number): number {
  return Math.min(Math.max(reporters / 50, beatSeconds), 8)
}

async function atOnce<T>(items: readonly T[], most: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values()
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker))
}

async function slept(clock: Clock, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(beatSeconds, signal)
    return true
  } catch (error) {
    if (signal.aborted) return false
    throw error
  }
}

function dtmOf({ url, name, lfdi }: DtmConfig) {
  return {
    origin: url,
    ...(name !== undefined && { serverName: name }),
    ...(lfdi !== undefined && { serverLfdi: parseLfdi(lfdi) }),
  }
}
