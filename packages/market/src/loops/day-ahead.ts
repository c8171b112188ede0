import { readFile } from 'node:fs/promises'
import { EiCreatedTender, formatCtsDuration, formatCtsInstant } from '@gridloom/contracts'
import type { Clock, Logger } from '@gridloom/kit'
import type { DayAheadConfig } from '../config.ts'
import { planDayAhead, type Standing, type WholesaleTender } from '../domain/day-ahead.ts'
import { parseFeed } from '../domain/price-feed.ts'
import type { Market } from '../market.ts'

type Deps = Readonly<{ market: Market; adapter: DayAheadConfig; clock: Clock; log: Logger }>

/** Makes the prices of another market tenders of this one: a party like every other, by the same door. */
export async function followDayAhead({ market, adapter, clock, log }: Deps, signal: AbortSignal): Promise<void> {
  const { partyId, feed, readSeconds } = adapter
  const peer = `adapter:${partyId}`
  const say = async (message: object): Promise<unknown> => {
    const { reply, release } = await market.submit(peer, JSON.stringify(message))
    release?.()
    return JSON.parse(reply)
  }
  if (!market.desk.agent.isParty(partyId)) await say({ type: 'EiRegisterParty', requestId: 'register', partyId })

  let isRead = true
  for (;;) {
    await takeMessages(market, partyId)
    try {
      const prices = parseFeed(await textOf(feed, signal))
      const standingOf = (dtStart: number): Standing => standing(market, partyId, dtStart)
      const plan = planDayAhead(market.desk.market, adapter, { prices, now: clock.now(), standingOf })
      const head = { partyId, counterPartyId: market.desk.market.marketPartyId, marketId: market.id }
      for (const tenderId of plan.cancel) {
        await say({ type: 'EiCancelTender', requestId: `c-${tenderId}`, ...head, tenderId })
      }
      for (const tender of plan.tender) {
        const reply = EiCreatedTender.safeParse(await say(tenderMessage(head, tender, market)))
        if (reply.data?.response.responseCode !== 200) log.warn({ partyId, tender }, 'wholesale tender refused')
      }
      isRead = true
      if (plan.tender.length > 0) log.info({ partyId, tenders: plan.tender.length }, 'wholesale prices tendered')
    } catch (err) {
      if (signal.aborted) return
      if (isRead) log.warn({ err, feed }, 'price feed not read, tenders left as they are')
      isRead = false
    }
    try {
      await clock.sleep(readSeconds, signal)
    } catch (error) {
      if (signal.aborted) return
      throw error
    }
  }
}

/** Nobody calls an adapter back: it lives beside its market, which has told it by the time it looks. */
async function takeMessages({ outbox, acknowledge }: Market, partyId: string): Promise<void> {
  const waiting = outbox.waiting(partyId, 0, Infinity)
  await Promise.all(waiting.map(({ number }) => acknowledge({ partyId, number })))
}

function tenderMessage(head: object, { side, dtStart, price, quantity }: WholesaleTender, market: Market) {
  // no earlier message of this party has had this number
  const number = market.steps() + 1
  const duration = formatCtsDuration(market.desk.market.intervalSeconds)
  const tenderDetail = { kind: 'INTERVAL', interval: { dtStart: formatCtsInstant(dtStart), duration }, price, quantity }
  return {
    type: 'EiCreateTender',
    requestId: `t-${number}`,
    ...head,
    tender: { tenderId: `w${number}`, side, tenderDetail },
  }
}

function standing({ desk }: Market, partyId: string, dtStart: number): Standing {
  const { bids, asks } = desk.agent.book(dtStart)
  return {
    position: desk.agent.ledger.positionOf(partyId, dtStart),
    open: [...bids, ...asks]
      .filter((tender) => tender.partyId === partyId)
      .map(({ tenderId, side, price, remaining: quantity }) => ({ tenderId, side, dtStart, price, quantity })),
  }
}

async function textOf(feed: string, signal: AbortSignal): Promise<string> {
  if (!/^https?:/.test(feed)) return readFile(feed, 'utf8')
  const answer = await fetch(feed, { signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]) })
  if (!answer.ok) throw new Error(`the price feed answered ${answer.status}`)
  return answer.text()
}
