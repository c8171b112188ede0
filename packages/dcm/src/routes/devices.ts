import type { DeviceSchedule, FleetMember, FleetMemberDetail } from '@gridloom/contracts'
import type { App } from '@gridloom/kit'
import type { Dcm } from '../dcm.ts'
import { chosen } from './asked.ts'

export function deviceRoutes(app: App, dcms: readonly Dcm[]): void {
  app.get('/devices', (): { devices: FleetMember[] } => ({
    devices: dcms.map(({ name, lfdi, kind }) => ({ name, lfdi, kind })),
  }))

  app.get<{ Params: { name: string } }>('/devices/:name', (request): FleetMemberDetail => {
    const { name, lfdi, kind, ratings, status } = chosen(dcms, request.params.name)
    const { maxW, maxChargeRateW, maxDischargeRateW, maxWh } = ratings()
    const now = status()
    return {
      name,
      lfdi,
      kind,
      maxW,
      ...(maxChargeRateW !== undefined && { maxChargeW: maxChargeRateW }),
      ...(maxDischargeRateW !== undefined && { maxDischargeW: maxDischargeRateW }),
      ...(maxWh !== undefined && { capacityWh: maxWh }),
      ...(now && { now: { at: now.at, watts: now.watts, ...(now.storage && { soc: now.storage.soc }) } }),
    }
  })
  app.get<{ Params: { name: string } }>('/devices/:name/schedule', (request): DeviceSchedule =>
    chosen(dcms, request.params.name).schedule(),
  )
}
