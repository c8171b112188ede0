import { HeldAnswer, HeldQuestion, MappedEvents } from '@gridloom/contracts'
import { peerLfdi, type JsonApp } from '@gridloom/kit'
import { z } from 'zod'
import { SchedulingError } from '../domain/scheduling-error.ts'
import { refusalsOf } from '../domain/held.ts'
import { deviceParams, type RouteContext } from './context.ts'

const AuditEntries = z.strictObject({
  entries: z.array(
    z.looseObject({
      at: z.number(),
      actor: z.string(),
      action: z.string(),
      subject: z.string(),
      outcome: z.string(),
    }),
  ),
})

// a device may need a moment to take what it is told
const heldSeconds = 5
const aheadSeconds = 2

/** The service itself: its configuration, its audit log, its signals, and what it does for IEEE 2030.5. */
export function serviceRoutes(app: JsonApp, context: RouteContext): void {
  const { scheduling, callerOf, driveOf } = context
  app.get('/health', { schema: { hide: true } }, () => ({ status: 'ok' }))
  app.post(
    '/scheduling/config/reload',
    {
      schema: {
        tags: ['service'],
        summary: 'Read the SCL file again',
        response: { 200: z.strictObject({ ied: z.string(), devices: z.int() }) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      if (caller.role !== 'operator') throw new SchedulingError('forbidden', 'only an operator may reload')
      await context.reload(caller)
      const { plant, devices } = scheduling.board()
      return { ied: plant.ied, devices: devices.length }
    },
  )
  app.get(
    '/scheduling/audit',
    {
      schema: {
        tags: ['service'],
        summary: 'Who did what, the newest first',
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(10_000).default(100) }),
        response: { 200: AuditEntries },
      },
    },
    (request) => {
      if (callerOf(request).role !== 'operator') throw new SchedulingError('forbidden', 'only an operator may see it')
      return { entries: scheduling.audit(request.query.limit).map((entry) => ({ ...entry })) }
    },
  )
  app.post(
    '/scheduling/signals/:name',
    {
      schema: {
        tags: ['service'],
        summary: 'The rising edge of a signal (InSyn)',
        params: z.object({ name: z.string() }),
        response: { 200: z.strictObject({ started: z.int() }) },
      },
    },
    async (request) => {
      const { name } = request.params
      const caller = callerOf(request)
      if (!context.maySignal(name, caller, peerLfdi(request))) {
        throw new SchedulingError('forbidden', `"${caller.name}" may not set the signal "${name}"`)
      }
      return { started: await scheduling.signal(name, caller) }
    },
  )
  app.get(
    '/scheduling/devices/:device/ieee2030.5',
    {
      schema: {
        tags: ['IEEE 2030.5'],
        summary: 'How the events of its programs fared',
        params: deviceParams,
        response: { 200: MappedEvents },
      },
    },
    ({ params: { device } }) => {
      const { name } = scheduling.board().device(device)
      return { events: [...scheduling.followed(name)] }
    },
  )
  app.post(
    '/scheduling/devices/:device/held',
    {
      schema: {
        tags: ['IEEE 2030.5'],
        summary: 'Whether the schedules have it so, and the device has taken it',
        params: deviceParams,
        body: HeldQuestion,
        response: { 200: HeldAnswer },
      },
    },
    async ({ params: { device }, body }) => {
      const { name } = scheduling.board().device(device)
      const refused = () => {
        const told = { outputs: scheduling.outputs(name), limits: scheduling.limits(name) }
        return refusalsOf(body, { ...told, isDrawBounded: driveOf(name).isDrawBounded() })
      }
      // the DCM may know of something that was not asked for yet
      if (refused().length > 0) await context.refresh(name)
      // and its clock, set by its server in whole seconds, may be ahead of what begins here in the next one
      if (refused().length > 0) await context.clock.sleep(aheadSeconds)
      const reached = await driveOf(name).untilReached(heldSeconds)
      return { reached, refused: [...refused()] }
    },
  )
}
