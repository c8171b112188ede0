/**
 * Where things are. What belongs to a device lies below its EndDevice; what belongs to the operator is kept once
 * (`/derp/1/derc/2`) and shown to each assigned device below its own EndDevice (`/edev/7/derp/1/derc/2`), so that
 * nobody can read another party's program by its path.
 */
export const hrefs = {
  // fixed
  capability: '/dcap',
  time: '/tm',
  endDevices: '/edev',
  mirrors: '/mup',
  usagePoints: '/upt',
  // of a device, given the href of its EndDevice
  registration: (device: string) => `${device}/rg`,
  connectionPoint: (device: string) => `${device}/cp`,
  information: (device: string) => `${device}/di`,
  status: (device: string) => `${device}/dstat`,
  powerStatus: (device: string) => `${device}/ps`,
  logEvents: (device: string) => `${device}/lel`,
  ders: (device: string) => `${device}/der`,
  assignments: (device: string) => `${device}/fsa`,
  responseSets: (device: string) => `${device}/rsps`,
  responses: (device: string) => `${device}/rsps/1/rsp`,
  flowRequests: (device: string) => `${device}/frq`,
  flowResponses: (device: string) => `${device}/frp`,
  /** Parent of the programs that an assignment leads to, as the device sees them. */
  assignedPrograms: (assignment: string) => `${assignment}/derp`,
  // of a DER
  derCapability: (der: string) => `${der}/dercap`,
  derSettings: (der: string) => `${der}/derg`,
  derStatus: (der: string) => `${der}/ders`,
  derAvailability: (der: string) => `${der}/dera`,
  // of the operator; not reachable on the wire by these paths
  groups: '/groups',
  aggregators: '/aggregators',
  settings: '/settings',
  /** How devices and others stand with the DTM, and what it alerted to. */
  standings: '/trust/standings',
  trustAlerts: '/trust/alerts',
  /** What the operator says is the serial number of a device. */
  registeredSerial: (device: string) => `${device}/serial`,
  /** Which clients report to the DTM themselves. */
  witnesses: '/trust/witnesses',
  programs: '/derp',
  /** Parent of the programs of a group: `/derp/{p}` hangs from here. */
  programsOf: (group: string) => `${group}/derp`,
  controls: (program: string) => `${program}/derc`,
  activeControls: (program: string) => `${program}/actderc`,
  /** Parent of controls that are over: the href stays, the list no longer shows them, their responses are still taken. */
  pastControls: (program: string) => `${program}/past`,
  defaultControl: (program: string) => `${program}/dderc`,
  curves: (program: string) => `${program}/dc`,
  // of a mirror: `/upt/{n}` shows what `/mup/{n}` was given
  usagePoint: (mirror: string) => `/upt${mirror.slice('/mup'.length)}`,
  meterReadings: (mirror: string) => `/upt${mirror.slice('/mup'.length)}/mr`,
  readingType: (meterReading: string) => `${meterReading}/rt`,
  readingSets: (meterReading: string) => `${meterReading}/rs`,
  readings: (readingSet: string) => `${readingSet}/r`,
} as const
