import { DeviceSurvey, FleetQuery, pageOf } from '@gridloom/contracts'
import { hrefs } from '../domain/hrefs.ts'
import type { AdminApp, AdminContext } from './context.ts'
import { detailOf } from './device-view.ts'
import { powerOf } from './readings.ts'

const mostReadings = 1000

/** The whole fleet at a glance, for who steers it: one request for a page of devices, in place of several for each. */
export function fleetRoutes(app: AdminApp, context: AdminContext): void {
  app.get(
    '/fleet',
    {
      schema: {
        tags: ['devices'],
        summary: 'Devices with all that they reported and the newest readings of their active power',
        querystring: FleetQuery,
        response: { 200: pageOf(DeviceSurvey) },
      },
    },
    async ({ query: { start, limit, after } }) => {
      const { all, rows } = await context.store.page({ kind: 'EndDevice', parent: hrefs.endDevices, start, limit })
      const surveys = rows.map(async (row) => ({
        device: await detailOf(context, row),
        power: await powerOf(context, row, { after, limit: after === undefined ? 1 : mostReadings }),
      }))
      return { all, items: await Promise.all(surveys) }
    },
  )
}
