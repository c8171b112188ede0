import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** What a Modbus server serves: holding registers. A ModbusFault is answered as its exception. */
export type Bank = Readonly<{
  read(address: number, count: number): Promise<readonly number[]>
  write(address: number, words: readonly number[]): Promise<void>
}>

export const faults = { illegalFunction: 1, illegalAddress: 2, illegalValue: 3, deviceFailure: 4 } as const

export class ModbusFault extends Error {
  override readonly name = 'ModbusFault'
  readonly code: number
  constructor(fault: keyof typeof faults, message: string) {
    super(message)
    this.code = faults[fault]
  }
}

export type ModbusServer = AsyncDisposable &
  Readonly<{
    port: number
    /** Breaks every connection. */
    disconnect(): void
  }>

export type ServerOptions = Readonly<{
  host: string
  port: number
  /** Only this unit is answered. */
  unit: number
  bank: Bank
  /** False while the server shall not answer at all. */
  answers: () => boolean
}>

const headerLength = 7
// a protocol data unit is at most 253 bytes long, behind the unit identifier
const longestUnit = 254

/** Serves registers over Modbus TCP: functions 3, 6 and 16. The library's own server cannot take a free port. */
export async function serveModbus({ host, port, ...options }: ServerOptions): Promise<ModbusServer> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    attend(socket, options)
  })
  server.listen(port, host)
  await once(server, 'listening')
  const disconnect = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    disconnect,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      disconnect()
      await closed
    },
  }
}

/** Cuts what arrives into requests and answers one after another. */
function attend(socket: Socket, options: Omit<ServerOptions, 'host' | 'port'>): void {
  let received: Buffer = Buffer.alloc(0)
  let queue = Promise.resolve()
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes])
    while (received.length >= headerLength) {
      const length = received.readUInt16BE(4)
      const isModbus = received.readUInt16BE(2) === 0 && length >= 2 && length <= longestUnit
      // there is no way to find the next request in what is none
      if (!isModbus) return void socket.destroy()
      const end = headerLength - 1 + length
      if (received.length < end) return
      const request = received.subarray(0, end)
      received = received.subarray(end)
      queue = queue.then(() => reply(socket, request, options))
    }
  })
}

async function reply(
  socket: Socket,
  request: Buffer,
  { unit, bank, answers }: Omit<ServerOptions, 'host' | 'port'>,
): Promise<void> {
  if (!answers() || request[6] !== unit) return
  const answer = await answerTo(request.subarray(headerLength), bank)
  if (!answers()) return
  const header = Buffer.from(request.subarray(0, headerLength))
  header.writeUInt16BE(answer.length + 1, 4)
  socket.write(Buffer.concat([header, answer]))
}

/** The protocol data unit that answers one. */
async function answerTo(pdu: Buffer, bank: Bank): Promise<Buffer> {
  const code = pdu[0] ?? 0
  try {
    return await serve(code, pdu, bank)
  } catch (error) {
    return Buffer.of(code | 0x80, error instanceof ModbusFault ? error.code : faults.deviceFailure)
  }
}

async function serve(code: number, pdu: Buffer, bank: Bank): Promise<Buffer> {
  switch (code) {
    case 3: {
      const [address, count] = pair(pdu, 5)
      if (count < 1 || count > 125) throw new ModbusFault('illegalValue', `${count} registers`)
      const words = await bank.read(address, count)
      return Buffer.concat([Buffer.of(code, 2 * count), bytesOf(words)])
    }
    case 6: {
      const [address, word] = pair(pdu, 5)
      await bank.write(address, [word])
      return pdu
    }
    case 16: {
      const [address, count] = pair(pdu, 6 + (pdu[5] ?? 0))
      if (count < 1 || count > 123 || pdu[5] !== 2 * count) throw new ModbusFault('illegalValue', `${count} registers`)
      await bank.write(
        address,
        Array.from({ length: count }, (_, index) => pdu.readUInt16BE(6 + 2 * index)),
      )
      return pdu.subarray(0, 5)
    }
    default:
      throw new ModbusFault('illegalFunction', `function ${code}`)
  }
}

/** The two numbers that begin every request, of one that has the right length. */
function pair(pdu: Buffer, length: number): [number, number] {
  if (pdu.length !== length) throw new ModbusFault('illegalValue', `${pdu.length} bytes in place of ${length}`)
  return [pdu.readUInt16BE(1), pdu.readUInt16BE(3)]
}

function bytesOf(words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * words.length)
  for (const [index, word] of words.entries()) bytes.writeUInt16BE(word, 2 * index)
  return bytes
}
