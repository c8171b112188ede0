import modbusSerial from 'modbus-serial'
import { DeviceError } from '../device.ts'
import type { Write } from './view.ts'

export type ModbusOptions = Readonly<{ host: string; port: number; unit: number; timeoutSeconds: number }>

// a CommonJS module whose types say that it has a default
const { default: ModbusClient } = modbusSerial
type ModbusClient = InstanceType<typeof ModbusClient>

/** A Modbus TCP device behind one connection, which is made when it is needed; its requests are to be made one by one. */
export type Modbus = AsyncDisposable &
  Readonly<{
    read(address: number, count: number): Promise<number[]>
    write(write: Write): Promise<void>
    /** Changes with the connection: the device may then have forgotten what it was told, or be another one. */
    generation(): number
  }>

/** The device answered with an exception: it understood, and will not. */
export class ModbusException extends Error {
  override readonly name = 'ModbusException'
  readonly code: number
  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

const mostRead = 125
const mostWritten = 123
const firstWait = 250
const longestWait = 30_000

/**
 * Opens nothing yet. A device that does not answer is left alone for a while, longer after every failure; asking meanwhile
 * fails at once.
 */
export function createModbus({ host, port, unit, timeoutSeconds }: ModbusOptions): Modbus {
  const milliseconds = timeoutSeconds * 1000
  const where = `${host}:${port}`
  let client: ModbusClient | undefined
  let closed = Promise.withResolvers<never>()
  let failures = 0
  let retryAt = 0
  let generation = 0
  let isClosed = false

  return {
    read: (address, count) => attempt((open) => readAll(open, address, count)),
    write: ({ address, words }) => attempt((open) => writeAll(open, address, words)),
    generation: () => generation,
    async [Symbol.asyncDispose]() {
      isClosed = true
      drop()
    },
  }

  async function attempt<T>(work: (client: ModbusClient) => Promise<T>): Promise<T> {
    if (isClosed) throw new DeviceError('unreachable', `the connection to ${where} is closed`)
    if (performance.now() < retryAt) throw new DeviceError('unreachable', `${where} did not answer, next try later`)
    try {
      const open = await connected()
      // without this a request waits for its time to run out when the connection closes under it
      const result = await Promise.race([work(open), closed.promise])
      failures = 0
      return result
    } catch (cause) {
      const code = exceptionOf(cause)
      if (code !== undefined) throw new ModbusException(code, `exception ${code} from ${where}`, { cause })
      drop()
      retryAt = performance.now() + Math.min(longestWait, firstWait * 2 ** failures) * (0.5 + Math.random() / 2)
      failures += 1
      throw new DeviceError('unreachable', `${where} does not answer: "${messageOf(cause)}"`, { cause })
    }
  }

  async function connected(): Promise<ModbusClient> {
    if (client?.isOpen) return client
    drop()
    const fresh = new ModbusClient()
    const ending = Promise.withResolvers<never>()
    ending.promise.catch(() => undefined)
    // what goes wrong between requests shows in the next one
    fresh.on('error', () => undefined)
    fresh.on('close', () => ending.reject(new Error('the connection was closed')))
    fresh.setTimeout(milliseconds)
    fresh.setID(unit)
    client = fresh
    closed = ending
    await fresh.connectTCP(host, { port })
    return fresh
  }

  function drop(): void {
    if (client) generation += 1
    client?.destroy(() => undefined)
    client = undefined
  }
}

async function readAll(client: ModbusClient, address: number, count: number): Promise<number[]> {
  const words: number[] = []
  while (words.length < count) {
    const length = Math.min(mostRead, count - words.length)
    const { data } = await client.readHoldingRegisters(address + words.length, length)
    if (data.length !== length) throw new Error(`${data.length} registers in place of ${length}`)
    words.push(...data)
  }
  return words
}

async function writeAll(client: ModbusClient, address: number, words: readonly number[]): Promise<void> {
  for (let at = 0; at < words.length; at += mostWritten) {
    await client.writeRegisters(address + at, words.slice(at, at + mostWritten))
  }
}

/** The code of a Modbus exception that the library tells among its errors. */
function exceptionOf(error: unknown): number | undefined {
  const code = typeof error === 'object' && error !== null && 'modbusCode' in error ? error.modbusCode : undefined
  return typeof code === 'number' ? code : undefined
}

function messageOf(error: unknown): string {
  return error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error)
    ? String(error.message)
    : String(error)
}
