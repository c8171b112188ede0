import { relative } from 'node:path'
import { urlOf } from '../layout.ts'
import type { PlannedDevice } from '../plan.ts'
import { common, morningOffset, pollSeconds, trustModule, type Scene } from './scene.ts'

/** The fleet of a local grid: one DCM for each device, each with its own certificate and connection. */
export function dcmConfig(scene: Scene) {
  const { layout, clock } = scene
  const { folder, devices, operator } = scene.issued
  const utcOffsetSeconds = morningOffset(scene)
  return {
    ...common(scene, 'dcm'),
    server: { url: urlOf(layout.gsp) },
    environment: { url: urlOf(layout.environment) },
    dtm: trustModule(scene),
    region: { bootstrap: { url: urlOf(layout.tracker) } },
    dcms: devices.map((device, index) => ({
      name: device.name,
      certs: relative(folder, device.folder),
      region: { feeder: feederOf(device.name, scene) },
      device: { ...emulated(device), seed: index + 1, utcOffsetSeconds },
    })),
    store: 'sqlite:dcm.db',
    leastPollSeconds: pollSeconds,
    operators: [operator.credentials.lfdi],
    // only a parent that reads the feed wants it; a container would log it
    ...(clock && { feed: true }),
  }
}

function feederOf(name: string, { plan }: Scene): string | undefined {
  return plan.groups.find(({ level, members }) => level === 'feeder' && members.includes(name))?.name
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
