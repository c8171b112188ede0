import { EiCanceledTender, EiCreateTransaction } from '@gridloom/contracts'
import { backoffSeconds, ClientError, createRandom, type Clock, type Logger } from '@gridloom/kit'
import { receiptOf } from '../domain/receipt.ts'
import type { MarketLink } from '../market-link.ts'
import type { AgentStore } from '../store/agent-store.ts'

export type ListenOptions = Readonly<{
  partyId: string
  market: MarketLink
  store: AgentStore
  clock: Clock
  log: Logger
  take: (message: EiCreateTransaction) => Promise<Readonly<{ recipientTransactionId: string }>>
  ended: (tenderIds: readonly string[]) => Promise<void>
}>

/** Asks the market for the messages of a party that it cannot reach, until the signal ends it. */
export function createListen({ partyId, market, store, clock, log, take, ended }: ListenOptions) {
  const random = createRandom(partyId)

  const heed = async (message: Readonly<{ type: string }>): Promise<void> => {
    if (message.type === 'EiCreateTransaction') {
      const told = EiCreateTransaction.parse(message)
      await market.receipt(receiptOf(told, await take(told), clock.now()))
    }
    if (message.type === 'EiCanceledTender') {
      await ended(EiCanceledTender.parse(message).canceled.map(({ tenderId }) => tenderId))
    }
  }

  return {
    async run(signal: AbortSignal): Promise<void> {
      let after = (store.recall('messages') as number | undefined) ?? 0
      for (let failures = 0; ;) {
        try {
          const { messages, next } = await market.messages(after, signal)
          for (const { message } of messages) await heed(message)
          if (next !== after) await store.remember('messages', next)
          after = next
          failures = 0
        } catch (error) {
          if (signal.aborted || !(error instanceof ClientError)) throw error
          if (failures === 0) log.debug({ err: error, partyId }, 'no messages')
          await clock.sleep(backoffSeconds(failures, random), signal)
          failures += 1
        }
      }
    },
  }
}
