import { createBell, backoffSeconds, type Clock, type Logger, type Random } from '@gridloom/kit'
import { FlowReservationRequest, makeMrid } from '@gridloom/sep2030'
import type { Outcome } from '../domain/outcome.ts'
import { isForgotten, requestOf, type Reservation, type Wish } from '../domain/reservation.ts'
import type { View } from '../domain/view.ts'
import type { Session } from '../session.ts'
import type { Journal } from '../store/journal.ts'

export type ReserveOptions = Readonly<{
  session: Session
  journal: Journal
  clock: Clock
  random: Random
  log: Logger
  pen: number
  serverNow: () => number
  view: () => View
  isTrusted: () => boolean
  /** Told when the server's answers are worth a look. */
  changed: () => void
}>

export type Reserve = Readonly<{
  ask(wish: Wish): Promise<Reservation>
  /** Undefined when there is no such reservation. */
  withdraw(mRID: string): Promise<Reservation | undefined>
  reservations(): readonly Reservation[]
  ring(): void
  run(signal: AbortSignal): Promise<void>
}>

/** Carries wishes for flows of energy to the server and takes them back; they are remembered until a day after their window. */
export function createReserve(options: ReserveOptions): Reserve {
  const { session, journal, clock, random, log, pen, serverNow, view } = options
  const bell = createBell(clock)
  let reservations = (journal.recall('reservations') as readonly Reservation[] | undefined) ?? []

  const keep = async (kept: Reservation): Promise<Reservation> => {
    const others = reservations.filter(({ mRID }) => mRID !== kept.mRID)
    reservations = [...others, kept].filter((one) => !isForgotten(one, serverNow()))
    await journal.remember({ documents: { reservations } })
    return kept
  }

  const ask = async (asking: Reservation, signal: AbortSignal): Promise<Outcome<undefined>> => {
    const list = view().self?.FlowReservationRequestListLink?.href
    if (list === undefined) return { kind: 'missing' }
    const outcome = await session.post(FlowReservationRequest, list, requestOf(asking, serverNow()), signal)
    if (outcome.kind === 'ok') {
      await keep({ ...asking, state: 'requested', ...(outcome.location !== undefined && { href: outcome.location }) })
      log.info({ mRID: asking.mRID }, 'flow requested')
    } else if (outcome.kind === 'rejected' || outcome.kind === 'conflict') {
      await keep({ ...asking, state: 'refused' })
      log.warn({ mRID: asking.mRID, outcome }, 'flow request refused')
    }
    return outcome
  }

  const takeBack = async (leaving: Reservation, signal: AbortSignal): Promise<Outcome<undefined>> => {
    if (leaving.href === undefined) {
      await keep({ ...leaving, state: 'withdrawn' })
      return done
    }
    const outcome = await session.put(FlowReservationRequest, leaving.href, requestOf(leaving, serverNow()), signal)
    if (outcome.kind !== 'ok' && outcome.kind !== 'missing' && outcome.kind !== 'rejected') return outcome
    if (outcome.kind === 'rejected') log.warn({ mRID: leaving.mRID, outcome }, 'withdrawal refused')
    await keep({ ...leaving, state: 'withdrawn' })
    return done
  }

  /** Tells the server what it does not know yet; true when it knows all. */
  const tell = async (signal: AbortSignal): Promise<boolean> => {
    const untold = reservations.filter(({ state }) => state === 'asking' || state === 'withdrawing')
    for (const one of untold) {
      const outcome = await (one.state === 'asking' ? ask(one, signal) : takeBack(one, signal))
      if (outcome.kind === 'ok') options.changed()
      else if (outcome.kind !== 'rejected' && outcome.kind !== 'conflict' && outcome.kind !== 'missing') return false
    }
    return true
  }

  return {
    reservations: () => reservations,
    ring: bell.ring,
    async ask(wish) {
      const mRID = makeMrid(pen, random.bytes(12))
      const asked = await keep({ ...wish, mRID, createdAt: serverNow(), state: 'asking' })
      bell.ring()
      return asked
    },
    async withdraw(mRID) {
      const known = reservations.find((one) => one.mRID === mRID)
      if (!known || known.state === 'withdrawn' || known.state === 'refused') return known
      const leaving = await keep({ ...known, state: 'withdrawing' })
      bell.ring()
      return leaving
    },
    async run(signal) {
      for (let failures = 0; ;) {
        const isTold = !options.isTrusted() || !view().self || (await tell(signal))
        failures = isTold ? 0 : failures + 1
        if (isTold) await bell.restUntil(Number.POSITIVE_INFINITY, signal)
        else await clock.sleep(backoffSeconds(failures, random), signal)
      }
    },
  }
}

const done: Outcome<undefined> = { kind: 'ok', value: undefined }
