import { type Apdu, encodeApdu, framesOf } from './apci.ts'

export type SessionOptions = Readonly<{
  k: number
  w: number
  t1Seconds: number
  t2Seconds: number
  t3Seconds: number
  write: (octets: Buffer) => void
  /** Told each time when data transfer is started. */
  started: () => void
  /** Told of each ASDU; only while data transfer is started. */
  received: (asdu: Buffer) => void
  /** Told once; nothing is written after it. */
  closed: (reason: string) => void
}>

/** One connection of a controlled station: numbers, windows and timers; time comes with every call, in seconds. */
export type Session = Readonly<{
  take(octets: Buffer, now: number): void
  /** Sends an ASDU when the window allows; false while data transfer is stopped. */
  send(asdu: Buffer, now: number): boolean
  /** Does what time alone asks for. */
  due(now: number): void
  nextDue(): number
  isStarted(): boolean
  /** Data transfer goes on by another connection of its group: hands over what the peer has not acknowledged. */
  standBy(): readonly Buffer[]
  /** The ASDUs that the peer has not acknowledged, the oldest first. */
  unheard(): readonly Buffer[]
}>

/** Without its ASDU when another connection has taken it over. */
type Sent = Readonly<{ asdu?: Buffer; at: number }>

const modulus = 32_768
// a peer that acknowledges nothing for so long a list is lost
const mostQueued = 1000

export function createSession(options: SessionOptions, openedAt: number): Session {
  const { k, w, t1Seconds, t2Seconds, t3Seconds } = options
  const queue: Buffer[] = []
  /** The I frames that are not acknowledged yet, the oldest first. */
  let unacknowledged: Sent[] = []
  let isClosed = false
  let isStarted = false
  /** STOPDT is confirmed when all that was sent is acknowledged. */
  let isStopping = false
  let sent = 0
  let taken = 0
  let takenSinceAck = 0
  let ackDueAt = Infinity
  let heardAt = openedAt
  let testedAt: number | undefined
  let stream: Buffer = Buffer.alloc(0)

  const unheard = (): readonly Buffer[] => [...unacknowledged.flatMap(({ asdu }) => asdu ?? []), ...queue]
  const close = (reason: string): void => {
    if (isClosed) return
    isClosed = true
    options.closed(reason)
  }
  const write = (apdu: Apdu): void => {
    if (!isClosed) options.write(encodeApdu(apdu))
  }
  const acknowledge = (): void => {
    takenSinceAck = 0
    ackDueAt = Infinity
  }
  const flush = (now: number): void => {
    if (!isStarted) return
    while (unacknowledged.length < k) {
      const asdu = queue.shift()
      if (!asdu) return
      write({ kind: 'I', send: sent, receive: taken, asdu })
      sent = (sent + 1) % modulus
      unacknowledged.push({ asdu, at: now })
      acknowledge()
    }
  }
  const confirmStop = (): void => {
    if (!isStopping || unacknowledged.length > 0) return
    isStopping = false
    write({ kind: 'U', function: 'stopCon' })
  }
  /** The peer has all I frames below `receive`. */
  const acknowledged = (receive: number, now: number): void => {
    const open = (sent - receive + modulus) % modulus
    if (open > unacknowledged.length) return close(`acknowledges ${receive} of ${sent}`)
    unacknowledged = unacknowledged.slice(unacknowledged.length - open)
    flush(now)
    confirmStop()
  }
  const takeInformation = ({ send, receive, asdu }: Extract<Apdu, { kind: 'I' }>, now: number): void => {
    if (!isStarted) return close('sends before STARTDT')
    if (send !== taken) return close(`sends number ${send} where ${taken} is due`)
    taken = (taken + 1) % modulus
    takenSinceAck += 1
    ackDueAt = Math.min(ackDueAt, now + t2Seconds)
    acknowledged(receive, now)
    options.received(asdu)
    if (takenSinceAck < w) return
    write({ kind: 'S', receive: taken })
    acknowledge()
  }
  const takeUnnumbered = (name: Extract<Apdu, { kind: 'U' }>['function'], now: number): void => {
    switch (name) {
      case 'startAct':
        isStarted = true
        isStopping = false
        write({ kind: 'U', function: 'startCon' })
        flush(now)
        return options.started()
      case 'stopAct':
        if (takenSinceAck > 0) write({ kind: 'S', receive: taken })
        acknowledge()
        isStarted = false
        isStopping = true
        return confirmStop()
      case 'testAct':
        return write({ kind: 'U', function: 'testCon' })
      case 'testCon':
        testedAt = undefined
        return
      case 'startCon':
      case 'stopCon':
        return close(`confirms what was not asked for: ${name}`)
      default:
        return name satisfies never
    }
  }
  const takeFrame = (apdu: Apdu, now: number): void => {
    if (apdu.kind === 'I') return takeInformation(apdu, now)
    if (apdu.kind === 'S') return acknowledged(apdu.receive, now)
    takeUnnumbered(apdu.function, now)
  }

  return {
    take(octets, now) {
      try {
        const { frames, rest } = framesOf(Buffer.concat([stream, octets]))
        stream = rest
        heardAt = now
        for (const frame of frames) if (!isClosed) takeFrame(frame, now)
      } catch (error) {
        close(error instanceof Error ? error.message : String(error))
      }
    },
    send(asdu, now) {
      if (!isStarted || isClosed) return false
      queue.push(asdu)
      if (queue.length > mostQueued) close(`takes nothing: ${queue.length} messages wait`)
      flush(now)
      return true
    },
    due(now) {
      const [oldest] = unacknowledged
      if (oldest && now >= oldest.at + t1Seconds) return close('acknowledges nothing (t1)')
      if (testedAt !== undefined && now >= testedAt + t1Seconds) return close('answers no test (t1)')
      if (now >= ackDueAt) {
        write({ kind: 'S', receive: taken })
        acknowledge()
      }
      if (testedAt === undefined && now >= heardAt + t3Seconds) {
        testedAt = now
        write({ kind: 'U', function: 'testAct' })
      }
    },
    nextDue() {
      const oldest = unacknowledged[0]?.at ?? Infinity
      const test = testedAt === undefined ? heardAt + t3Seconds : testedAt + t1Seconds
      return isClosed ? Infinity : Math.min(oldest + t1Seconds, ackDueAt, test)
    },
    isStarted: () => isStarted && !isClosed,
    standBy() {
      const handedOver = unheard()
      isStarted = false
      queue.length = 0
      // the peer may still acknowledge them here, and need not
      unacknowledged = unacknowledged.map(() => ({ at: Infinity }))
      return handedOver
    },
    unheard,
  }
}
