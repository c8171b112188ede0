import {
  DERControlList,
  DERList,
  DERProgramList,
  DeviceCapability,
  EndDeviceList,
  FunctionSetAssignmentsList,
  MirrorUsagePointList,
  Registration,
  sfdiOf,
  Time,
  type DERControl,
  type DERControlBase,
  type Mrid,
} from '@gridloom/sep2030'
import type { Act } from './act.ts'
import { documentOf, mridOf, type Document } from './document.ts'
import type { Member } from './member.ts'
import { pathsOf, type Paths } from './paths.ts'

/** An event that the server shows in one of a device's programs. */
export type Published = Readonly<{
  mRID: Mrid
  created: number
  start: number
  duration: number
  base: DERControlBase
  /** Set when showing it is a deed of an attack. */
  act?: Act
}>

export const pollRate = 300

export function capabilityDocument(): Document {
  return documentOf(DeviceCapability, {
    href: '/dcap',
    pollRate,
    TimeLink: { href: '/tm' },
    EndDeviceListLink: { href: '/edev', all: 1 },
    MirrorUsagePointListLink: { href: '/mup', all: 1 },
  })
}

export function timeDocument(now: number): Document {
  const currentTime = Math.floor(now)
  const never = { dstEndTime: 0, dstOffset: 0, dstStartTime: 0 }
  return documentOf(Time, { href: '/tm', pollRate: 900, currentTime, ...never, quality: 7, tzOffset: 0 })
}

export function endDevicesDocument(member: Member, since: number): Document {
  const paths = pathsOf(member)
  const EndDevice = [
    {
      href: paths.device,
      DERListLink: { href: paths.ders, all: 1 },
      DeviceInformationLink: { href: paths.information },
      lFDI: member.lfdi,
      LogEventListLink: { href: paths.logEvents, all: 0 },
      sFDI: sfdiOf(member.lfdi),
      changedTime: Math.floor(since),
      enabled: true,
      FunctionSetAssignmentsListLink: { href: paths.assignments, all: 1 },
      RegistrationLink: { href: paths.registration },
    },
  ]
  return documentOf(EndDeviceList, { href: '/edev', subscribable: 0, pollRate, all: 1, results: 1, EndDevice })
}

export function registrationDocument(member: Member, since: number): Document {
  const { registration: href } = pathsOf(member)
  return documentOf(Registration, { href, pollRate, dateTimeRegistered: Math.floor(since), pIN: member.pin })
}

export function assignmentsDocument(member: Member): Document {
  const { assignments: href, assignment, programs } = pathsOf(member)
  const FunctionSetAssignments = [
    {
      href: assignment,
      DERProgramListLink: { href: programs, all: 2 },
      TimeLink: { href: '/tm' },
      mRID: mridOf(`assignment of ${member.serial}`),
      description: member.group,
      version: 0,
    },
  ]
  const list = { href, subscribable: 0, pollRate, all: 1, results: 1 }
  return documentOf(FunctionSetAssignmentsList, { ...list, FunctionSetAssignments })
}

export function dersDocument(member: Member): Document {
  const { ders: href, der, capability, settings, status, availability } = pathsOf(member)
  const DER = [
    {
      href: der,
      DERAvailabilityLink: { href: availability },
      DERCapabilityLink: { href: capability },
      DERSettingsLink: { href: settings },
      DERStatusLink: { href: status },
    },
  ]
  return documentOf(DERList, { href, pollRate, all: 1, results: 1, DER })
}

/** Every device is in the program of all, and in one of its own that comes before it. */
export function programsDocument(member: Member): Document {
  const paths = pathsOf(member)
  const program = (name: ProgramName, description: string, primacy: number) => ({
    href: paths.program[name],
    mRID: mridOf(`program ${description}`),
    description,
    version: 0,
    DERControlListLink: { href: paths.controls[name], all: 0 },
    primacy,
  })
  const DERProgram = [program('own', member.serial, 10), program('system', 'system', 80)]
  return documentOf(DERProgramList, { href: paths.programs, subscribable: 0, pollRate, all: 2, results: 2, DERProgram })
}

export type ProgramName = keyof Paths['program']

export function controlsDocument(
  member: Member,
  name: ProgramName,
  { published, now }: Readonly<{ published: readonly Published[]; now: number }>,
): Document {
  const { controls, responses: replyTo } = pathsOf(member)
  const href = controls[name]
  const shown = published.filter(({ start, duration, created }) => created <= now && now < start + duration)
  const DERControl = shown.map((event, position) => controlOf(event, { href: `${href}/${position + 1}`, replyTo, now }))
  return documentOf(DERControlList, { href, subscribable: 0, all: shown.length, results: shown.length, DERControl })
}

function controlOf(
  { mRID, created, start, duration, base }: Published,
  { href, replyTo, now }: Readonly<{ href: string; replyTo: string; now: number }>,
): DERControl {
  const isActive = start <= now
  return {
    href,
    replyTo,
    responseRequired: '03',
    mRID,
    version: 1,
    creationTime: Math.floor(created),
    EventStatus: {
      currentStatus: isActive ? 1 : 0,
      dateTime: Math.floor(isActive ? start : created),
      potentiallySuperseded: false,
    },
    interval: { duration, start: Math.floor(start) },
    DERControlBase: base,
  }
}

export function mirrorsDocument(member: Member): Document {
  const { mirror } = pathsOf(member)
  const point = {
    href: mirror,
    mRID: mridOf(`mirror of ${member.serial}`),
    deviceLFDI: member.lfdi,
    roleFlags: '0049',
    serviceCategoryKind: 0,
    status: 1,
    postRate: pollRate,
  }
  const list = { href: '/mup', pollRate, all: 1, results: 1 }
  return documentOf(MirrorUsagePointList, { ...list, MirrorUsagePoint: [point] })
}
