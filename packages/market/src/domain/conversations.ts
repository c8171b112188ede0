import { refused } from './answer.ts'
import type { Conversation, Floor, Spoken, Visit } from './conversation.ts'
import { deliveringConversations } from './delivering.ts'
import { informingConversations } from './informing.ts'
import { quotingConversations } from './quoting.ts'
import { idIn } from './reply-head.ts'
import { responseOf } from './response-of.ts'
import { tradingConversations } from './trading.ts'

export const messageTypes = [
  'EiRegisterParty',
  'EiCancelRegistration',
  'EiCreateTender',
  'EiCancelTender',
  'EiRequestPosition',
  'EiCreatedTransaction',
  'EiCreateQuote',
  'EiCancelQuote',
  'EiAcceptQuote',
  'EiRejectQuote',
  'EiCreateRfq',
  'EiManageTickerSubscription',
  'EiManageMarketReferenceData',
  'EiManageSegmentReferenceData',
  'EiManageSessionData',
  'EiManageInstrumentData',
  'EiReportDelivery',
  'EiRequestDelivery',
] as const
export type MessageType = (typeof messageTypes)[number]

/** Answers messages by their type; who speaks for somebody else is refused before anything is looked at. */
export function createConversations(floor: Floor) {
  const table: Readonly<Record<MessageType, Conversation>> = {
    ...tradingConversations(floor),
    ...quotingConversations(floor),
    ...informingConversations(floor),
    ...deliveringConversations(floor),
  }

  return function converse(type: MessageType, visit: Visit, now: number): Spoken {
    const conversation = table[type]
    if (mayAsk(type, visit)) return conversation.speak(visit, now)
    const requestId = idIn(visit.message, 'requestId') ?? idIn(visit.message, 'subscriptionRequestId')
    const response = responseOf('NOT_AUTHORIZED', now, 'the certificate is not that of the party')
    const reply = {
      type: conversation.replyType,
      ...(requestId !== undefined && { inResponseTo: requestId }),
      response,
    }
    return { reply, outcome: refused('NOT_AUTHORIZED'), isRefusedByIdentity: true }
  }

  function mayAsk(type: MessageType, { peer, message, isOperator }: Visit): boolean {
    const partyId = idIn(message, 'requestorPartyId') ?? idIn(message, 'partyId')
    if (partyId === undefined) return true // malformed, or about the peer itself
    if (type === 'EiRegisterParty') return floor.parties.mayRegister(peer, partyId, floor.agent.isParty)
    return (isOperator === true && readable.has(type)) || floor.parties.maySpeak(peer, partyId)
  }
}

/** What an operator may say for others. */
const readable: ReadonlySet<MessageType> = new Set(['EiRequestPosition', 'EiReportDelivery', 'EiRequestDelivery'])
