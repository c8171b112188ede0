import type { MarketReference } from '@gridloom/contracts'
import { ClientError } from '@gridloom/kit'
import type { AgentOptions, Standing } from '../agent.ts'
import type { Account } from '../domain/own-ledger.ts'
import { intervalAt } from '../domain/wish.ts'

export type SettleOptions = AgentOptions &
  Readonly<{ partyId: string; account: Account; standing: Standing; measurementPointId: string }>

// The DCM reads its device once a tick; after that much it has seen the end of the interval or lost the device.
const patienceSeconds = 60
const graceSeconds = 2
const retrySeconds = 5
// For so long a DCM keeps what it metered.
const keptSeconds = 2 * 86_400

/** After each interval asks the DCM what flowed and reports it to the market, until the signal ends it. */
export function createSettle(options: SettleOptions) {
  const { dcm, market, store, clock, log, meters, partyId, account, standing, measurementPointId } = options
  let metered = store.recall('metered') as number | undefined

  /** False when it is too early to tell. */
  const meter = async (dtStart: number, { intervalSeconds, quantityScale }: MarketReference): Promise<boolean> => {
    const end = dtStart + intervalSeconds
    const energy = await dcm?.energy(dtStart, end)
    if (!energy) return true
    const isWhole = energy.coveredSeconds >= intervalSeconds - 0.5
    if (!isWhole && clock.now() < end + patienceSeconds) return false
    if (energy.coveredSeconds === 0) {
      log.warn({ partyId, dtStart }, 'interval not metered')
      return true
    }
    const quantity = Math.round(-energy.netWh / 10 ** quantityScale)
    await store.deliver({ dtStart, quantity, isReported: false })
    const imbalance = quantity - account.positionOf(dtStart)
    meters.delivered(partyId, imbalance * 10 ** quantityScale)
    log.info({ partyId, dtStart, quantity, imbalance }, 'interval delivered')
    return true
  }

  const report = async ({ intervalSeconds: seconds }: MarketReference): Promise<void> => {
    const waiting = store.deliveries(clock.now() - keptSeconds, clock.now()).filter(({ isReported }) => !isReported)
    for (const { dtStart, quantity } of waiting) {
      const { reason } = await market.report({ measurementPointId, dtStart, seconds, quantity })
      if (reason !== 'OK') log.warn({ partyId, dtStart, reason }, 'delivery refused')
      await store.deliver({ dtStart, quantity, isReported: true })
    }
  }

  /** Works through what is over; true when nothing is left to do. */
  const pass = async (reference: MarketReference): Promise<boolean> => {
    const { intervalSeconds } = reference
    const running = intervalAt(reference, clock.now() - graceSeconds)
    const first = Math.max(metered ?? running, running - keptSeconds)
    metered ??= first
    for (let dtStart = first; dtStart < running; dtStart += intervalSeconds) {
      if (!(await meter(dtStart, reference))) return false
      metered = dtStart + intervalSeconds
      await store.remember('metered', metered)
    }
    await report(reference)
    return true
  }

  return {
    async run(signal: AbortSignal): Promise<void> {
      for (;;) {
        const { reference } = standing
        let isDone = false
        try {
          isDone = reference !== undefined && (await pass(reference))
        } catch (error) {
          if (signal.aborted || !(error instanceof ClientError)) throw error
          log.warn({ err: error, partyId }, 'delivery not settled')
        }
        const soon = clock.exact() + retrySeconds
        const end = reference ? intervalAt(reference, clock.now() - graceSeconds) + reference.intervalSeconds : soon
        await clock.sleepUntil(isDone ? end + graceSeconds : soon, signal)
      }
    },
  }
}
