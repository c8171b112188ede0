import {
  EiCreatedTransaction,
  EiRegisterParty,
  EiRequestPosition,
  formatCtsDuration,
  formatCtsInstant,
} from '@gridloom/contracts'
import { accepted, type Outcome, refused } from './answer.ts'
import type { Conversation, Floor, Visit } from './conversation.ts'
import { wholeIntervals } from './instrument.ts'
import { canceledLine, canceledMessage } from './messages-of.ts'
import { headOf, idIn } from './reply-head.ts'

type TradingType =
  | 'EiRegisterParty'
  | 'EiCancelRegistration'
  | 'EiCreateTender'
  | 'EiCancelTender'
  | 'EiRequestPosition'
  | 'EiCreatedTransaction'

/** Registration, tenders, cancels, positions and receipts. */
export function tradingConversations({ market, agent, parties }: Floor): Readonly<Record<TradingType, Conversation>> {
  function register({ peer, message }: Visit, now: number) {
    const request = EiRegisterParty.safeParse(message)
    const outcome = request.success ? agent.registerParty(message) : refused('MALFORMED')
    const head = headOf('EiRegisteredParty', message, outcome, now)
    if (!request.success || outcome.answer.reason !== 'OK') return { reply: head, outcome }
    const { partyId, partyName: name, callback, lfdi } = request.data
    // the number of the registration, counted with those before it
    const registrationId = `${market.marketId}-${parties.all().length + 1}`
    parties.bind({ partyId, peer, registrationId, name, callback, callbackLfdi: lfdi?.toUpperCase() ?? peer })
    return { reply: { ...head, partyId, registrationId }, outcome }
  }

  function leave({ message }: Visit, now: number) {
    const outcome = agent.cancelRegistration(message, now)
    const partyId = idIn(message, 'partyId')
    const posted = outcome.events.flatMap((event) =>
      event.kind === 'CANCELED' ? [canceledMessage(event, { market, now })] : [],
    )
    return { reply: { ...headOf('EiCanceledRegistration', message, outcome, now), partyId }, outcome, posted }
  }

  function tender({ message, terms, termsDetail }: Visit, now: number) {
    const outcome = agent.createTender(message, now, terms)
    const { answer } = outcome
    const result = answer.result && 'marketOrders' in answer.result ? answer.result.marketOrders : []
    const detail = ['NOT_AUTHORIZED', 'INVALID_QUANTITY'].includes(answer.reason) ? termsDetail : undefined
    const reply = {
      ...headOf('EiCreatedTender', message, outcome, now, detail),
      ...betweenParties(message),
      ...tenderIdIn(message),
      marketOrders: result.map(([tenderId, marketOrderId]) => ({ tenderId, marketOrderId })),
    }
    return { reply, outcome }
  }

  function cancel({ message }: Visit, now: number) {
    const outcome = agent.cancelTender(message, now)
    const canceled = outcome.events.flatMap((event) => (event.kind === 'CANCELED' ? [canceledLine(event)] : []))
    const reply = { ...headOf('EiCanceledTender', message, outcome, now), ...betweenParties(message), canceled }
    return { reply, outcome }
  }

  function position({ message }: Visit, now: number) {
    const outcome = agent.requestPosition(message)
    const request = EiRequestPosition.safeParse(message)
    const head = headOf('EiReplyPosition', message, outcome, now)
    const { result } = outcome.answer
    if (!request.success || !result || !('quantities' in result)) return { reply: head, outcome }
    const { partyId, requestorPartyId = partyId, boundingInterval } = request.data
    const [first = boundingInterval.dtStart] = wholeIntervals(market, { ...boundingInterval })
    const reply = {
      ...head,
      partyId,
      requestorPartyId,
      boundingInterval: {
        dtStart: formatCtsInstant(boundingInterval.dtStart),
        duration: formatCtsDuration(boundingInterval.duration),
      },
      positions: {
        streamStart: formatCtsInstant(first),
        intervalDuration: formatCtsDuration(market.intervalSeconds),
        intervals: result.quantities.map((quantity, streamUid) => ({ streamUid, quantity })),
      },
    }
    return { reply, outcome }
  }

  /** A receipt changes nothing: the trade was committed when it was made. */
  function receive({ message, isKnownTransaction }: Visit, now: number) {
    const receipt = EiCreatedTransaction.safeParse(message)
    const outcome: Outcome = !receipt.success
      ? refused('MALFORMED')
      : isKnownTransaction
        ? accepted()
        : refused('UNKNOWN_TRANSACTION')
    return { reply: headOf('EiAcknowledged', message, outcome, now), outcome }
  }

  function betweenParties(message: unknown) {
    const partyId = idIn(message, 'partyId')
    return { ...(partyId !== undefined && { partyId }), counterPartyId: market.marketPartyId }
  }

  return {
    EiRegisterParty: { replyType: 'EiRegisteredParty', speak: register },
    EiCancelRegistration: { replyType: 'EiCanceledRegistration', speak: leave },
    EiCreateTender: { replyType: 'EiCreatedTender', speak: tender },
    EiCancelTender: { replyType: 'EiCanceledTender', speak: cancel },
    EiRequestPosition: { replyType: 'EiReplyPosition', speak: position },
    EiCreatedTransaction: { replyType: 'EiAcknowledged', speak: receive },
  }
}

function tenderIdIn(message: unknown) {
  const tender = typeof message === 'object' && message !== null ? Reflect.get(message, 'tender') : undefined
  const tenderId = idIn(tender, 'tenderId')
  return tenderId === undefined ? {} : { tenderId }
}
