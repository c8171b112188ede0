import { connectBroker } from '@gridloom/devices'
import type { Logger } from '@gridloom/kit'
import type { Config } from '../../config.ts'

/** A connection to a broker that comes back by itself. */
export type Link = AsyncDisposable &
  Readonly<{
    connected(): boolean
    /** QoS 1: resolves once the broker has it; false when it does not take it. */
    publish(topic: string, payload: object | string, options?: Readonly<{ retain?: boolean }>): Promise<boolean>
    /** Hears what is published from now on, never what was retained: a command is not given twice. */
    subscribe(filter: string, hear: (topic: string, payload: string) => void): void
    /** Told at each new connection. */
    onConnect(greet: () => void): void
  }>

const patienceMilliseconds = 5000

export function openLink(config: NonNullable<Config['mqtt']>, log: Logger): Link {
  const { url, certs, username, password, protocolVersion, site } = config
  const status = `grid/${site}/status`
  const client = connectBroker(
    { url, certs, username, password, protocolVersion, retrySeconds: 1, mostRetrySeconds: 60 },
    `gridloom-scheduler-${site}`,
    { topic: status, payload: 'offline' },
  )
  const filters = new Map<string, (topic: string, payload: string) => void>()
  const greetings: (() => void)[] = []

  const publish: Link['publish'] = async (topic, payload, { retain = false } = {}) => {
    if (!client.connected) return false
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
    const sent = client.publishAsync(topic, text, { qos: 1, retain }).then(
      () => true,
      () => false,
    )
    const late = new Promise<false>((resolve) => setTimeout(resolve, patienceMilliseconds, false).unref())
    return Promise.race([sent, late])
  }
  const greet = async (): Promise<void> => {
    try {
      if (filters.size > 0) await client.subscribeAsync([...filters.keys()], { qos: 1 })
      await publish(status, 'online', { retain: true })
      log.info({ site }, 'broker connected')
      for (const each of greetings) each()
    } catch (err) {
      log.warn({ err }, 'broker lost again')
    }
  }
  client.on('connect', () => void greet())
  client.on('error', () => undefined) // the client tries again by itself
  client.on('message', (topic, payload, { retain }) => {
    if (retain) return
    for (const [filter, hear] of filters) if (fits(topic, filter)) hear(topic, payload.toString())
  })

  return {
    connected: () => client.connected,
    publish,
    subscribe(filter, hear) {
      filters.set(filter, hear)
      if (client.connected) void client.subscribeAsync(filter, { qos: 1 }).catch(() => undefined)
    },
    onConnect: (each) => void greetings.push(each),
    async [Symbol.asyncDispose]() {
      if (client.connected) await publish(status, 'offline', { retain: true })
      await client.endAsync(!client.connected)
    },
  }
}

/** Whether a topic is one of those that a filter means; `+` stands for one level. */
function fits(topic: string, filter: string): boolean {
  const [levels, wanted] = [topic.split('/'), filter.split('/')]
  return levels.length === wanted.length && wanted.every((level, index) => level === '+' || level === levels[index])
}
