import { TrustRegistration } from '@gridloom/contracts'
import { backoffSeconds, type Client, type Clock, type Logger, type Random, type Reply } from '@gridloom/kit'
import type { ResourceStore } from '../store/resources.ts'

export type EnrolmentOptions = Readonly<{
  client: Client
  clock: Clock
  random: Random
  log: Pick<Logger, 'info' | 'warn'>
  store: Pick<ResourceStore, 'watch'>
  /** Our own LFDI: whom we have entered, we take out. */
  self: string
  /** All that take part now. */
  members: () => Promise<readonly TrustRegistration[]>
}>

const batch = 500
const mostPerSecond = 1000

/** Keeps the DTM's registry in step with the register of devices, until the signal ends it: all at the start, then what changed. */
export async function enrol(options: EnrolmentOptions, signal: AbortSignal): Promise<void> {
  const { clock, random, log, store, members } = options
  const told = new Map<string, string | undefined>()
  let isCompared = false
  let changed = Promise.withResolvers<void>()
  using _watching = store.watch((parents) => {
    if ([...parents].some(concernsMembers)) changed.resolve()
  })
  for (let failures = 0; !signal.aborted;) {
    const all = await members()
    const news = all.filter((member) => told.get(member.lfdi) !== JSON.stringify(member))
    let fault = await tell(options, news, signal)
    if (fault === undefined) {
      for (const member of news) told.set(member.lfdi, JSON.stringify(member))
      fault = isCompared ? undefined : await compare(options, told, signal)
      isCompared ||= fault === undefined
      fault ??= await takeOut(options, { all, told }, signal)
    }
    const isTold = fault === undefined
    if (isTold && news.length > 0) log.info({ members: news.length }, 'members told to the trust module')
    if (!isTold && failures === 0) log.warn({ reason: fault }, 'members not told to the trust module')
    failures = isTold ? 0 : failures + 1
    if (isTold) await ended(changed.promise, signal)
    changed = Promise.withResolvers<void>()
    // a large register is gone through the less often
    await clock.sleep(isTold ? 1 + all.length / mostPerSecond : backoffSeconds(failures, random), signal)
  }
}

/** What went wrong, if anything. */
type Fault = Promise<string | undefined>
type Told = Map<string, string | undefined>

async function tell({ client }: EnrolmentOptions, news: readonly TrustRegistration[], signal: AbortSignal): Fault {
  for (let start = 0; start < news.length; start += batch) {
    const body = JSON.stringify(news.slice(start, start + batch))
    const fault = await client.put('/dtm/registry', body, signal).then(refusalOf, String)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Learns whom we have entered before this start: who was removed meanwhile is still there. */
async function compare({ client, self }: EnrolmentOptions, told: Told, signal: AbortSignal): Fault {
  try {
    const reply = await client.get(`/dtm/registry?by=${self}`, signal)
    if (refusalOf(reply) !== undefined) return refusalOf(reply)
    for (const { lfdi } of Entered.parse(JSON.parse(reply.body.toString()))) {
      if (!told.has(lfdi)) told.set(lfdi, undefined)
    }
    return undefined
  } catch (error) {
    return String(error)
  }
}

const Entered = TrustRegistration.pick({ lfdi: true }).loose().array()

type Members = Readonly<{ all: readonly TrustRegistration[]; told: Told }>

/** Takes those out that were told once and are no members any more. */
async function takeOut({ client, log }: EnrolmentOptions, { all, told }: Members, signal: AbortSignal): Fault {
  const members = new Set(all.map(({ lfdi }) => lfdi))
  for (const lfdi of [...told.keys()].filter((known) => !members.has(known))) {
    const reply = await client.request({ method: 'DELETE', path: `/dtm/registry/${lfdi}` }, signal).catch(String)
    if (typeof reply === 'string') return reply
    // whom another has entered, or who is gone already, is not ours to take out
    if (reply.status >= 300 && reply.status !== 403 && reply.status !== 404) return refusalOf(reply)
    told.delete(lfdi)
    if (reply.status < 300) log.info({ lfdi }, 'member taken out of the trust module')
  }
  return undefined
}

function refusalOf({ status, body }: Reply): string | undefined {
  return status < 300 ? undefined : `${status} ${body.toString('utf8', 0, 300)}`
}

/** Devices, groups with their members, and what devices say of themselves; not their readings. */
function concernsMembers(parent: string): boolean {
  return /^\/(?:edev(?:\/\d+)?|edev\/\d+\/fsa|edev\/\d+\/der\/\d+|groups|trust\/witnesses)$/.test(parent)
}

async function ended(change: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve(), { once: true })
  if (signal.aborted) resolve()
  await Promise.race([change, promise])
}
