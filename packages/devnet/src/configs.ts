import type { Simulation } from '@gridloom/kit'
import type { IssuedGrid } from './grid-folder.ts'
import type { GridPlan } from './plan.ts'

type Common = Readonly<{ clock: Simulation; host: string; port: number; opsPort: number }>

const pollSeconds = 10

/** The GSP of a local grid: every poll and post rate is 10 s. Paths are relative to the grid's folder. */
export function gspConfig({ clock, host, port, adminPort, opsPort }: Common & Readonly<{ adminPort: number }>) {
  return {
    listen: { host, port },
    admin: { host, port: adminPort },
    ops: { host, port: opsPort },
    certs: 'certs/gsp',
    store: 'sqlite:gsp.db',
    clock,
    pollRate: Object.fromEntries(polled.map((name) => [name, pollSeconds])),
    postRate: pollSeconds,
    logLevel: 'info',
  }
}

const polled = [
  'DeviceCapability',
  'EndDeviceList',
  'FunctionSetAssignmentsList',
  'DERList',
  'DERProgramList',
  'PowerStatus',
  'FlowReservationRequestList',
  'FlowReservationResponseList',
  'MirrorUsagePointList',
]

type Fleet = Common & Readonly<{ plan: GridPlan; issued: IssuedGrid; gsp: string }>

/** The fleet of a local grid: one DCM for each device, each with its own certificate and connection. */
export function dcmConfig({ clock, host, port, opsPort, plan, issued, gsp }: Fleet) {
  return { clock, host, port, opsPort, plan, issued, gsp }
}
