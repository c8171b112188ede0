import { FlowReservationAsk, type FlowReservation } from '@gridloom/contracts'
import type { App } from '@gridloom/kit'
import { SepError, unscaled, type FlowReservationResponse } from '@gridloom/sep2030'
import type { Dcm } from '../dcm.ts'
import { faultOf, type Reservation } from '../domain/reservation.ts'
import { fullMrid } from '../domain/scheduling/event.ts'
import { chosen, parsed } from './asked.ts'

export function flowReservationRoutes(app: App, dcms: readonly Dcm[]): void {
  app.get('/flow-reservations', () => ({
    reservations: dcms.flatMap((dcm) => dcm.reserve.reservations().map((one) => shown(dcm, one))),
  }))

  app.post('/flow-reservations', async (request, reply) => {
    const { device, ...ask } = parsed(FlowReservationAsk, request.body)
    const dcm = chosen(dcms, device)
    const now = dcm.serverNow()
    const wish = { ...ask, start: ask.start ?? now }
    const fault = faultOf(wish, now)
    if (fault !== undefined) throw new SepError('invalid', fault)
    const reservation = await dcm.reserve.ask(wish)
    request.log.info({ lfdi: dcm.lfdi, mRID: reservation.mRID }, 'flow reservation asked for')
    return reply.code(201).header('location', `/flow-reservations/${reservation.mRID}`).send(shown(dcm, reservation))
  })

  app.delete<{ Params: { mRID: string } }>('/flow-reservations/:mRID', async (request) => {
    for (const dcm of dcms) {
      const withdrawn = await dcm.reserve.withdraw(request.params.mRID.toUpperCase())
      if (withdrawn) return shown(dcm, withdrawn)
    }
    throw new SepError('missing', `no flow reservation "${request.params.mRID}"`)
  })
}

function shown(dcm: Dcm, { mRID, state, energyWh, powerW, start, windowSeconds }: Reservation): FlowReservation {
  const grants = dcm.grants().filter(({ subject }) => fullMrid(subject) === mRID)
  const { name: device, lfdi } = dcm
  return {
    mRID,
    device,
    lfdi,
    state,
    energyWh,
    powerW,
    start,
    windowSeconds,
    grants: grants.map((grant) => granted(dcm, grant)),
  }
}

function granted(dcm: Dcm, { mRID, interval, powerAvailable, energyAvailable }: FlowReservationResponse) {
  const { events, ended } = dcm.schedules().flows
  const isThis = ({ key }: Readonly<{ key: string }>): boolean => key.endsWith(`/${fullMrid(mRID)}`)
  return {
    mRID,
    state: events.find(isThis)?.state ?? ended.find(isThis)?.state ?? 'unseen',
    start: Number(interval.start),
    durationSeconds: interval.duration,
    powerW: unscaled(powerAvailable),
    energyWh: unscaled(energyAvailable),
  }
}
