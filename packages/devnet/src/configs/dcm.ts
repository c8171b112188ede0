import { relative } from 'node:path'
import { urlOf } from '../layout.ts'
import type { PlannedDevice } from '../plan.ts'
import { emulated } from './emulated.ts'
import { common, pollSeconds, regionPace, trustModule, type Scene } from './scene.ts'

/** The fleet of a local grid: one DCM for each device, each with its own certificate and connection. */
export function dcmConfig(scene: Scene) {
  return fleetConfig(scene, ({ name }) => name !== scene.rogue)
}

/** The DCM of the one device that misbehaves, as a process of its own. */
export function rogueConfig(scene: Scene, port: number) {
  const { ops: _, ...config } = fleetConfig(scene, ({ name }) => name === scene.rogue)
  return { ...config, listen: { ...config.listen, port }, store: 'sqlite:rogue.db' }
}

function fleetConfig(scene: Scene, isMember: (device: PlannedDevice) => boolean) {
  const { layout, clock } = scene
  const { periodSeconds } = regionPace(scene)
  const { folder, devices, operator, servers } = scene.issued
  const members = devices.flatMap((device, index) => {
    if (!isMember(device)) return []
    return {
      name: device.name,
      certs: relative(folder, device.folder),
      region: { feeder: feederOf(device.name, scene) },
      device: device.scheduled ? scheduled(device, scene) : emulated(device, index + 1, scene),
    }
  })
  return {
    ...common(scene, 'dcm'),
    server: { url: urlOf(layout.gsp) },
    environment: { url: urlOf(layout.environment) },
    dtm: trustModule(scene),
    region: { bootstrap: { url: urlOf(layout.tracker) }, periodSeconds },
    dcms: members,
    store: 'sqlite:dcm.db',
    leastPollSeconds: pollSeconds,
    operators: [operator, servers.teua, servers.scheduler].map(({ credentials }) => credentials.lfdi),
    // only a parent that reads the feed wants it; a container would log it
    ...(clock && { feed: true }),
  }
}

function feederOf(name: string, { plan }: Scene): string | undefined {
  return plan.groups.find(({ level, members }) => level === 'feeder' && members.includes(name))?.name
}

/** A device that the scheduler drives: its DCM hands the events over and answers for what the schedules did. */
function scheduled({ name, kind, maxW }: PlannedDevice, { layout, issued }: Scene) {
  return {
    kind: 'scheduled',
    url: urlOf(layout.scheduler),
    certs: relative(issued.folder, issued.servers.dcm.folder),
    device: name,
    expected: kind === 'storage' ? 'storage' : 'evse',
    maxW,
  }
}
