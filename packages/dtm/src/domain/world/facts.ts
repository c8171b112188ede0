import {
  seconds,
  unscaled,
  type DERCapability,
  type DERControl,
  type DERControlList,
  type DERCurve,
  type DERCurveList,
  type DERProgram,
  type DERProgramList,
  type DERSettings,
  type DERStatus,
  type DefaultDERControl,
  type DeviceInformation,
  type Document,
  type EndDevice,
  type EndDeviceList,
  type FlowReservationResponseList,
  type MirrorMeterReading,
  type MirrorMeterReadingList,
  type MirrorUsagePoint,
  type MirrorUsagePointList,
  type Notification,
  type Registration,
  type Response,
  type Subscription,
  type SubscriptionList,
} from '@gridloom/sep2030'
import { controlFact, curveFact, defaultOrder, type ControlFact, type CurveFact, type Order } from './control-facts.ts'
import { meterFacts, mirrorFacts, type MeterFacts } from './reading-facts.ts'

export type ProgramFact = Readonly<{
  mRID: string
  primacy: number
  controls?: string
  active?: string
  default?: string
}>

/** What a document says that is worth judging or remembering: only what its root can say is there. */
export type Facts = Readonly<{
  /** LFDIs that a writer names as its own. */
  claims?: readonly string[]
  pollRate?: number
  controls?: readonly ControlFact[]
  default?: Order
  curves?: readonly CurveFact[]
  programs?: readonly ProgramFact[]
  /** End devices and mirrors, by href. */
  owners?: readonly Readonly<{ href: string; lfdi: string }>[]
  meter?: MeterFacts
  postRate?: number
  capability?: Readonly<{ watts: number; vars?: number; voltAmperes?: number; type: number; category: number }>
  settings?: Readonly<{ watts: number; gradW: number }>
  status?: Readonly<{ at: number; isOff: boolean; soc?: number }>
  information?: Readonly<{ serial: string; maker: string }>
  response?: Readonly<{ lfdi: string; subject: string; status: number }>
  /** Resources that are subscribed to, told of or listed as subscribed. */
  subscribed?: readonly string[]
  notifies?: string
  pin?: string
  grants?: readonly string[]
}>

type Reader = (value: never) => Facts

const none: Facts = {}

/** The facts of a document of a root that matters; the others have none. */
export function factsOf({ root, value }: Document): Facts {
  return readers[root]?.(value as never) ?? none
}

const readers: Readonly<Record<string, Reader>> = {
  DERControlList: ({ DERControl: all = [] }: DERControlList) => ({ controls: all.map(controlFact) }),
  DERControl: (control: DERControl) => ({ controls: [controlFact(control)] }),
  DefaultDERControl: (control: DefaultDERControl) => ({ default: defaultOrder(control) }),
  DERCurveList: ({ DERCurve: all = [] }: DERCurveList) => ({ curves: all.map(curveFact) }),
  DERCurve: (curve: DERCurve) => ({ curves: [curveFact(curve)] }),
  DERProgramList: ({ DERProgram: all = [], pollRate }: DERProgramList) => ({
    programs: all.map(programFact),
    ...rate(pollRate),
  }),
  DERProgram: (program: DERProgram) => ({ programs: [programFact(program)] }),
  EndDeviceList: ({ EndDevice: all = [], pollRate }: EndDeviceList) => ({
    owners: all.flatMap(ownerFact),
    ...posting(all),
    ...rate(pollRate),
  }),
  EndDevice: (device: EndDevice) => ({
    owners: ownerFact(device),
    claims: device.lFDI === undefined ? [] : [device.lFDI.toUpperCase()],
    ...posting([device]),
  }),
  MirrorUsagePointList: ({ MirrorUsagePoint: all = [], pollRate }: MirrorUsagePointList) => ({
    owners: all.flatMap(({ href, deviceLFDI }) => (href ? [{ href, lfdi: deviceLFDI.toUpperCase() }] : [])),
    meter: { series: all.flatMap((mirror) => mirrorFacts(mirror).series), readings: [] },
    ...posting(all),
    ...rate(pollRate),
  }),
  MirrorUsagePoint: (mirror: MirrorUsagePoint) => ({
    claims: [mirror.deviceLFDI.toUpperCase()],
    meter: mirrorFacts(mirror),
    ...posting([mirror]),
  }),
  MirrorMeterReading: (reading: MirrorMeterReading) => ({ meter: meterFacts([reading]) }),
  MirrorMeterReadingList: ({ MirrorMeterReading: all = [] }: MirrorMeterReadingList) => ({ meter: meterFacts(all) }),
  DERCapability: (capability: DERCapability) => ({ capability: capabilityFact(capability) }),
  DERSettings: ({ setMaxW, setGradW }: DERSettings) => ({ settings: { watts: unscaled(setMaxW), gradW: setGradW } }),
  DERStatus: (status: DERStatus) => ({ status: statusFact(status) }),
  DeviceInformation: ({ mfSerNum, mfID, lFDI }: DeviceInformation) => ({
    information: { serial: mfSerNum, maker: String(mfID) },
    claims: [lFDI.toUpperCase()],
  }),
  DERControlResponse: responseFact,
  Response: ({ endDeviceLFDI }: Response) => ({ claims: [endDeviceLFDI.toUpperCase()] }),
  FlowReservationResponseResponse: ({ endDeviceLFDI }: Response) => ({ claims: [endDeviceLFDI.toUpperCase()] }),
  FlowReservationResponseList: ({ FlowReservationResponse: all = [] }: FlowReservationResponseList) => ({
    grants: all.map(({ mRID }) => mRID.toUpperCase()),
  }),
  Subscription: ({ subscribedResource }: Subscription) => ({ subscribed: [subscribedResource] }),
  SubscriptionList: ({ Subscription: all = [] }: SubscriptionList) => ({
    subscribed: all.map(({ subscribedResource }) => subscribedResource),
  }),
  Notification: notificationFacts,
  Registration: ({ pIN, pollRate }: Registration) => ({ pin: String(pIN), ...rate(pollRate) }),
  FunctionSetAssignmentsList: pollRateOnly,
  DERList: pollRateOnly,
  DeviceCapability: pollRateOnly,
  Time: pollRateOnly,
}

function pollRateOnly({ pollRate }: Readonly<{ pollRate?: number }>): Facts {
  return rate(pollRate)
}

function rate(pollRate: number | undefined): Facts {
  return pollRate === undefined ? none : { pollRate }
}

function posting(members: readonly Readonly<{ postRate?: number }>[]): Facts {
  const [postRate] = members.flatMap((member) => member.postRate ?? [])
  return postRate === undefined ? none : { postRate }
}

function programFact(program: DERProgram): ProgramFact {
  const { mRID, primacy, DERControlListLink, ActiveDERControlListLink, DefaultDERControlLink } = program
  return {
    mRID: mRID.toUpperCase(),
    primacy,
    ...(DERControlListLink && { controls: DERControlListLink.href }),
    ...(ActiveDERControlListLink && { active: ActiveDERControlListLink.href }),
    ...(DefaultDERControlLink && { default: DefaultDERControlLink.href }),
  }
}

function ownerFact({ href, lFDI }: EndDevice) {
  return href !== undefined && lFDI !== undefined ? [{ href, lfdi: lFDI.toUpperCase() }] : []
}

function capabilityFact({ rtgMaxW, rtgMaxVar, rtgMaxVA, type, rtgAbnormalCategory }: DERCapability) {
  return {
    watts: unscaled(rtgMaxW),
    ...(rtgMaxVar && { vars: unscaled(rtgMaxVar) }),
    ...(rtgMaxVA && { voltAmperes: unscaled(rtgMaxVA) }),
    type,
    category: rtgAbnormalCategory ?? 0,
  }
}

function statusFact(status: DERStatus) {
  const { readingTime, genConnectStatus, inverterStatus, operationalModeStatus, stateOfChargeStatus } = status
  const isDisconnected = genConnectStatus !== undefined && (Number.parseInt(genConnectStatus.value, 16) & 1) === 0
  // the mode of a device that does not answer its DCM is unknown: it may be anything, on too
  const isUnknown = operationalModeStatus?.value === 0
  return {
    at: seconds(readingTime),
    isOff: (isDisconnected && !isUnknown) || inverterStatus?.value === 1 || operationalModeStatus?.value === 1,
    ...(stateOfChargeStatus && { soc: stateOfChargeStatus.value / 10_000 }),
  }
}

function responseFact({ endDeviceLFDI, subject, status = 0 }: Response): Facts {
  const lfdi = endDeviceLFDI.toUpperCase()
  return { claims: [lfdi], response: { lfdi, subject: subject.toUpperCase(), status } }
}

/** A notification brings the resource with it; its true type is named by xsi:type. */
function notificationFacts({ subscribedResource, Resource: resource }: Notification): Facts {
  const type = (resource as Readonly<{ $type?: string }> | undefined)?.$type
  const carried = type === undefined ? none : (readers[type]?.(resource as never) ?? none)
  return { ...carried, notifies: subscribedResource }
}
