import type { TrustAlert } from '@gridloom/contracts'
import type { Standing } from '@gridloom/kit'
import type {
  ConnectionPointType,
  DER,
  DERAvailability,
  DERCapability,
  DERControl,
  DERCurve,
  DERProgram,
  DERSettings,
  DERStatus,
  DefaultDERControl,
  DeviceInformation,
  DeviceStatus,
  EndDevice,
  FlowReservationRequest,
  FlowReservationResponse,
  FunctionSetAssignments,
  Lfdi,
  LogEvent,
  MirrorMeterReading,
  MirrorUsagePoint,
  PowerStatus,
  Reading,
  ReadingSet,
  Registration,
  AnyResponse,
} from '@gridloom/sep2030'
import type { CapacityStep } from '../domain/capacity.ts'
import type { Settings } from './settings.ts'

/** A set of devices under one assignment: every member has one FunctionSetAssignments for it. */
type Group = Readonly<{
  name: string
  mRID: string
  version?: number
  description?: string
  /** Its level in the CSIP topology, and the href of the group above it. */
  level?: string
  above?: string
  /** The device it was made for, to address it alone. */
  device?: string
  /** What its flow reservations may draw together; without it all are granted as asked. */
  capacity?: readonly CapacityStep[]
}>

/** A party that stands for devices. Its certificates rotate without the devices noticing; one that is gone speaks no more. */
type Aggregator = Readonly<{ name: string; pen?: number; certificates: readonly Lfdi[] }>

/** What a function set assignment needs beside its wire form: the group that it makes the device a member of. */
type Assignment = FunctionSetAssignments & Readonly<{ group: string }>

/**
 * The body kept for each type of resource: the wire value without its own `href`, without links and without list
 * attributes, which are composed on GET. A missing link target is a missing row.
 */
export type Bodies = {
  EndDevice: EndDevice
  Registration: Registration
  ConnectionPoint: ConnectionPointType
  DeviceInformation: DeviceInformation
  DeviceStatus: DeviceStatus
  PowerStatus: PowerStatus
  LogEvent: LogEvent
  DER: DER
  DERCapability: DERCapability
  DERSettings: DERSettings
  DERStatus: DERStatus
  DERAvailability: DERAvailability
  FunctionSetAssignments: Assignment
  DERProgram: DERProgram
  DERControl: DERControl
  DefaultDERControl: DefaultDERControl
  DERCurve: DERCurve
  Response: AnyResponse
  FlowReservationRequest: FlowReservationRequest
  FlowReservationResponse: FlowReservationResponse
  MirrorUsagePoint: MirrorUsagePoint
  MirrorMeterReading: MirrorMeterReading
  ReadingSet: ReadingSet
  Reading: Reading
  Group: Group
  Aggregator: Aggregator
  Settings: Settings
  TrustAlert: TrustAlert
  Standing: Standing
  /** The serial number of a device, where the operator has told it. */
  RegisteredSerial: Readonly<{ serial: string }>
  /** Whether a client reports to the DTM itself. */
  Witness: Readonly<{ lfdi: string; reports: boolean }>
}

export type Kind = keyof Bodies

/** One resource as it is kept. */
export type Row<K extends Kind = Kind> = {
  [T in K]: Readonly<{
    /** Canonical path, see domain/hrefs.ts: the identity of the row. */
    href: string
    /** Path of the list it is a member of, or of the resource it hangs from. */
    parent: string
    kind: T
    /** Who may see it: the LFDI of a direct device or the href of an aggregator; absent on what belongs to the operator. */
    scope?: string
    /** Sorts as text in the order that the standard gives the list: made by `sortKey`. */
    sort: string
    /** The time that the query parameter `a` compares with, on lists that are ordered by time. */
    time?: number
    /** What it is known by besides its href, unique in its kind: the LFDI of an EndDevice, else mostly the mRID. */
    key?: string
    /** EventStatus.currentStatus of an event, requestStatus of a flow reservation request. */
    state?: number
    body: Bodies[T]
  }>
}[K]
