import { randomBytes } from 'node:crypto'
import type {
  DERControl,
  DERProgram,
  EndDevice,
  FlowReservationRequest,
  LogEvent,
  MirrorUsagePoint,
} from '@gridloom/sep2030'
import { EndDevice as EndDeviceElement, encode, type Profile } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import { newRow } from '../store/new-row.ts'
import type { ResourceStore } from '../store/resources.ts'
import { startOfTest, type Peer } from './test-server.ts'

export function mrid(n?: number): string {
  const own = n === undefined ? randomBytes(12).toString('hex') : n.toString(16)
  return `${own.toUpperCase().padStart(24, '0')}00000000`
}

export function endDeviceOf({ credentials: { lfdi, sfdi } }: Peer): EndDevice {
  return { lFDI: lfdi, sFDI: sfdi, changedTime: startOfTest, deviceCategory: '00200000' }
}

/** Registers the device in band and gives its href. */
export async function registered(peer: Peer, profile: Profile = 'csipaus-1.2'): Promise<string> {
  const { status, location } = await peer.client.post('/edev', encode(EndDeviceElement, endDeviceOf(peer), { profile }))
  if (status !== 201 || location === undefined) throw new Error(`registration answered ${status}`)
  return location
}

/** A group with one program that the device is assigned to. */
export async function assignedProgram(store: ResourceStore, device: string, primacy = 1): Promise<string> {
  const group = `${hrefs.groups}/${await store.nextId(hrefs.groups)}`
  const program = `${hrefs.programs}/${await store.nextId(hrefs.programs)}`
  const assignments = hrefs.assignments(device)
  const assignment = `${assignments}/${await store.nextId(assignments)}`
  const place = { href: assignment, parent: assignments, scope: (await store.get('EndDevice', device))?.scope }
  const body: DERProgram = { mRID: mrid(), primacy, description: 'feeder' }
  await store.write([
    { put: newRow('Group', { href: group, parent: hrefs.groups }, { name: 'feeder', mRID: mrid() }) },
    { put: newRow('DERProgram', { href: program, parent: hrefs.programsOf(group) }, body) },
    { put: newRow('FunctionSetAssignments', place, { mRID: mrid(), group }) },
  ])
  return program
}

export async function published(
  store: ResourceStore,
  program: string,
  change: Partial<DERControl> = {},
): Promise<DERControl> {
  const parent = hrefs.controls(program)
  const control: DERControl = {
    responseRequired: '03',
    mRID: mrid(),
    creationTime: startOfTest,
    EventStatus: { currentStatus: 0, dateTime: startOfTest, potentiallySuperseded: false },
    interval: { duration: 600, start: startOfTest + 300 },
    DERControlBase: { opModMaxLimW: 5000 },
    ...change,
  }
  const href = `${parent}/${await store.nextId(parent)}`
  await store.write([{ put: newRow('DERControl', { href, parent }, control) }])
  return control
}

export function mirrorOf(peer: Peer, change: Partial<MirrorUsagePoint> = {}): MirrorUsagePoint {
  return {
    mRID: mrid(),
    description: 'site',
    roleFlags: '0002',
    serviceCategoryKind: 0,
    status: 1,
    deviceLFDI: peer.credentials.lfdi,
    MirrorMeterReading: [{ mRID: mrid(), description: 'watts', ReadingType: watts }],
    ...change,
  }
}

export const watts = { kind: 37, uom: 38, powerOfTenMultiplier: 0, dataQualifier: 2, flowDirection: 1 }

export function logEvent(n: number): LogEvent {
  return {
    createdDateTime: startOfTest + n,
    functionSet: 11,
    logEventCode: 2,
    logEventID: n,
    logEventPEN: 40_732,
    profileID: 2,
  }
}

export function flowRequest(change: Partial<FlowReservationRequest> = {}): FlowReservationRequest {
  return {
    mRID: mrid(),
    creationTime: startOfTest,
    durationRequested: 9900,
    energyRequested: { multiplier: 3, value: 18 },
    intervalRequested: { duration: 28_800, start: startOfTest + 600 },
    powerRequested: { multiplier: 2, value: 72 },
    RequestStatus: { dateTime: startOfTest, requestStatus: 0 },
    ...change,
  }
}
