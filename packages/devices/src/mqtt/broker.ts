import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'

export type BrokerConfig = Readonly<{
  /** mqtts://HOST:PORT; mqtt:// is for a broker on this machine. */
  url: string
  /** Folder with ca.pem, and key.pem with cert.pem where the broker wants to know who calls. */
  certs?: string | undefined
  username?: string | undefined
  password?: string | undefined
  /** 5, or 4 (MQTT 3.1.1) for a broker that knows nothing newer. */
  protocolVersion: 4 | 5
  /** Seconds before the first new attempt; each next waits twice as long, at most `mostRetrySeconds`. */
  retrySeconds: number
  mostRetrySeconds: number
}>

export type Will = Readonly<{ topic: string; payload: string }>

/** A client that connects and reconnects by itself; when it vanishes, the broker publishes the will. */
export function connectBroker(config: BrokerConfig, clientId: string, will: Will): MqttClient {
  const { url, certs, username, password, protocolVersion } = config
  const options: IClientOptions = {
    clientId,
    protocolVersion,
    clean: true,
    keepalive: 15,
    connectTimeout: 10_000,
    reconnectPeriod: config.retrySeconds * 1000,
    resubscribe: false,
    // what could not be sent is said anew, with the values of then
    queueQoSZero: false,
    rejectUnauthorized: true,
    will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true },
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(certs !== undefined && credentialsIn(certs)),
  }
  const client = connect(url, options)
  client.on('connect', () => (client.options.reconnectPeriod = config.retrySeconds * 1000))
  client.on('reconnect', () => {
    const next = (client.options.reconnectPeriod ?? 1000) * (1.5 + Math.random())
    client.options.reconnectPeriod = Math.min(next, config.mostRetrySeconds * 1000)
  })
  return client
}

function credentialsIn(folder: string): Pick<IClientOptions, 'ca' | 'cert' | 'key'> {
  const read = (name: string): Buffer => readFileSync(join(folder, name))
  const isKnown = existsSync(join(folder, 'key.pem'))
  return { ca: read('ca.pem'), ...(isKnown && { key: read('key.pem'), cert: read('cert.pem') }) }
}
