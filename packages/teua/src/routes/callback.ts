import { formatCtsInstant, EiCanceledTender, EiCreateTransaction, EiRequestDelivery } from '@gridloom/contracts'
import type { App, Clock } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import type { Agent } from '../agent.ts'
import { receiptOf } from '../domain/receipt.ts'

const Message = z.discriminatedUnion('type', [
  EiCreateTransaction,
  EiCanceledTender,
  EiRequestDelivery.extend({ type: z.literal('EiRequestDelivery') }),
])

/** Where the market posts what it has to say to a party. */
export function callbackRoutes(app: App, agents: ReadonlyMap<string, Agent>, clock: Clock): void {
  app.post<{ Params: { partyId: string } }>('/callback/:partyId', async (request) => {
    const { partyId } = request.params
    const agent = agents.get(partyId)
    if (!agent) throw new SepError('missing', `there is no party "${partyId}" here`)
    const parsed = Message.safeParse(request.body)
    if (!parsed.success) throw new SepError('invalid', z.prettifyError(parsed.error))
    const message = parsed.data
    if (message.partyId !== undefined && message.partyId !== partyId) {
      throw new SepError('invalid', `a message for "${message.partyId}" came to "${partyId}"`)
    }
    switch (message.type) {
      case 'EiCreateTransaction':
        return receiptOf(message, await agent.receive(message), clock.now())
      case 'EiCanceledTender':
        await agent.ended(message.canceled.map(({ tenderId }) => tenderId))
        return {}
      case 'EiRequestDelivery':
        return delivery(agent, message, clock.now())
      default:
        return message satisfies never
    }
  })
}

function delivery(agent: Agent, message: EiRequestDelivery, now: number) {
  const { requestId, measurementPointId, boundingInterval } = message
  const { dtStart, duration } = boundingInterval
  const found = [...agent.deliveries({ from: dtStart, to: dtStart + duration })]
  const seconds = agent.reference()?.intervalSeconds ?? duration
  return {
    type: 'EiReplyDelivery',
    inResponseTo: requestId,
    measurementPointId,
    boundingInterval: { dtStart: formatCtsInstant(dtStart), duration: `PT${duration}S` },
    delivered: found.map(([start, quantity]) => ({ streamUid: Math.round((start - dtStart) / seconds), quantity })),
    response: { responseCode: 200, responseDescription: 'OK', createdDateTime: formatCtsInstant(now) },
  }
}

type EiRequestDelivery = z.infer<typeof EiRequestDelivery>
