import { common, pollSeconds, trustModule, type Scene } from './scene.ts'

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

/** The GSP of a local grid: every poll and post rate is the same. */
export function gspConfig(scene: Scene) {
  const { listen, adminPort } = scene.layout.gsp
  return {
    ...common(scene, 'gsp'),
    admin: { host: listen, port: adminPort },
    store: 'sqlite:gsp.db',
    pollRate: Object.fromEntries(polled.map((name) => [name, pollSeconds])),
    postRate: pollSeconds,
    flowReservation: { placement: 'earliest' }, // whoever reserves a charge wants to see it
    dtm: trustModule(scene),
  }
}
