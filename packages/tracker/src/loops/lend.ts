import type { GuestConsumer, TakeoverAnswer, TakeoverAsk } from '@gridloom/contracts'
import { ClientError, type Logger } from '@gridloom/kit'
import type { Region } from '../region.ts'

/** A region next door, in this process or another. */
export type Neighbour = Readonly<{
  region: number
  takeover(ask: TakeoverAsk, signal: AbortSignal): Promise<TakeoverAnswer>
}>

export type LendOptions = Readonly<{
  region: Region
  neighbours: readonly Neighbour[]
  /** Who starves at home. */
  wanting: readonly GuestConsumer[]
  leaseSeconds: number
  log: Logger
}>

/**
 * Asks one neighbour after the other to feed whom this region cannot, and takes back whom it can feed again. A consumer is never
 * fed on both sides: whom a neighbour may have taken in without an answer that says so stays away for as long as a lease could last.
 */
export async function lendAmong(
  { region, neighbours, wanting, leaseSeconds, log }: LendOptions,
  signal: AbortSignal,
): Promise<void> {
  const { lending } = region
  let left = wanting
  for (const neighbour of neighbours.toSorted((a, b) => rankOf(a, lending) - rankOf(b, lending))) {
    const now = region.summary().at
    const away = region.asGuests(lending.lentTo(neighbour.region, now))
    const isBack = wanting.length === 0 && away.length > 0 && totalKw(away) <= region.spareKw()
    const consumers = isBack ? [] : [...away, ...left]
    // the first call since the start lets go whom the neighbour may still have, even if it names nobody
    const before = lending.calls.get(neighbour.region)
    if (consumers.length === 0 && !isBack && before !== undefined) continue
    const returned = isBack ? away.map(({ id }) => id) : []
    const offered = left.map(({ id }) => id)
    lending.offer(neighbour.region, offered, now + leaseSeconds)
    try {
      const ask = { from: region.number, epoch: region.epoch, consumers: [...consumers], returned }
      const answer = await neighbour.takeover(ask, signal)
      // only now that the neighbour has let them go may they be fed here: nobody hangs on two trees
      if (isBack) lending.takeBack(returned)
      const asked = consumers.map(({ id }) => id)
      lending.lend(neighbour.region, asked, answer)
      lending.calls.set(neighbour.region, 'answered')
      const accepted = new Set(answer.accepted.map(({ id }) => id))
      left = left.filter(({ id }) => !accepted.has(id))
    } catch (err) {
      if (signal.aborted) return
      lending.calls.set(neighbour.region, 'silent')
      const isUnheard = err instanceof ClientError && err.code === 'refused'
      if (isUnheard) lending.takeBack(offered)
      else {
        // the answer comes late, if it comes: its lease would last from then on
        lending.offer(neighbour.region, offered, region.summary().at + leaseSeconds)
        left = []
      }
      log[before === 'silent' ? 'debug' : 'warn'](
        { err, region: region.number, neighbour: neighbour.region },
        'neighbour not reached',
      )
    }
  }
}

/** Whoever left the last call unanswered is asked last. */
function rankOf({ region }: Neighbour, { calls }: Region['lending']): number {
  return Number(calls.get(region) === 'silent')
}

function totalKw(consumers: readonly GuestConsumer[]): number {
  return consumers.reduce((sum, { kw }) => sum + kw, 0)
}
