import type { LocalOrder, MarketReference } from '@gridloom/contracts'
import { ClientError } from '@gridloom/kit'
import type { AgentOptions, Standing } from '../agent.ts'
import type { AgentConfig } from '../config.ts'
import type { Account } from '../domain/own-ledger.ts'
import { orderMrid, wattsOf } from '../domain/set-point.ts'
import { intervalAt } from '../domain/wish.ts'

export type DispatchOptions = AgentOptions &
  Readonly<{
    partyId: string
    account: Account
    standing: Standing
    follow: NonNullable<AgentConfig['dcm']>['follow']
  }>

const retrySeconds = 3

/** At each gate closure, makes the committed position a set point of the device (§9), until the signal ends it. */
export function createDispatch(options: DispatchOptions) {
  const { dcm, market, store, clock, log, meters, partyId, account, standing, follow } = options
  let given = new Map(store.recall('orders') as [number, string][] | undefined)
  const settled = new Set(given.keys())

  /** The position is final; a trade of the last second may still be on its way to us, but the market knows it. */
  const finalPosition = async (dtStart: number, { intervalSeconds }: MarketReference): Promise<number | undefined> => {
    try {
      const told = (await market.positions({ from: dtStart, to: dtStart + intervalSeconds }))?.get(dtStart)
      if (told !== undefined) return told
    } catch (error) {
      if (!(error instanceof ClientError)) throw error
    }
    const known = account.positionOf(dtStart)
    // without the market 0 may mean that nobody traded for us: then the device goes by its own lights
    return known === 0 && standing.market !== 'up' ? undefined : known
  }

  const dispatch = async (dtStart: number, reference: MarketReference): Promise<void> => {
    const position = await finalPosition(dtStart, reference)
    if (position === undefined || follow === 'none') return void settled.add(dtStart)
    const mRID = orderMrid(options.marketId, partyId, dtStart)
    const watts = wattsOf(position, reference)
    const asked =
      follow === 'target' ? { targetW: watts } : { maxExportW: Math.max(0, watts), maxImportW: Math.max(0, -watts) }
    const order: LocalOrder = {
      mRID,
      source: 'market',
      start: dtStart,
      durationSeconds: reference.intervalSeconds,
      ...asked,
    }
    await dcm?.order(order)
    settled.add(dtStart)
    given = new Map([...given, [dtStart, mRID] as const].filter(([start]) => start > dtStart - 86_400))
    await store.remember('orders', [...given])
    meters.ordered(partyId, 'given')
    log.info({ partyId, dtStart, position, watts, mRID }, 'set point given')
  }

  /** The instruments whose gate is closed and that are not over. */
  const due = (reference: MarketReference): number[] => {
    const { intervalSeconds, gateClosureSeconds } = reference
    const now = clock.now()
    const last = intervalAt(reference, now + gateClosureSeconds)
    const count = Math.round((last - intervalAt(reference, now)) / intervalSeconds) + 1
    return Array.from({ length: count }, (_, index) => last - index * intervalSeconds)
      .filter((dtStart) => !settled.has(dtStart))
      .toReversed()
  }

  return {
    /** The set points that the DCM has, by the start of their interval. */
    orders: (): ReadonlyMap<number, string> => given,
    async run(signal: AbortSignal): Promise<void> {
      for (;;) {
        const { reference } = standing
        let isMissing = !reference
        for (const dtStart of reference ? due(reference) : []) {
          try {
            if (reference) await dispatch(dtStart, reference)
          } catch (error) {
            if (signal.aborted || !(error instanceof ClientError)) throw error
            isMissing = true
            log.warn({ err: error, partyId, dtStart }, 'set point not given')
            meters.ordered(partyId, 'failed')
          }
        }
        for (const start of settled) if (start < clock.now() - 86_400) settled.delete(start)
        const next = reference ? nextGate(reference, clock.now()) : Infinity
        await clock.sleepUntil(isMissing ? Math.min(next, clock.exact() + retrySeconds) : next, signal)
      }
    },
  }
}

/** The next closure of a gate after an instant. */
function nextGate(reference: MarketReference, now: number): number {
  const { gateClosureSeconds, intervalSeconds } = reference
  return intervalAt(reference, now + gateClosureSeconds) + intervalSeconds - gateClosureSeconds
}
