import { orderOf } from '../domain/resource-map.ts'
import { sortKey } from '../domain/sort-key.ts'
import type { Bodies, Kind, Row } from './row.ts'

export type Place = Readonly<{ href: string; parent: string; scope?: string | undefined }>

/** The row for a body at a place: its order in the list, its time, its key and its state follow from the body. */
export function newRow<K extends Kind>(kind: K, { href, parent, scope }: Place, body: Bodies[K]): Row<K> {
  const fields = body as Fields
  const time = timeOf(fields)
  const key = keyOf[kind]?.(fields, { href, parent })
  const state = fields.EventStatus?.currentStatus ?? fields.RequestStatus?.requestStatus
  const row = {
    href,
    parent,
    kind,
    sort: sortKey(orderOf(kind), { ...fields, href }),
    body,
    ...(scope !== undefined && { scope }),
    ...(time !== undefined && { time }),
    ...(key !== undefined && { key }),
    ...(state !== undefined && { state }),
  }
  return row as unknown as Row<K>
}

/** An mRID as it is compared and looked up: all of its 32 digits, in upper case. */
export function fullMrid(mRID: string): string {
  return mRID.toUpperCase().padStart(32, '0')
}

/** The key of a response: the same four values again are the same response (function-sets, 1.2). */
export function responseKey({ subject, endDeviceLFDI, status, createdDateTime }: Fields): string {
  return `${fullMrid(subject ?? '')}/${endDeviceLFDI?.toUpperCase()}/${status}/${createdDateTime}`
}

/** The key of a series of readings: its mRID is its maker's, and the mirror it came through is ours. */
export function meterReadingKey(mRID: string, parent: string): string {
  return `${fullMrid(mRID)}/${parent}`
}

type Time = number | bigint | undefined

type Fields = Readonly<{
  id?: string
  mRID?: string
  lFDI?: string
  group?: string
  subject?: string
  endDeviceLFDI?: string
  status?: number
  createdDateTime?: Time
  creationTime?: Time
  interval?: Readonly<{ start: number | bigint }>
  intervalRequested?: Readonly<{ start: number | bigint }>
  timePeriod?: Readonly<{ start: number | bigint }>
  EventStatus?: Readonly<{ currentStatus: number }>
  RequestStatus?: Readonly<{ requestStatus: number }>
}>

function timeOf(fields: Fields): number | undefined {
  const { interval, intervalRequested, timePeriod, createdDateTime, creationTime } = fields
  const time = (interval ?? intervalRequested ?? timePeriod)?.start ?? createdDateTime ?? creationTime
  return time === undefined ? undefined : Number(time)
}

type KeyOf = (fields: Fields, place: Place) => string | undefined

const byMrid: KeyOf = ({ mRID }) => (mRID === undefined ? undefined : fullMrid(mRID))

const keyOf: Readonly<Partial<Record<Kind, KeyOf>>> = {
  EndDevice: ({ lFDI }) => lFDI?.toUpperCase(),
  DERProgram: byMrid,
  DERControl: byMrid,
  DefaultDERControl: byMrid,
  DERCurve: byMrid,
  FlowReservationRequest: byMrid,
  FlowReservationResponse: byMrid,
  MirrorUsagePoint: byMrid,
  Group: byMrid,
  // the members of a group are those whose key begins with its href and a space
  FunctionSetAssignments: ({ group }, { href }) => `${group} ${href}`,
  Response: responseKey,
  TrustAlert: ({ id }) => id,
  MirrorMeterReading: ({ mRID = '' }, { parent }) => meterReadingKey(mRID, parent),
}
