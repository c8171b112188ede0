import { LocalOrder } from '@gridloom/contracts'
import type { App } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { Dcm } from '../dcm.ts'
import { chosen, parsed } from './asked.ts'

type Named = { name: string }

/** The local orders of a device: what a market or a region asks of it. */
export function orderRoutes(app: App, dcms: readonly Dcm[]): void {
  app.get<{ Params: Named }>('/devices/:name/orders', (request) => ({
    orders: chosen(dcms, request.params.name).orders.list(),
  }))

  app.post<{ Params: Named }>('/devices/:name/orders', async (request, reply) => {
    const dcm = chosen(dcms, request.params.name)
    const order = await dcm.orders.give(parsed(LocalOrder, request.body))
    return reply.code(201).header('location', `/devices/${dcm.name}/orders/${order.mRID}`).send(order)
  })

  app.delete<{ Params: Named & { mRID: string } }>('/devices/:name/orders/:mRID', async (request) => {
    const { name, mRID } = request.params
    const withdrawn = await chosen(dcms, name).orders.withdraw(mRID.toUpperCase())
    if (!withdrawn) throw new SepError('missing', `"${name}" has no order "${mRID}"`)
    return withdrawn
  })
}
