import type { Duplex } from 'node:stream'
import { encodeFrame } from '../codec/frame.ts'
import type { ResponseCode } from '../codec/intermediate.ts'
import { codeReply } from '../codec/judge.ts'
import type { Message } from '../codec/message.ts'
import { type Effect, idleLink, isUnresponsive, type Input, type LinkOptions, stepLink, wakeAt } from './link.ts'
import type { Outcome } from './outcome.ts'

/** How an exchange ended, and what was answered. */
export type Exchanged = Readonly<{ outcome: Outcome; answer: Message | null; tries: number; milliseconds: number }>

/** One line of what went over the bus, for a log or the trust module. */
export type BusEvent = Readonly<
  | { kind: 'sent' | 'received'; bytes: Uint8Array }
  | { kind: 'fault'; fault: string }
  | ({ kind: 'exchanged'; message: Message } & Exchanged)
>

export type DriveOptions = LinkOptions &
  Readonly<{
    /** The application answer to a request; undefined for none. */
    onRequest?: (message: Message) => Message | ResponseCode | undefined
    onEvent?: (event: BusEvent) => void
    /** What the line does to the bytes on their way out, for tests of the other end. */
    distort?: (frame: Uint8Array) => Uint8Array
  }>

export type DrivenLink = Disposable &
  Readonly<{
    ask(message: Message): Promise<Exchanged>
    isUnresponsive(): boolean
    peerPayload(): number | undefined
    /** Resolves when the port is closed. */
    closed: Promise<void>
  }>

/** Runs a link over a port in real time, until the port closes or the link is disposed. */
export function driveLink(port: Duplex, options: DriveOptions): DrivenLink {
  let link = idleLink
  let timer: NodeJS.Timeout | undefined
  let ids = 0
  let isClosed = false
  const waiting = new Map<
    number,
    Readonly<{ message: Message; begun: number; settle: (exchanged: Exchanged) => void }>
  >()
  const { onRequest, onEvent = () => undefined, distort = (frame) => frame } = options
  const { promise: closed, resolve: markClosed } = Promise.withResolvers<void>()

  port.on('data', (bytes: Uint8Array) => {
    onEvent({ kind: 'received', bytes })
    step({ kind: 'bytes', bytes })
  })
  // an error closes the port, and closing is what counts
  port.on('error', () => port.destroy())
  port.on('end', () => port.destroy())
  port.on('close', close)

  return {
    closed,
    isUnresponsive: () => isUnresponsive(link),
    peerPayload: () => link.peerPayload,
    ask(message) {
      const { promise, resolve: settle } = Promise.withResolvers<Exchanged>()
      const id = ids++
      waiting.set(id, { message, begun: performance.now(), settle })
      if (isClosed) settleWith(id, 'noAnswer', null, 0)
      else step({ kind: 'ask', id, message })
      return promise
    },
    [Symbol.dispose]() {
      port.destroy()
      close()
    },
  }

  function step(input: Input): void {
    if (isClosed) return
    const { link: next, effects } = stepLink(link, input, performance.now(), options)
    link = next
    for (const effect of effects) carryOut(effect)
    clearTimeout(timer)
    const at = wakeAt(link)
    if (at < Infinity) timer = setTimeout(() => step({ kind: 'tick' }), Math.max(0, at - performance.now()) + 1)
  }

  function carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'send':
        onEvent({ kind: 'sent', bytes: effect.frame })
        return void port.write(distort(effect.frame))
      case 'done':
        return settleWith(effect.id, effect.outcome, effect.answer, effect.tries)
      case 'fault':
        return onEvent(effect)
      case 'request': {
        const { message, frame: to } = effect
        const answer = onRequest?.(message)
        if (answer === undefined) return
        const frame = typeof answer === 'string' ? codeReply(to.subarray(4), answer) : encodeFrame(answer)
        return step({ kind: 'answer', to, frame })
      }
      default:
        return effect satisfies never
    }
  }

  function settleWith(id: number, outcome: Outcome, answer: Message | null, tries: number): void {
    const one = waiting.get(id)
    if (!one) return
    waiting.delete(id)
    const exchanged = { outcome, answer, tries, milliseconds: performance.now() - one.begun }
    onEvent({ kind: 'exchanged', message: one.message, ...exchanged })
    one.settle(exchanged)
  }

  function close(): void {
    isClosed = true
    clearTimeout(timer)
    for (const id of waiting.keys()) settleWith(id, 'noAnswer', null, 0)
    markClosed()
  }
}
