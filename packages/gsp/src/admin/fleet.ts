import { DeviceSurvey, FleetQuery, pageOf } from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { hrefs } from '../domain/hrefs.ts'
import type { AdminContext } from './context.ts'
import { responseEntry } from './device-history.ts'
import { detailOf } from './device-view.ts'
import { powerOf } from './readings.ts'

const mostReadings = 1000
const mostResponses = 40

/** The whole fleet at a glance, for who steers it: one request for a page of devices, in place of several for each. */
export function fleetRoutes(app: JsonApp, context: AdminContext): void {
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
      const { store } = context
      const { all, rows } = await store.page({ kind: 'EndDevice', parent: hrefs.endDevices, start, limit })
      const surveys = rows.map(async (row) => {
        const told = { kind: 'Response', parent: hrefs.responses(row.href), limit: mostResponses } as const
        return {
          device: await detailOf(context, row),
          power: await powerOf(context, row, { after, limit: after === undefined ? 1 : mostReadings }),
          responses: (await store.page(told)).rows.map(responseEntry),
        }
      })
      return { all, items: await Promise.all(surveys) }
    },
  )
}
