import { schemaOf, type Type } from '../codec/schema.ts'
import { standardNamespace } from '../codec/names.ts'

/** A key of the order of a list: a path into a member, as in `interval.start`, ascending (up) or descending (down). */
export type OrderKey = Readonly<{ key: string; direction: 'up' | 'down' }>

const orders: Readonly<Record<string, string>> = {
  EndDevice: 'sFDI up, href up',
  FunctionSetAssignments: 'mRID down',
  Subscription: 'href up',
  Notification: 'href up',
  ResponseSet: 'mRID down',
  Response: 'createdDateTime down, endDeviceLFDI up',
  IPInterface: 'ifIndex up',
  IPAddr: 'address up',
  LLInterface: 'EUI64 up',
  RPLInstance: 'DODAGid up, RPLInstanceID up',
  RPLSourceRoutes: 'SourceRoute up, DestAddress up',
  LogEvent: 'createdDateTime up, logEventID up',
  DemandResponseProgram: 'primacy up, mRID down',
  EndDeviceControl: 'interval.start up, creationTime down, mRID down',
  UsagePoint: 'mRID down',
  MeterReading: 'mRID down',
  MirrorUsagePoint: 'mRID down',
  ReadingSet: 'timePeriod.start down, mRID down',
  Reading: 'localID up, consumptionBlock up, touTier up',
  TariffProfile: 'mRID down',
  RateComponent: 'mRID down',
  TimeTariffInterval: 'interval.start up, creationTime down, mRID down',
  ConsumptionTariffInterval: 'startValue up',
  MessagingProgram: 'mRID down',
  TextMessage: 'interval.start down, creationTime down, mRID down',
  CustomerAccount: 'customerName up, mRID down',
  CustomerAgreement: 'serviceLocation up, mRID down',
  BillingPeriod: 'interval.start down, href up',
  HistoricalReading: 'description up, mRID down',
  TargetReading: 'description up, mRID down',
  ProjectionReading: 'description up, mRID down',
  BillingReadingSet: 'timePeriod.start down, mRID down',
  BillingReading: 'timePeriod.start up, consumptionBlock up, touTier up',
  Prepayment: 'mRID down',
  CreditRegister: 'effectiveTime down, mRID down',
  SupplyInterruptionOverride: 'interval.start up, interval.duration up',
  FlowReservationRequest: 'intervalRequested.start up, creationTime down, mRID down',
  FlowReservationResponse: 'interval.start up, creationTime down, mRID down',
  DERProgram: 'primacy up, mRID down',
  DERControl: 'interval.start up, creationTime down, mRID down',
  DERCurve: 'creationTime down, mRID down',
  DER: 'href up',
}

/** The order of the members of a list by their type; those that the standard does not name are kept by href. */
export function orderOf(memberType: string): readonly OrderKey[] {
  const keys = (orders[memberType] ?? 'href up').split(', ')
  return keys.map((text) => {
    const [key = '', direction] = text.split(' ')
    return { key, direction: direction === 'down' ? 'down' : 'up' }
  })
}

/** The first key of a list's order that is a time: what the query parameter `a` is compared with. */
export function timeKeyOf(memberType: string): string | undefined {
  return orderOf(memberType).find(({ key }) => typeAt(memberType, key)?.lineage.includes('TimeType'))?.key
}

/** Compares members of a list for sorting. */
export function listOrder(memberType: string): (a: object, b: object) => number {
  const keys = orderOf(memberType).map(({ key, direction }) => {
    const compare = typeAt(memberType, key)?.scalar?.kind === 'hexBinary' ? compareHex : comparePlain
    return { path: key.split('.'), compare, sign: direction === 'up' ? 1 : -1 }
  })
  return (a, b) => {
    for (const { path, compare, sign } of keys) {
      const order = compareOptional(valueAt(a, path), valueAt(b, path), compare)
      if (order !== 0) return order * sign
    }
    return 0
  }
}

type Key = string | number | bigint

/** A missing key comes first when ascending: this project's choice, the standard is silent. */
function compareOptional(a: Key | undefined, b: Key | undefined, compare: (a: Key, b: Key) => number): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return compare(a, b)
}

function comparePlain(a: Key, b: Key): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** As unsigned numbers, of any width: an mRID is one of 128 bits. */
function compareHex(a: Key, b: Key): number {
  const [left, right] = [significant(a), significant(b)]
  return left.length - right.length || comparePlain(left, right)
}

function significant(hex: Key): string {
  return String(hex).replace(/^0+/, '').toUpperCase()
}

function valueAt(member: object, path: readonly string[]): Key | undefined {
  let value: unknown = member
  for (const step of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[step]
  return value as Key | undefined
}

function typeAt(memberType: string, key: string): Type | undefined {
  let type = schemaOf('base').typeNamed(memberType, standardNamespace)
  for (const step of key.split('.')) type = type?.slots.get(step)?.type
  return type
}
