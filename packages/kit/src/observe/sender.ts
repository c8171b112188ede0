import type { Client } from '../client/create-client.ts'
import type { Logger } from '../logger.ts'
import type { Clock } from '../time/clock.ts'
import { batches } from './batches.ts'
import { deliver, type Delivery } from './delivery.ts'
import type { ObserverMetrics } from './metrics.ts'
import type { Numbering } from './numbering.ts'
import type { Queue } from './queue.ts'
import { numbered, type Waiting } from './report.ts'
import { createPatience, type Patience } from './patience.ts'

/** The second half of a reporter: numbers its reports and sends them in their order, by way of the disk while the DTM is away. */
export type Sender = Readonly<{
  /** Sends what waits on the disk, then these; what is not sent is on the disk when it resolves. */
  send(waiting: readonly Waiting[], signal: AbortSignal): Promise<void>
  /** Whether it is worth a try by now. */
  mayTry(at: number): boolean
}>

export type SenderOptions = Readonly<{
  reporter: string
  client: Client
  queue: Queue
  numbering: Numbering
  /** With the DTM itself, shared by all reporters of a process. */
  patience: Patience
  clock: Clock
  metrics: ObserverMetrics
  log: Logger
}>

export function createSender(options: SenderOptions): Sender {
  const { reporter, client, queue, numbering, patience, clock, metrics, log } = options
  const admission = createPatience(reporter)

  const bodyOf = async (texts: readonly string[]): Promise<string> => {
    const first = await numbering.take(reporter, texts.length)
    return `[${texts.map((text, at) => numbered(text, first + at, reporter)).join(',')}]`
  }
  /** True when the batch needs no further try. */
  const conclude = (delivery: Delivery, count: number): boolean => {
    switch (delivery.kind) {
      case 'taken':
        if (patience.succeeded()) log.info('trust module reached again')
        admission.succeeded()
        metrics.delivered(delivery.accepted)
        metrics.rejected(delivery.rejected.length)
        if (delivery.rejected[0]) log.warn({ reporter, ...delivery.rejected[0] }, 'observation rejected')
        return true
      case 'refused':
        metrics.rejected(count)
        log.error({ reporter, reason: delivery.reason }, 'observations refused')
        return true
      case 'unregistered':
        patience.succeeded()
        if (admission.failed(clock.exact())) log.info({ reporter }, 'reporter not registered')
        return false
      case 'away':
        if (patience.failed(clock.exact(), delivery.retryAfter))
          log.warn({ reason: delivery.reason }, 'trust module away')
        return false
      default:
        return delivery satisfies never
    }
  }
  /** Sends what waits on the disk; true when nothing is left there. */
  const sendQueued = async (signal: AbortSignal): Promise<boolean> => {
    for (let queued = queue.next(reporter); queued; queued = queue.next(reporter)) {
      if (signal.aborted) return false
      if ('texts' in queued) {
        // numbers first: sent twice, a batch has to be the same batch
        await queue.keep(reporter, await bodyOf(queued.texts), queued.ids)
        continue
      }
      if (!conclude(await deliver(client, queued.body, clock, signal), 1)) return false
      await queue.remove(queued.ids)
    }
    return true
  }

  return {
    send: async (waiting, signal) => {
      const mayTry = !signal.aborted && admission.mayTry(clock.exact()) && patience.claim(clock.exact())
      if (!mayTry || !(await sendQueued(signal))) return queue.add(reporter, waiting)
      const pieces = [...batches(waiting)]
      for (const [at, piece] of pieces.entries()) {
        const body = await bodyOf(piece.map(({ text }) => text))
        if (conclude(await deliver(client, body, clock, signal), piece.length)) continue
        await queue.keep(reporter, body)
        return queue.add(reporter, pieces.slice(at + 1).flat())
      }
    },
    mayTry: (at) => admission.mayTry(at) && patience.mayTry(at),
  }
}
