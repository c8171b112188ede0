/** The lists and resources whose poll rate an operator sets, by their wire names; seconds. */
export type PollRates = Readonly<{
  DeviceCapability: number
  Time: number
  EndDeviceList: number
  Registration: number
  FunctionSetAssignmentsList: number
  DERList: number
  DERProgramList: number
  DeviceInformation: number
  DeviceStatus: number
  PowerStatus: number
  LogEventList: number
  FlowReservationRequestList: number
  FlowReservationResponseList: number
  MirrorUsagePointList: number
  UsagePointList: number
  ResponseSetList: number
}>

/** What the operator changes while the server runs; kept as the one row `/settings`, the configuration gives its first value. */
export type Settings = Readonly<{
  pollRate: PollRates
  /** Seconds between mirror meter readings and other posts of a device. */
  postRate: number
  /** Whether a device that the operator did not enter may register itself. */
  inBandRegistration: boolean
}>
