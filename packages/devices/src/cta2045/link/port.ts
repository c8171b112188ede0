import { once } from 'node:events'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** Where the bytes of the bus come from and go to. */
export type PortConfig = Readonly<
  { transport: 'tcp'; host: string; port: number } | { transport: 'serial'; path: string; baudRate: number }
>

/** Opens the bus: one TCP connection, or a serial device (8N1); rejects when it is not there. */
export async function openPort(config: PortConfig, signal: AbortSignal): Promise<Duplex> {
  return config.transport === 'tcp' ? await openTcp(config, signal) : await openSerial(config)
}

async function openTcp(
  { host, port }: Extract<PortConfig, { transport: 'tcp' }>,
  signal: AbortSignal,
): Promise<Duplex> {
  const socket = connect({ host, port, noDelay: true })
  try {
    await once(socket, 'connect', { signal })
  } catch (error) {
    socket.destroy()
    throw error
  }
  return socket
}

async function openSerial({ path, baudRate }: Extract<PortConfig, { transport: 'serial' }>): Promise<Duplex> {
  // the native binding is loaded only where a serial line is used
  const { SerialPort } = await import('serialport')
  const port = new SerialPort({ path, baudRate, autoOpen: false })
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
  return port
}
