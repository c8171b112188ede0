import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { connect, type TLSSocket } from 'node:tls'
import type { Credentials } from '@gridloom/kit'

/** One keep-alive connection that sends its next request as soon as the answer to the last is whole. */
export type Line = AsyncDisposable & Readonly<{ run(until: number): Promise<number> }>

export type LineOptions = Readonly<{
  port: number
  credentials: Credentials
  /** The bytes of the next request; every answer to one line has the same length, unless it is said to vary. */
  next: () => Buffer
  answersVary?: boolean
}>

/** Opens a line; it counts bytes and reads no more of an answer than its status, so that the server is what is measured. */
export async function openLine({ port, credentials, next, answersVary = false }: LineOptions): Promise<Line> {
  const { key, chain, anchors } = credentials
  const socket = connect({
    host: '127.0.0.1',
    port,
    servername: 'localhost',
    key: key.export({ type: 'pkcs8', format: 'pem' }),
    cert: chain.map(String).join('\n'),
    ca: anchors.map(String),
    ciphers: 'ECDHE-ECDSA-AES128-CCM8:@SECLEVEL=0',
    maxVersion: 'TLSv1.2',
  })
  await once(socket, 'secureConnect')
  socket.setNoDelay(true)
  const length = await firstAnswer(socket, next())
  return {
    run: (until) => exchange(socket, { next, length: answersVary ? undefined : length, until }),
    [Symbol.asyncDispose]: async () => {
      socket.end()
      await once(socket, 'close')
    },
  }
}

/** Runs all lines for so long and gives the requests answered in a second. */
export async function requestsPerSecond(lines: readonly Line[], seconds: number): Promise<number> {
  const start = performance.now()
  const counts = await Promise.all(lines.map((line) => line.run(start + seconds * 1000)))
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - start) / 1000)
}

export type Pace = Readonly<{ perSecond: number; seconds: number }>

/** Sends requests at a pace, each over a line that is free, until the time is over and all are answered. */
export async function paced(lines: readonly Line[], { perSecond, seconds }: Pace): Promise<void> {
  const start = performance.now()
  const elapsed = (): number => (performance.now() - start) / 1000
  const free = [...lines]
  const running: Promise<unknown>[] = []
  const useOnce = async (line: Line): Promise<void> => {
    await line.run(0)
    free.push(line)
  }
  for (let sent = 0; elapsed() < seconds; await wait(5)) {
    for (; sent < elapsed() * perSecond; sent += 1) {
      const line = free.shift()
      if (!line) break
      running.push(useOnce(line))
    }
  }
  await Promise.all(running)
}

async function firstAnswer(socket: TLSSocket, request: Buffer): Promise<number> {
  socket.write(request)
  let text = ''
  for (;;) {
    const [data] = (await once(socket, 'data')) as [Buffer]
    text += data.toString('latin1')
    const length = answerLength(text)
    if (length !== undefined && text.length >= length) return expectSuccess(text, length)
  }
}

function answerLength(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return undefined
  return head + 4 + Number(/^content-length: (\d+)/im.exec(text.slice(0, head))?.[1] ?? 0)
}

function expectSuccess(text: string, length: number): number {
  if (!text.startsWith('HTTP/1.1 20')) throw new Error(`the server answered: ${text.slice(0, 300)}`)
  return length
}

type Exchange = Readonly<{ next: () => Buffer; length: number | undefined; until: number }>

function exchange(socket: TLSSocket, { next, length, until }: Exchange): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  let count = 0
  // nothing of the present answer has come yet
  let isNew = true
  let missing = 0
  const end = (): void => {
    socket.off('data', receive)
    socket.off('close', lost)
  }
  const receive = (data: Buffer): void => {
    if (isNew) {
      if (data[9] !== two) return fail(data)
      missing = length ?? answerLength(data.toString('latin1')) ?? 0
      isNew = false
    }
    missing -= data.length
    if (missing > 0) return
    if (missing < 0) return fail(data)
    count += 1
    isNew = true
    if (performance.now() < until) return void socket.write(next())
    end()
    resolve(count)
  }
  const fail = (data: Buffer): void => {
    end()
    reject(new Error(`unexpected answer: ${data.toString('latin1').slice(0, 300)}`))
  }
  const lost = (): void => {
    end()
    reject(new Error('the server closed the connection'))
  }
  socket.on('data', receive)
  socket.on('close', lost)
  socket.write(next())
  return promise
}

const two = '2'.charCodeAt(0)
