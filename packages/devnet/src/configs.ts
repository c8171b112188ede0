import { relative } from 'node:path'
import type { Simulation } from '@gridloom/kit'
import type { IssuedGrid } from './grid-folder.ts'
import type { Layout, Place } from './layout.ts'
import type { PlannedDevice } from './plan.ts'

const pollSeconds = 10
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

/** The GSP of a local grid: every poll and post rate is 10 s. Paths are relative to the grid's folder. */
export function gspConfig({ listen, port, adminPort, opsPort }: Layout['gsp'], clock?: Simulation) {
  return {
    listen: { host: listen, port },
    admin: { host: listen, port: adminPort },
    ops: { port: opsPort },
    certs: 'certs/gsp',
    store: 'sqlite:gsp.db',
    ...(clock && { clock }),
    pollRate: Object.fromEntries(polled.map((name) => [name, pollSeconds])),
    postRate: pollSeconds,
    flowReservation: { placement: 'earliest' }, // whoever reserves a charge wants to see it
  }
}

/** What surrounds the devices of a local grid: a feeder as the environment names it, and a file of events. */
export type GridSurroundings = Readonly<{ feeder: string | Readonly<{ nodes: number; seed: number }>; events?: string }>

/** The environment of a local grid. */
export function environmentConfig(
  { listen, port, opsPort }: Place,
  clock: Simulation | undefined,
  { feeder, events }: GridSurroundings,
  seed: number,
) {
  return {
    listen: { host: listen, port },
    ops: { port: opsPort },
    certs: 'certs/environment',
    feeder,
    ...(events !== undefined && { events }),
    seed,
    utcOffsetSeconds: morningOffset(clock?.start ?? Date.now() / 1000),
    ...(clock && { clock }),
  }
}

/** The fleet of a local grid: one DCM for each device, each with its own certificate and connection. */
export function dcmConfig(
  { listen, port, opsPort }: Place,
  clock: Simulation | undefined,
  { folder, servers, devices, operator }: IssuedGrid,
  { gsp, environment }: Readonly<{ gsp: string; environment: string }>,
) {
  const utcOffsetSeconds = morningOffset(clock?.start ?? Date.now() / 1000)
  return {
    server: { url: gsp },
    environment: { url: environment },
    certs: relative(folder, servers.dcm),
    dcms: devices.map((device, index) => ({
      name: device.name,
      certs: relative(folder, device.folder),
      device: { ...emulated(device), seed: index + 1, utcOffsetSeconds },
    })),
    store: 'sqlite:dcm.db',
    leastPollSeconds: pollSeconds,
    listen: { host: listen, port },
    ops: { port: opsPort },
    operators: [operator.credentials.lfdi],
    // only a parent that reads the feed wants it; a container would log it
    ...(clock && { feed: true, clock }),
  }
}

function emulated(device: PlannedDevice) {
  const { kind, maxW } = device
  switch (kind) {
    case 'pv':
      return { kind, maxW }
    case 'storage':
      return { kind: 'battery', maxW, capacityWh: device.maxWh, idle: 'self-consumption' }
    case 'load':
      return { kind: 'water-heater', maxW }
    default:
      return kind satisfies never
  }
}

/** Solar time that makes it eleven in the morning when the grid starts: whoever watches at night sees the sun too. */
function morningOffset(start: number): number {
  const day = 86_400
  const eleven = 11 * 3600
  return Math.round(((eleven - (start % day) + day + day / 2) % day) - day / 2)
}
