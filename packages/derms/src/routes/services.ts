import {
  AuditLog,
  Delivery,
  pageOf,
  PageQuery,
  Service,
  ServiceCall,
  ServiceRequest,
  ServiceSignal,
  ServiceStatus,
  Settlement,
} from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import type { Running } from '../domain/services/running.ts'
import { statementCsv } from '../domain/settlement/statement-csv.ts'
import { deliveryOf, settlementOf, statementOf } from '../operations/statement.ts'
import type { RouteContext } from './context.ts'

const params = z.object({ id: z.string() })
const ServiceQuery = PageQuery.extend({ status: ServiceStatus.optional() })
const AuditQuery = z.object({
  after: z.coerce.number().pipe(z.int().min(0)).default(0).describe('only entries with a higher number'),
  limit: z.coerce.number().pipe(z.int().min(1).max(1000)).default(100),
  service: z.string().optional(),
})

/** Services: asked for, followed, called, cancelled, measured and settled. */
export function serviceRoutes(app: JsonApp, { desk, services, store, config, fleet, operatorOf }: RouteContext): void {
  const tags = ['services']
  const found = (id: string): Running => {
    const running = services.get(id)
    if (!running) throw new SepError('missing', `no service "${id}"`)
    return running
  }
  /** With the names that people call its devices by. */
  const view = (service: Service): Service => {
    const known = fleet.known()
    const awards = service.awards.map((award) => {
      const name = known.get(award.lfdi)?.name
      return { ...award, ...(name !== undefined && { name }) }
    })
    return { ...service, awards }
  }
  const statement = (running: Running) => {
    const known = fleet.known()
    return statementOf(running, store.intervals(running.service.id), {
      config,
      termsOf: (lfdi) => known.get(lfdi)?.terms,
      nameOf: (lfdi) => known.get(lfdi)?.name,
    })
  }

  app.get(
    '/services',
    {
      schema: {
        tags,
        summary: 'List services, newest first',
        querystring: ServiceQuery,
        response: { 200: pageOf(Service) },
      },
    },
    (request) => {
      operatorOf(request)
      const { start, limit, status } = request.query
      const all = [...services.values()].map(({ service }) => service).filter((one) => !status || one.status === status)
      return {
        all: all.length,
        items: all
          .toReversed()
          .slice(start, start + limit)
          .map(view),
      }
    },
  )
  app.post(
    '/services',
    {
      schema: {
        tags,
        summary: 'Ask for a grid service',
        description:
          'Answered once it is decided: scheduled, or refused with the reason and the best that is possible.',
        body: ServiceRequest,
        response: { 201: Service },
      },
    },
    async (request, reply) => {
      const service = await desk.request(request.body, operatorOf(request))
      return reply.code(201).header('location', `/services/${service.id}`).send(view(service))
    },
  )
  app.get(
    '/services/:id',
    { schema: { tags, summary: 'A service', params, response: { 200: Service } } },
    (request) => {
      operatorOf(request)
      return view(found(request.params.id).service)
    },
  )
  app.post(
    '/services/:id/cancel',
    { schema: { tags, summary: 'End a service; devices are on their own again', params, response: { 200: Service } } },
    async (request) => view(await desk.cancel(request.params.id, operatorOf(request))),
  )
  app.post(
    '/services/:id/call',
    { schema: { tags, summary: 'Call a reserve', params, body: ServiceCall.default({}), response: { 200: Service } } },
    async (request) => view(await desk.call(request.params.id, request.body, operatorOf(request))),
  )
  app.post(
    '/services/:id/signal',
    {
      schema: {
        tags,
        summary: 'Push the signal of a regulation, or the generation that a black start can use',
        params,
        body: ServiceSignal,
        response: { 200: Service },
      },
    },
    async (request) => view(await desk.signal(request.params.id, request.body, operatorOf(request))),
  )
  app.get(
    '/services/:id/delivery',
    { schema: { tags, summary: 'Delivered against asked, by intervals', params, response: { 200: Delivery } } },
    (request) => {
      operatorOf(request)
      const running = found(request.params.id)
      return deliveryOf(running, store.intervals(running.service.id))
    },
  )
  app.get(
    '/services/:id/settlement',
    { schema: { tags, summary: 'The statement of each DER', params, response: { 200: Settlement } } },
    (request) => {
      operatorOf(request)
      const running = found(request.params.id)
      return settlementOf(running, statement(running))
    },
  )
  app.get(
    '/services/:id/settlement.csv',
    { schema: { tags, summary: 'The same as CSV', params } },
    (request, reply) => {
      operatorOf(request)
      return reply.type('text/csv; charset=utf-8').send(statementCsv(statement(found(request.params.id))))
    },
  )
  app.get(
    '/audit',
    {
      schema: {
        tags,
        summary: 'Who did what, and what came of it; nothing is ever changed or removed',
        querystring: AuditQuery,
        response: { 200: AuditLog },
      },
    },
    (request) => {
      operatorOf(request)
      return { entries: [...store.audit(request.query)] }
    },
  )
}
