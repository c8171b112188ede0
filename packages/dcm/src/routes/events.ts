import { EventChoice, type DeviceEvent } from '@gridloom/contracts'
import type { App } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { Dcm } from '../dcm.ts'
import type { LiveEvent } from '../domain/scheduling/event.ts'
import { chosen, parsed } from './asked.ts'

const choices = { 'opt-out': 'optOut', 'opt-in': 'optIn' } as const

/** The events of the devices, and the choice of the person behind one to leave an event or to join it again. */
export function eventRoutes(app: App, dcms: readonly Dcm[]): void {
  app.get('/events', () => ({
    events: dcms.flatMap((dcm) => dcm.schedules().controls.events.map((event) => shown(dcm, event))),
  }))

  for (const [path, choice] of Object.entries(choices)) {
    app.post<{ Params: { mRID: string } }>(`/events/:mRID/${path}`, async (request, reply) => {
      const { device } = parsed(EventChoice, request.body)
      const dcm = chosen(dcms, device)
      const event = dcm.choose(choice, request.params.mRID)
      if (!event) throw new SepError('missing', `"${dcm.name}" has no event "${request.params.mRID}" that is not over`)
      request.log.info({ lfdi: dcm.lfdi, mRID: event.mRID, choice }, 'user chose')
      return reply.code(202).send(shown(dcm, event))
    })
  }
}

function shown(
  { name: device, lfdi }: Dcm,
  { mRID, state, effective: [start, end], controls }: LiveEvent,
): DeviceEvent {
  return { mRID, device, lfdi, state, start, end, controls }
}
