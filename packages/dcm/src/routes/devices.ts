import type { FleetMember } from '@gridloom/contracts'
import type { App } from '@gridloom/kit'
import type { Dcm } from '../dcm.ts'

export function deviceRoutes(app: App, dcms: readonly Dcm[]): void {
  app.get('/devices', (): { devices: FleetMember[] } => ({
    devices: dcms.map(({ name, lfdi, kind }) => ({ name, lfdi, kind })),
  }))
}
