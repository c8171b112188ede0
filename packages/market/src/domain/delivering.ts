import { EiRequestDelivery, formatCtsDuration, formatCtsInstant } from '@gridloom/contracts'
import type { Conversation, Floor } from './conversation.ts'
import { headOf, idIn } from './reply-head.ts'

/** What flowed: reported, and asked for. */
export function deliveringConversations({
  metered,
}: Floor): Readonly<Record<'EiReportDelivery' | 'EiRequestDelivery', Conversation>> {
  return {
    EiReportDelivery: {
      replyType: 'EiReportedDelivery',
      speak: ({ message }, now) => {
        const outcome = metered.report(message)
        return { reply: { ...headOf('EiReportedDelivery', message, outcome, now), ...pointIn(message) }, outcome }
      },
    },
    EiRequestDelivery: {
      replyType: 'EiReplyDelivery',
      speak: ({ message, isOperator = false }, now) => {
        const { delivered, ...outcome } = metered.read(message, isOperator)
        const head = { ...headOf('EiReplyDelivery', message, outcome, now), ...pointIn(message) }
        const request = EiRequestDelivery.safeParse(message)
        if (!delivered || !request.success) return { reply: head, outcome }
        const { dtStart, duration } = request.data.boundingInterval
        const boundingInterval = { dtStart: formatCtsInstant(dtStart), duration: formatCtsDuration(duration) }
        return { reply: { ...head, boundingInterval, delivered }, outcome }
      },
    },
  }
}

function pointIn(message: unknown) {
  const measurementPointId = idIn(message, 'measurementPointId')
  return measurementPointId === undefined ? {} : { measurementPointId }
}
