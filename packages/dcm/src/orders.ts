import type { KeptOrder, LocalOrder } from '@gridloom/contracts'
import type { Logger } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { isDeepStrictEqual } from 'node:util'
import { nextTurn, runningAt, stateAt } from './domain/local-orders.ts'
import type { Journal } from './store/journal.ts'

/** The local orders of one device, from the market or a region: this is all that who gives orders in process needs. */
export type Orders = Readonly<{
  /** Takes an order once it is on the disk; a repeat gets what is known, other words under the same mRID are a conflict. */
  give(order: LocalOrder): Promise<KeptOrder>
  /** Ends an order before its time; undefined when there is none with that mRID. */
  withdraw(mRID: string): Promise<KeptOrder | undefined>
  list(): readonly KeptOrder[]
  /** The orders that run now: those of the market first, then the one that began last. */
  running(): readonly LocalOrder[]
  /** The server's second at which the next order begins or ends. */
  nextTurn(): number
}>

export type OrdersOptions = Readonly<{
  journal: Journal
  log: Logger
  serverNow: () => number
  /** Told when there is something else to follow. */
  changed: () => void
}>

// An order that is over is still listed for a day: its sender may repeat it.
const shownSeconds = 86_400

export function createOrders({ journal, log, serverNow, changed }: OrdersOptions): Orders {
  let orders = (journal.recall('orders') as readonly KeptOrder[] | undefined) ?? []
  const shown = (order: KeptOrder): KeptOrder => ({ ...order, state: stateAt(order, serverNow()) })

  let written: Promise<void> = Promise.resolve()
  const keep = async (kept: KeptOrder): Promise<KeptOrder> => {
    const since = serverNow() - shownSeconds
    const others = orders.filter(({ mRID, start, durationSeconds }) => {
      return mRID !== kept.mRID && start + durationSeconds > since
    })
    orders = [...others, kept]
    written = journal.remember({ documents: { orders } })
    await written
    changed()
    return shown(kept)
  }

  return {
    async give(order) {
      const known = orders.find(({ mRID }) => mRID === order.mRID)
      if (!known) {
        const { mRID, source, start, targetW } = order
        log.info({ mRID, source, start, targetW }, 'local order taken')
        return keep({ ...order, state: 'scheduled' })
      }
      // a repeat that overtakes the first is no less on the disk when it is answered
      await written
      const { state: _, ...words } = known
      if (isDeepStrictEqual(words, order)) return shown(known)
      throw new SepError('conflict', `there is another order with the mRID "${order.mRID}"`)
    },
    async withdraw(mRID) {
      const known = orders.find((order) => order.mRID === mRID)
      if (!known || stateAt(known, serverNow()) === 'completed') return known && shown(known)
      log.info({ mRID, source: known.source }, 'local order withdrawn')
      return keep({ ...known, state: 'withdrawn' })
    },
    list: () => orders.map(shown),
    running: () => runningAt(orders, serverNow()),
    nextTurn: () => nextTurn(orders, serverNow()),
  }
}
