import {
  derAvailabilityOf,
  derCapabilityOf,
  derSettingsOf,
  derStatusOf,
  type Capability,
  type DeviceStatus as Seen,
  type Settings,
} from '@gridloom/devices'
import {
  ConnectionPoint,
  DERAvailability,
  DERCapability,
  DERSettings,
  DERStatus,
  DeviceInformation,
  DeviceStatus,
  PowerStatus,
  type Element,
  type Lfdi,
  type Profile,
} from '@gridloom/sep2030'
import { powerStatusOf, type FlowProgress } from './power-status.ts'
import type { View } from './view.ts'

/** A resource that the device writes about itself, and when it is worth writing again. */
export type Report = Readonly<{
  href: string
  type: Element<unknown>
  value: unknown
  /** Sent when this differs from what was sent last: the value without its times and drifting numbers. */
  content: string
  /** Sent anyway after so many seconds. */
  every?: number
}>

export type ReportSources = Readonly<{
  view: View
  capability: Capability
  settings: Settings
  /** What the device does, in server time; undefined while it does not answer. */
  seen: Seen | undefined
  /** It was asked and did not answer. */
  isLost: boolean
  lfdi: Lfdi
  profile: Profile
  /** When this process began, in server time. */
  startedAt: number
  now: number
  nmi: string | undefined
  flow: FlowProgress | undefined
}>

const defaultRate = 900

/** All that the device has to say now, of what the server wants to know. */
export function reportsOf({ view, capability, settings, seen, isLost, now, ...sources }: ReportSources): Report[] {
  const { self, ders } = view
  const [der] = ders
  const every = view.derRate ?? defaultRate
  const status = seen ? derStatusOf(seen) : isLost ? lostStatus(now) : undefined
  // a device that was not heard yet has not said what it is
  const isKnown = capability.ratings.maxW > 0
  return [
    ...report(ConnectionPoint, self?.ConnectionPointLink, sources.nmi && { connectionPointId: sources.nmi }),
    ...report(DeviceInformation, self?.DeviceInformationLink, informationOf(capability, sources)),
    ...report(DERCapability, der?.DERCapabilityLink, isKnown && derCapabilityOf(capability, sources.profile)),
    ...report(DERSettings, der?.DERSettingsLink, isKnown && derSettingsOf(settings, sources.profile)),
    ...report(DERStatus, der?.DERStatusLink, status, { content: statusContent(status), every }),
    ...report(DERAvailability, der?.DERAvailabilityLink, seen && derAvailabilityOf(seen, settings), {
      content: '',
      every,
    }),
    ...report(DeviceStatus, self?.DeviceStatusLink, deviceStatusOf(seen, now), { content: String(opStateOf(seen)) }),
    ...report(PowerStatus, self?.PowerStatusLink, seen && powerStatusOf(seen, settings, { now, flow: sources.flow }), {
      content: `${sources.flow?.id ?? ''} ${seen?.vehicle ? 'vehicle' : ''}`,
      ...((sources.flow || seen?.vehicle) && { every }),
    }),
  ]
}

function report<T extends object>(
  type: Element<T>,
  link: Readonly<{ href: string }> | undefined,
  value: T | '' | false | undefined,
  { content, every }: Readonly<{ content?: string; every?: number }> = {},
): Report[] {
  if (!link || !value) return []
  const known = content ?? JSON.stringify(value)
  return [
    { href: link.href, type: type as Element<unknown>, value, content: known, ...(every !== undefined && { every }) },
  ]
}

/** Of a device that does not answer only that is known: the fault bit of its connection, and no mode. */
function lostStatus(now: number): DERStatus {
  return {
    genConnectStatus: { dateTime: now, value: '10' },
    operationalModeStatus: { dateTime: now, value: 0 },
    readingTime: now,
  }
}

// A changed state is news; a state of charge that moves on, or the second of the reading, is not.
function statusContent(status: DERStatus | undefined): string {
  const { stateOfChargeStatus: _, ...states } = status ?? { readingTime: 0 }
  return JSON.stringify(states, (name, value: unknown) =>
    name === 'dateTime' || name === 'readingTime' ? undefined : value,
  )
}

function informationOf(
  { identity }: Capability,
  { lfdi, startedAt }: Pick<ReportSources, 'lfdi' | 'startedAt'>,
): DeviceInformation {
  return {
    functionsImplemented: implemented,
    lFDI: lfdi,
    mfDate: 0,
    mfHwVer: '1',
    mfID: 0,
    mfModel: identity ? `${identity.manufacturer} ${identity.model}`.slice(0, 32) : 'Gridloom DCM',
    mfSerNum: identity?.serial.slice(0, 32) || lfdi.slice(-12),
    primaryPower: 1,
    secondaryPower: 0,
    swActTime: startedAt,
    swVer: '0.1.0',
  }
}

// Bits of functionsImplemented: dcap, edev, fsa, rsps, tm, di, ps, lel, meter readings, flow reservations, DER.
const implemented = [0, 2, 3, 5, 6, 7, 8, 10, 14, 19, 20]
  .reduce((sum, bit) => sum + 2 ** bit, 0)
  .toString(16)
  .toUpperCase()
  .padStart(16, '0')

function deviceStatusOf(seen: Seen | undefined, now: number): DeviceStatus {
  return { changedTime: now, opState: opStateOf(seen) }
}

function opStateOf(seen: Seen | undefined): number {
  if (!seen) return 0
  if (seen.inverter === 'starting') return 3
  if (seen.inverter === 'shuttingDown') return 4
  return seen.operating ? 2 : 1
}
