import {
  ControllerView,
  DirectSchedule,
  NewSchedule,
  ScheduleForecast,
  ScheduleParameters,
  ScheduleView,
} from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { z } from 'zod'
import type { Parameters } from '../domain/enabling.ts'
import { SchedulingError } from '../domain/scheduling-error.ts'
import { quantityParams, type RouteContext, scheduleParams } from './context.ts'

const mostForecastSeconds = 366 * 86_400
const instant = z.union([
  z.coerce.number().int().nonnegative(),
  z.iso.datetime({ offset: true }).transform((text) => Math.floor(Date.parse(text) / 1000)),
])
const span = z
  .object({ from: instant.optional(), to: instant.optional() })
  .describe('seconds since 1970 or ISO 8601; the next 24 hours when absent')

const Field = ScheduleParameters.partial()
  .strict()
  .refine((change) => Object.keys(change).length === 1, 'one field at a time')

/** Schedules and their controllers (scheduling.md §6). */
export function scheduleRoutes(app: JsonApp, { scheduling, callerOf }: RouteContext): void {
  const tags = ['schedules']
  const base = '/scheduling/devices/:device/:quantity'
  const one = `${base}/schedules/:id`
  const view = { params: scheduleParams, response: { 200: ScheduleView } }

  app.get(
    `${base}/controller`,
    { schema: { tags, summary: 'Which schedule decides', params: quantityParams, response: { 200: ControllerView } } },
    ({ params: { device, quantity } }) => scheduling.controller(device, quantity),
  )
  app.get(
    `${base}/schedules`,
    {
      schema: {
        tags,
        summary: 'All schedules of a quantity',
        params: quantityParams,
        response: { 200: z.strictObject({ schedules: z.array(ScheduleView) }) },
      },
    },
    ({ params: { device, quantity } }) => ({ schedules: [...scheduling.views(device, quantity)] }),
  )
  app.get(one, { schema: { tags, summary: 'A schedule', ...view } }, ({ params }) => scheduling.view(params))
  app.put(
    one,
    { schema: { tags, summary: 'Replace the parameters of a schedule', ...view, body: NewSchedule } },
    (request) => scheduling.replace(request.params, request.body, callerOf(request)),
  )
  app.patch(one, { schema: { tags, summary: 'Change one field', ...view, body: Field } }, (request) =>
    scheduling.patch(request.params, request.body as Partial<Parameters>, callerOf(request)),
  )
  app.post(`${one}/validate`, { schema: { tags, summary: 'Whether it could be enabled', ...view } }, ({ params }) =>
    scheduling.validate(params),
  )
  app.post(`${one}/enable`, { schema: { tags, summary: 'EnaReq', ...view } }, (request) =>
    scheduling.enable(request.params, callerOf(request)),
  )
  app.post(`${one}/disable`, { schema: { tags, summary: 'DsaReq', ...view } }, (request) =>
    scheduling.disable(request.params, callerOf(request)),
  )
  app.post(
    `${base}/direct`,
    {
      schema: {
        tags,
        summary: 'A schedule of one entry that starts now, in a free slot of the caller',
        params: quantityParams,
        body: DirectSchedule,
        response: { 200: ScheduleView },
      },
    },
    (request) => {
      const { device, quantity } = request.params
      return scheduling.direct(device, quantity, request.body, callerOf(request))
    },
  )
  app.get(
    `${base}/forecast`,
    {
      schema: {
        tags,
        summary: 'The changes of value to come',
        params: quantityParams,
        querystring: span,
        response: { 200: ScheduleForecast },
      },
    },
    ({ params: { device, quantity }, query }) => {
      const from = query.from ?? scheduling.now()
      const to = query.to ?? from + 86_400
      if (to <= from) throw new SchedulingError('invalid', 'ends before it begins', { path: 'to' })
      if (to - from > mostForecastSeconds) throw new SchedulingError('invalid', 'is longer than a year', { path: 'to' })
      return scheduling.forecast(device, quantity, { from, to })
    },
  )
}
