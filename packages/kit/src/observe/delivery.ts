import { ObservationReceipt } from '@gridloom/contracts'
import type { Client } from '../client/create-client.ts'
import { ClientError } from '../client/client-error.ts'
import type { Clock } from '../time/clock.ts'

/** What became of a batch: taken, of no use to anybody, or to be sent again after so many seconds (0: as one sees fit). */
export type Delivery = Readonly<
  | { kind: 'taken'; accepted: number; rejected: ObservationReceipt['rejected'] }
  | { kind: 'refused'; reason: string }
  | { kind: 'unregistered' }
  | { kind: 'away'; reason: string; retryAfter: number }
>

/** Posts a batch to the DTM and says what became of it. */
export async function deliver(client: Client, body: string, clock: Clock, signal: AbortSignal): Promise<Delivery> {
  try {
    const headers = { 'x-sent-at': clock.exact().toFixed(3) }
    const reply = await client.request({ method: 'POST', path: '/dtm/observations', body, headers }, signal)
    if (reply.status === 202) {
      const { accepted, rejected } = ObservationReceipt.parse(JSON.parse(reply.body.toString()))
      return { kind: 'taken', accepted, rejected }
    }
    if (reply.status === 403) return { kind: 'unregistered' }
    const reason = `the DTM answered ${reply.status}: ${reply.body.toString().slice(0, 200)}`
    if (reply.status === 400 || reply.status === 413 || reply.status === 415) return { kind: 'refused', reason }
    return { kind: 'away', reason, retryAfter: reply.retryAfter ?? 0 }
  } catch (error) {
    if (error instanceof ClientError) return { kind: 'away', reason: error.message, retryAfter: 0 }
    return { kind: 'away', reason: error instanceof Error ? error.message : String(error), retryAfter: 0 }
  }
}
