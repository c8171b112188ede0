import { randomUUID } from 'node:crypto'
import type { MarketReference } from '@gridloom/contracts'
import { type Bell, backoffSeconds, ClientError, createRandom } from '@gridloom/kit'
import type { AgentOptions, Standing } from '../agent.ts'
import type { Negotiation } from '../domain/negotiation.ts'
import type { TenderTerms } from '../domain/net-tender.ts'
import type { Account, Trade } from '../domain/own-ledger.ts'
import type { Strategy } from '../domain/strategies/strategy.ts'
import { intervalAt, openInstruments, type Wish } from '../domain/wish.ts'
import { createLook } from './look.ts'
import { createReconcile } from './reconcile.ts'

export type NegotiateOptions = AgentOptions &
  Readonly<{
    partyId: string
    account: Account
    negotiation: Negotiation
    bell: Bell
    standing: Standing
    book: (trade: Trade) => Promise<unknown>
    strategy: Strategy
    /** What the supervisory controller wants; it comes before what the strategy wants. */
    wished: (rules: MarketReference) => readonly Wish[]
    learn: (reference: MarketReference) => Promise<void>
    /** The words of tenders of which nobody knows whether the market has them. */
    unanswered: readonly Readonly<{ tenderId: string; body: string }>[]
  }>

// Cancel, position, tender, and once more for what traded meanwhile.
const mostSteps = 8

/** Keeps the tenders of an agent in step with its needs, and its books with the market's, until the signal ends it. */
export function createNegotiate(options: NegotiateOptions) {
  const { market, store, clock, log, meters, partyId, negotiation, account, bell, standing } = options
  const random = createRandom(partyId)
  const look = createLook(options)
  const reconcile = createReconcile(options)
  const unanswered = new Map(options.unanswered.map(({ tenderId, body }) => [tenderId, body]))
  let isConnected = false
  let differences = 0

  const connect = async (signal: AbortSignal): Promise<void> => {
    await options.learn(await market.reference(signal))
    const { reason } = await market.register({ name: options.config.name, callback: options.callback() })
    if (reason !== 'OK' && reason !== 'DUPLICATE_PARTY') {
      standing.market = 'refused'
      throw new ClientError('unavailable', `the market does not register "${partyId}": ${reason}`)
    }
    await reconcile()
    if (standing.market !== 'up') log.info({ partyId, marketId: options.marketId }, 'market reached')
    standing.market = 'up'
    isConnected = true
  }

  /** Says a tender, for the first time or again: the same words get the same answer. */
  const say = async (tenderId: string, body: string): Promise<void> => {
    const { reason } = await market.tender(body)
    unanswered.delete(tenderId)
    meters.tendered(partyId, reason)
    if (reason === 'OK') {
      negotiation.opened(tenderId)
      const isLive = negotiation.live().some((tender) => tender.tenderId === tenderId)
      if (isLive) await store.tenderIs(tenderId, 'open')
      return
    }
    log.warn({ partyId, tenderId, reason }, 'tender refused')
    negotiation.refused(tenderId)
    await store.tenderIs(tenderId, 'ended')
    if (reason === 'UNKNOWN_PARTY') throw new ClientError('unavailable', `the market does not know "${partyId}"`)
  }

  const tender = async (terms: TenderTerms, reference: MarketReference): Promise<void> => {
    const tenderId = randomUUID()
    const body = market.tenderBody({ ...terms, tenderId }, reference)
    await store.tenderSent({ ...terms, tenderId, remaining: terms.quantity, state: 'sending', body })
    negotiation.sent({ ...terms, tenderId })
    unanswered.set(tenderId, body)
    await say(tenderId, body)
  }

  const cancel = async (tenderId: string): Promise<void> => {
    negotiation.canceling(tenderId)
    try {
      const { reason } = await market.cancel(tenderId)
      // not open any more: it traded or ended meanwhile, and the position will tell
      if (reason !== 'OK' && reason !== 'TENDER_NOT_OPEN' && reason !== 'UNKNOWN_TENDER') {
        throw new ClientError('unavailable', `the market does not cancel "${tenderId}": ${reason}`)
      }
    } catch (error) {
      negotiation.uncertain(tenderId)
      throw error
    }
    negotiation.ended(tenderId)
    await store.tenderIs(tenderId, 'ended')
  }

  const askPositions = async (starts: readonly number[], { intervalSeconds }: MarketReference): Promise<void> => {
    const span = { from: Math.min(...starts), to: Math.max(...starts) + intervalSeconds }
    const positions = (await market.positions(span)) ?? new Map<number, number>()
    for (const start of starts) negotiation.knows(start, positions.get(start) ?? 0)
    differences = [...positions].filter(([start, position]) => account.positionOf(start) !== position).length
    if (differences > 0) await reconcile()
  }

  const pass = async (): Promise<void> => {
    const { reference } = standing
    if (!reference) return
    for (const [tenderId, body] of unanswered) await say(tenderId, body)
    negotiation.forget(intervalAt(reference, clock.now()))
    const tradeable = new Set(openInstruments(reference, clock.now(), options.horizonIntervals))
    const wished = options.wished(reference)
    const own = options.strategy(await look(reference))
    const wishes = [...new Map([...own, ...wished].map((wish) => [wish.dtStart, wish])).values()]
    const inSight = wishes.filter(({ dtStart }) => tradeable.has(dtStart))
    for (let steps = 0; steps < mostSteps; steps += 1) {
      const next = negotiation.step(inSight, reference, clock.now())
      if (next.cancel.length + next.tender.length + next.ask.length === 0) return
      for (const tenderId of next.cancel) await cancel(tenderId)
      if (next.ask.length > 0) await askPositions(next.ask, reference)
      for (const terms of next.tender) await tender(terms, reference)
    }
  }

  const tell = (): void => {
    const { reference } = standing
    const running = reference
      ? account.positionOf(intervalAt(reference, clock.now())) * 10 ** reference.quantityScale
      : 0
    meters.stands(partyId, { positionWh: running, isUp: standing.market === 'up', differences })
  }

  return {
    async run(signal: AbortSignal): Promise<void> {
      for (let failures = 0; ;) {
        try {
          if (!isConnected) await connect(signal)
          await pass()
          failures = 0
        } catch (error) {
          if (signal.aborted || !(error instanceof ClientError)) throw error
          if (failures === 0) log.warn({ err: error, partyId }, 'market away')
          if (standing.market === 'up') standing.market = 'away'
          isConnected = false
          failures += 1
        }
        tell()
        const wait = failures > 0 ? backoffSeconds(failures - 1, random) : options.planSeconds
        await bell.rest(wait, signal)
      }
    },
  }
}
