import { CapacityProfile } from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import { newRow } from '../store/new-row.ts'
import type { AdminContext } from './context.ts'
import { groupBy } from './lookup.ts'

const params = z.object({ group: z.string().describe('number, mRID or name') })

/** What the flow reservations of a group may draw together; every change is carried to its grants. */
export function capacityRoutes(app: JsonApp, context: AdminContext): void {
  const { store, reservations } = context
  const tags = ['groups']

  app.get(
    '/groups/:group/capacity',
    { schema: { tags, summary: 'What its flow reservations may draw', params, response: { 200: CapacityProfile } } },
    async ({ params: { group } }) => {
      const { capacity } = (await groupBy(store, group)).body
      if (!capacity) throw new SepError('missing', `the group has no capacity profile: "${group}"`)
      return { steps: capacity.map((step) => ({ ...step })) }
    },
  )
  app.put(
    '/groups/:group/capacity',
    {
      schema: {
        tags,
        summary: 'Limit its flow reservations; grants that no longer fit are replaced',
        params,
        body: CapacityProfile,
        response: { 200: CapacityProfile },
      },
    },
    async ({ params: { group }, body }) => {
      const row = await groupBy(store, group)
      const steps = body.steps.map(({ start, watts, dischargeWatts }) => ({
        start,
        watts,
        ...(dischargeWatts !== undefined && { dischargeWatts }),
      }))
      await store.write([{ put: newRow('Group', row, { ...row.body, capacity: steps }) }])
      await reservations.retune(row.href)
      return body
    },
  )
  app.delete(
    '/groups/:group/capacity',
    { schema: { tags, summary: 'Lift the limit', params, response: { 204: z.null() } } },
    async ({ params: { group } }, reply) => {
      const row = await groupBy(store, group)
      const { capacity: _lifted, ...body } = row.body
      await store.write([{ put: newRow('Group', row, body) }])
      await reservations.retune(row.href)
      return reply.code(204).send(null)
    },
  )
}
