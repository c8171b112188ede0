import { formatCtsInstant, type EiCreateTransaction } from '@gridloom/contracts'

/** The receipt for a trade: whoever gets it told twice has it told once. */
export function receiptOf(
  { requestId, partyId, counterPartyId, transaction }: EiCreateTransaction,
  { recipientTransactionId }: Readonly<{ recipientTransactionId: string }>,
  now: number,
) {
  return {
    type: 'EiCreatedTransaction',
    inResponseTo: requestId,
    partyId,
    counterPartyId,
    marketTransactionId: transaction.marketTransactionId,
    recipientTransactionId,
    response: { responseCode: 200, responseDescription: 'OK', createdDateTime: formatCtsInstant(now) },
  }
}
