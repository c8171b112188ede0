import {
  ctsResponseCodeOf,
  type EiCanceledTender,
  type EiCreateTransaction,
  formatCtsDuration,
  formatCtsInstant,
  type MarketReference,
} from '@gridloom/contracts'
import type { z } from 'zod'
import type { LedgerEntry } from './ledger.ts'
import type { AuctionFill, Canceled, MarketEvent, Transaction } from './market-module.ts'
import type { Side } from './tender.ts'

/** A message that the market has for a party, to be delivered until it is acknowledged. */
export type Posted = Readonly<{
  partyId: string
  message: Readonly<{ type: string; requestId?: string }> & Readonly<Record<string, unknown>>
}>

type Told = Readonly<{ market: MarketReference; now: number }>

/** What the parties are told of the events of a step: trades, and the ends of tenders that nobody asked for. */
export function messagesOf(
  events: readonly MarketEvent[],
  entries: readonly LedgerEntry[],
  told: Told,
): readonly Posted[] {
  let entry = 0
  return events.flatMap((event): readonly Posted[] => {
    switch (event.kind) {
      case 'TRANSACTION':
        entry += 2
        return tradeMessages(event, told)
      case 'AUCTION_FILL':
        entry += 1
        return [fillMessage(event, entries[entry - 1]?.seq ?? 0, told)]
      case 'CANCELED':
        return event.reason === 'REQUESTED' ? [] : [canceledMessage(event, told)]
      case 'CLEAR':
        return []
      default:
        return event satisfies never
    }
  })
}

/** The owner of the resting tender hears first. */
function tradeMessages(event: Transaction, told: Told): readonly Posted[] {
  const sides: readonly Side[] = event.aggressor === 'BUY' ? ['SELL', 'BUY'] : ['BUY', 'SELL']
  return sides.map((side) => {
    const [[partyId, tenderId], [counterPartyId]] = side === 'BUY' ? [event.buy, event.sell] : [event.sell, event.buy]
    return createTransaction({ ...event, partyId, counterPartyId, tenderId, side, id: String(event.match) }, told)
  })
}

/** One clearing has many fills: the ledger's number tells them apart. */
function fillMessage(event: AuctionFill, seq: number, told: Told): Posted {
  const { clearing: match } = event
  return createTransaction({ ...event, match, counterPartyId: told.market.marketPartyId, id: `${match}.${seq}` }, told)
}

type Trade = Readonly<{ partyId: string; counterPartyId: string; tenderId: string; side: Side; id: string }> &
  Pick<Transaction, 'match' | 'dtStart' | 'price' | 'quantity'>

function createTransaction(trade: Trade, { market, now }: Told): Posted {
  const { partyId, counterPartyId, tenderId, side, id, match, price, quantity } = trade
  const message: z.input<typeof EiCreateTransaction> = {
    type: 'EiCreateTransaction',
    requestId: `m-${id}-${side === 'BUY' ? 'B' : 'S'}`,
    partyId,
    counterPartyId,
    transaction: {
      marketTransactionId: transactionIdOf(market, id),
      match,
      tenderId,
      side,
      interval: { dtStart: formatCtsInstant(trade.dtStart), duration: formatCtsDuration(market.intervalSeconds) },
      price,
      quantity,
      resourceDesignator: 'ENERGY',
      executedAt: formatCtsInstant(now),
    },
  }
  return { partyId, message }
}

export function canceledMessage(event: Canceled, { market, now }: Told): Posted {
  const message: z.input<typeof EiCanceledTender> = {
    type: 'EiCanceledTender',
    partyId: event.partyId,
    counterPartyId: market.marketPartyId,
    canceled: [canceledLine(event)],
    response: okAt(now),
  }
  return { partyId: event.partyId, message }
}

/** On the wire everything that nobody asked for is SUPERVISORY; the detail says what it was. */
export function canceledLine({ tenderId, order, quantity, reason }: Canceled) {
  return {
    tenderId,
    marketOrderId: order,
    remainingQuantity: quantity,
    success: true,
    cancelReason: reason === 'REQUESTED' ? 'REQUESTED' : 'SUPERVISORY',
    cancelDetail: reason,
  } as const
}

function okAt(now: number) {
  return { responseCode: ctsResponseCodeOf.OK, responseDescription: 'OK', createdDateTime: formatCtsInstant(now) }
}

/** Unique in the market, and over markets whose ids differ. */
export function transactionIdOf({ marketId }: MarketReference, id: string): string {
  return `${marketId}:${id}`
}
