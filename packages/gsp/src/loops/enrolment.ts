import type { TrustRegistration } from '@gridloom/contracts'
import { backoffSeconds, type Client, type Clock, type Logger, type Random, type Reply } from '@gridloom/kit'
import type { ResourceStore } from '../store/resources.ts'

export type EnrolmentOptions = Readonly<{
  client: Client
  clock: Clock
  random: Random
  log: Pick<Logger, 'info' | 'warn'>
  store: Pick<ResourceStore, 'watch'>
  /** All that take part now. */
  members: () => Promise<readonly TrustRegistration[]>
}>

const batch = 500
const mostPerSecond = 1000

/** Keeps the DTM's registry in step with the register of devices, until the signal ends it: all at the start, then what changed. */
export async function enrol(options: EnrolmentOptions, signal: AbortSignal): Promise<void> {
  const { clock, random, log, store, members } = options
  const told = new Map<string, string>()
  let changed = Promise.withResolvers<void>()
  using _watching = store.watch((parents) => {
    if ([...parents].some(concernsMembers)) changed.resolve()
  })
  for (let failures = 0; !signal.aborted;) {
    const all = await members()
    const news = all.filter((member) => told.get(member.lfdi) !== JSON.stringify(member))
    const fault = await tell(options, news, signal)
    const isTold = fault === undefined
    if (isTold) for (const member of news) told.set(member.lfdi, JSON.stringify(member))
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
async function tell(
  { client }: EnrolmentOptions,
  news: readonly TrustRegistration[],
  signal: AbortSignal,
): Promise<string | undefined> {
  for (let start = 0; start < news.length; start += batch) {
    const body = JSON.stringify(news.slice(start, start + batch))
    const fault = await client.put('/dtm/registry', body, signal).then(refusalOf, String)
    if (fault !== undefined) return fault
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
