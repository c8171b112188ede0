import type { TrustAlert } from '@gridloom/contracts'
import { createClient, type Client, type Clock, type Credentials, type Logger } from '@gridloom/kit'
import { parseLfdi } from '@gridloom/sep2030'
import type { Config, Subscriber } from '../config.ts'
import { concerns, type Reader } from '../domain/concerns.ts'
import type { Alerts } from '../store/alerts.ts'
import type { AlertFeed } from '../operations/alert-feed.ts'

export type DeliveryOptions = Readonly<{
  subscriber: Subscriber
  config: Pick<Config, 'alertHours' | 'tls'>
  credentials: Credentials
  clock: Clock
  alerts: Alerts
  feed: AlertFeed
  log: Logger
}>

const pageSize = 100
const longestWaitSeconds = 60

/** Posts to one subscriber all alerts that concern it, in their order, until it has taken them or they are too old (§7). */
export async function deliverAlerts(options: DeliveryOptions, signal: AbortSignal): Promise<void> {
  const { subscriber, config, credentials, clock, alerts, log } = options
  const { origin, pathname, search } = new URL(subscriber.url)
  await using client = createClient({ ...serverOf(subscriber, origin), certs: credentials, tls: config.tls, ...json })
  const reader = readerOf(subscriber)
  using news = listening(options.feed, signal)
  let failures = 0
  while (!signal.aborted) {
    const page = alerts.since(alerts.told(subscriber.url), pageSize)
    const oldest = clock.exact() - config.alertHours * 3600
    const due = page.filter((alert) => alert.lastAt >= oldest && concerns(reader, alert))
    if (await isTaken(client, pathname + search, due, signal)) {
      failures = 0
      const last = page.at(-1)
      if (last) await alerts.tell(subscriber.url, last.seq)
      else await news.next()
      continue
    }
    if (failures === 0 && !signal.aborted) log.warn({ url: subscriber.url }, 'alerts not delivered')
    await rested(clock, Math.min(2 ** failures, longestWaitSeconds), signal)
    failures += 1
  }
}

const json = { mediaType: 'application/json', connectSeconds: 5, totalSeconds: 10 }

async function isTaken(
  client: Client,
  path: string,
  due: readonly TrustAlert[],
  signal: AbortSignal,
): Promise<boolean> {
  if (due.length === 0) return true
  try {
    const { status } = await client.post(path, JSON.stringify(due), signal)
    return status >= 200 && status < 300
  } catch {
    return false
  }
}

type News = Disposable & Readonly<{ next(): Promise<void> }>

/** Resolves as soon as there was an alert since the last time that one was waited for, or when the signal ends it. */
function listening(feed: AlertFeed, signal: AbortSignal): News {
  let bell = Promise.withResolvers<void>()
  const ring = (): void => bell.resolve()
  const listener = feed.listen(ring)
  signal.addEventListener('abort', ring, { once: true })
  return {
    next: async () => {
      await bell.promise
      bell = Promise.withResolvers<void>()
    },
    [Symbol.dispose]: () => listener[Symbol.dispose](),
  }
}

async function rested(clock: Clock, seconds: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(seconds, signal)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

function readerOf({ role, members, lfdi }: Subscriber): Reader {
  return { role, lfdi, members: members && new Set(members) }
}

function serverOf({ name, lfdi }: Subscriber, origin: string) {
  return {
    origin,
    ...(name !== undefined && { serverName: name }),
    ...(lfdi !== undefined && { serverLfdi: parseLfdi(lfdi) }),
  }
}
