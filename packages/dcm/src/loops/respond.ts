import { createBell, backoffSeconds, type Clock, type Logger, type Random } from '@gridloom/kit'
import { DERControlResponse, FlowReservationResponseResponse, type Lfdi } from '@gridloom/sep2030'
import type { Outcome } from '../domain/outcome.ts'
import type { Session } from '../session.ts'
import type { Journal, Letter } from '../store/journal.ts'

export type RespondOptions = Readonly<{
  session: Session
  journal: Journal
  lfdi: Lfdi
  clock: Clock
  random: Random
  log: Logger
  serverNow: () => number
  isTrusted: () => boolean
  /** Told of each response that the server has accepted. */
  accepted: (letter: Letter) => void
}>

export type Respond = Readonly<{ ring(): void; run(signal: AbortSignal): Promise<void> }>

type Delivery = Readonly<{ isDone: true } | { isDone: false; retryAfter?: number | undefined }>

const tooLate: Outcome<undefined> = { kind: 'rejected', status: 0, reason: 'nobody is interested any more' }

/** Sends what the journal owes: each response once, those of one event in their order, until nobody is interested. */
export function createRespond(options: RespondOptions): Respond {
  const { session, journal, lfdi, clock, random, log, serverNow } = options
  const bell = createBell(clock)

  const send = ({ kind, replyTo, ...letter }: Letter, signal: AbortSignal): Promise<Outcome<undefined>> => {
    const type = kind === 'DERControl' ? DERControlResponse : FlowReservationResponseResponse
    const { at: createdDateTime, status, subject } = letter
    return session.post(type, replyTo, { createdDateTime, endDeviceLFDI: lfdi, status, subject }, signal)
  }

  const deliver = async (signal: AbortSignal): Promise<Delivery> => {
    let delivery: Delivery = { isDone: true }
    const blocked = new Set<string>()
    for (const letter of journal.unsent()) {
      if (blocked.has(letter.subject)) continue
      const outcome: Outcome<undefined> = letter.until < serverNow() ? tooLate : await send(letter, signal)
      if (isFinal(outcome)) {
        await journal.settle(letter.id)
        if (outcome.kind === 'ok') options.accepted(letter)
        else log.warn({ mRID: letter.subject, status: letter.status, outcome }, 'response given up')
        continue
      }
      // A later response of an event never overtakes an earlier one.
      blocked.add(letter.subject)
      delivery = { isDone: false, ...(outcome.kind === 'later' && { retryAfter: outcome.seconds }) }
      if (outcome.kind === 'unreachable') break
    }
    return delivery
  }

  return {
    ring: bell.ring,
    async run(signal) {
      for (let failures = 0; ;) {
        const delivery: Delivery = options.isTrusted() ? await deliver(signal) : { isDone: true }
        failures = delivery.isDone ? 0 : failures + 1
        if (delivery.isDone) await bell.restUntil(Number.POSITIVE_INFINITY, signal)
        else await clock.sleep(delivery.retryAfter ?? backoffSeconds(failures, random), signal)
      }
    },
  }
}

/** Sent, held already, or never to be taken. */
function isFinal({ kind }: Outcome<undefined>): boolean {
  return kind === 'ok' || kind === 'conflict' || kind === 'rejected' || kind === 'missing' || kind === 'tooLarge'
}
