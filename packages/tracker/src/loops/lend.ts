import type { GuestConsumer, TakeoverAnswer, TakeoverAsk } from '@gridloom/contracts'
import type { Logger } from '@gridloom/kit'
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
  log: Logger
}>

/** Asks one neighbour after the other to feed whom this region cannot, and takes back whom it can feed again. */
export async function lendAmong({ region, neighbours, wanting, log }: LendOptions, signal: AbortSignal): Promise<void> {
  let left = wanting
  for (const neighbour of neighbours) {
    const now = region.summary().at
    const away = region.asGuests(region.lending.lentTo(neighbour.region, now))
    const isBack = wanting.length === 0 && away.length > 0 && totalKw(away) <= region.spareKw()
    const consumers = isBack ? [] : [...away, ...left]
    if (consumers.length === 0 && !isBack) continue
    const returned = isBack ? away.map(({ id }) => id) : []
    try {
      const ask = { from: region.number, epoch: region.epoch, consumers: [...consumers], returned }
      const answer = await neighbour.takeover(ask, signal)
      // only now that the neighbour has let them go may they be fed here: nobody hangs on two trees
      if (isBack) region.lending.takeBack(returned)
      // who was fed at home while the neighbour thought stays there
      const apart = consumers.map(({ id }) => id).filter((id) => !region.isFed(id))
      region.lending.lend(neighbour.region, apart, answer)
      const accepted = new Set(answer.accepted.map(({ id }) => id))
      left = left.filter(({ id }) => !accepted.has(id))
    } catch (err) {
      if (signal.aborted) return
      log.warn({ err, region: region.number, neighbour: neighbour.region }, 'neighbour not reached')
    }
  }
}

function totalKw(consumers: readonly GuestConsumer[]): number {
  return consumers.reduce((sum, { kw }) => sum + kw, 0)
}
