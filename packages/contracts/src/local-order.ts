import { z } from 'zod'
import { MridText } from './gsp-admin/common.ts'

const seconds = z.int().nonnegative()
const watts = z.number().nonnegative().optional()

/** What a market or a region asks of a device for a while: below all that the utility asks, above what it does by itself. */
export const LocalOrder = z
  .strictObject({
    mRID: MridText.describe('chosen by the sender: a repeat changes nothing'),
    source: z.enum(['market', 'region']),
    start: seconds.describe('seconds since 1970 by the clock of the device’s server'),
    durationSeconds: seconds.min(1),
    targetW: z.number().optional().describe('active power, above zero exports'),
    maxExportW: watts,
    maxImportW: watts,
  })
  .refine((order) => (order.targetW ?? order.maxExportW ?? order.maxImportW) !== undefined, {
    message: 'asks for nothing: give targetW, maxExportW or maxImportW',
    path: ['targetW'],
  })

/** A local order as the device keeps it. */
export const KeptOrder = LocalOrder.safeExtend({ state: z.enum(['scheduled', 'active', 'completed', 'withdrawn']) })
export const KeptOrders = z.strictObject({ orders: z.array(KeptOrder) })

/** What the meter of a device counted from `start` to `end`. */
export const MeteredEnergy = z.strictObject({
  start: seconds,
  end: seconds,
  deliveredWh: z.number(),
  receivedWh: z.number(),
  netWh: z.number().describe('delivered less received: above zero was exported'),
  coveredSeconds: z.number().describe('how much of the time was metered: all of it, unless the process was down'),
})

export type LocalOrder = z.infer<typeof LocalOrder>
export type KeptOrder = z.infer<typeof KeptOrder>
export type MeteredEnergy = z.infer<typeof MeteredEnergy>
