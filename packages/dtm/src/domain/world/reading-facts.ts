import {
  accumulation,
  dataQualifier,
  flowDirection,
  qualityFlags,
  roleFlags,
  seconds,
  uom,
  type MirrorMeterReading,
  type MirrorUsagePoint,
  type Reading,
  type ReadingType,
} from '@gridloom/sep2030'

/** What a series of readings measures, in SI units once multiplied. */
export type Series = Readonly<{
  quantity: 'watts' | 'wattHours' | 'volts' | 'hertz' | 'soc'
  multiplier: number
  /** 1 when a positive value flows to the grid, -1 when it flows to the customer. */
  sign: 1 | -1
  /** The value holds for its whole period. */
  isMean: boolean
  /** What a counter of energy counts: what is given, what is taken (both only ever rise), or the difference. */
  counts?: 'given' | 'taken' | 'net'
  /** Measured where the premises meet the grid, not at the device. */
  isPremises: boolean
}>

export type ReadingFact = Readonly<{
  /** mRID of the series. */
  series: string
  raw: number
  start?: number
  duration?: number
  /** Edited, estimated or questionable: a counter may have been reset. */
  isMended: boolean
}>

export type MeterFacts = Readonly<{
  series: readonly Readonly<{ mRID: string; type: Series }>[]
  readings: readonly ReadingFact[]
}>

const noMeter: MeterFacts = { series: [], readings: [] }

export function mirrorFacts({ MirrorMeterReading: members = [], roleFlags: role }: MirrorUsagePoint): MeterFacts {
  const isPremises = hasBit(role, roleFlags.isPremisesAggregationPoint) && !hasBit(role, roleFlags.isDer)
  return meterFacts(members, isPremises)
}

export function meterFacts(members: readonly MirrorMeterReading[], isPremises = false): MeterFacts {
  if (members.length === 0) return noMeter
  return {
    series: members.flatMap(({ mRID, ReadingType: type }) => {
      const series = type && seriesOf(type, isPremises)
      return series ? [{ mRID: mRID.toUpperCase(), type: series }] : []
    }),
    readings: members.flatMap(readingsOf),
  }
}

function readingsOf({ mRID, Reading: single, MirrorReadingSet: sets = [] }: MirrorMeterReading): ReadingFact[] {
  const all = [...(single ? [single] : []), ...sets.flatMap(({ Reading: readings = [] }) => readings)]
  return all.flatMap((reading) => readingFact(mRID.toUpperCase(), reading))
}

function readingFact(series: string, { value, timePeriod, qualityFlags: quality = '0000' }: Reading): ReadingFact[] {
  if (value === undefined) return []
  const isMended = hasBit(quality, qualityFlags.edited) || hasBit(quality, qualityFlags.questionable)
  const period = timePeriod && { start: seconds(timePeriod.start), duration: timePeriod.duration }
  return [{ series, raw: Number(value), ...period, isMended }]
}

function seriesOf(type: ReadingType, isPremises: boolean): Series | undefined {
  const quantity = quantities.get(type.uom ?? uom.none) ?? chargeOf(type)
  if (!quantity) return undefined
  return {
    quantity,
    multiplier: type.powerOfTenMultiplier ?? 0,
    sign: type.flowDirection === flowDirection.forward ? -1 : 1,
    isMean: type.dataQualifier === dataQualifier.average,
    ...(isCounter(type) && { counts: counted(type.flowDirection) }),
    isPremises,
  }
}

function isCounter({ uom: unit, accumulationBehaviour: behaviour }: ReadingType): boolean {
  return unit === uom.wattHour && (behaviour === accumulation.cumulative || behaviour === accumulation.summation)
}

function counted(direction: number | undefined): 'given' | 'taken' | 'net' {
  if (direction === flowDirection.reverse) return 'given'
  return direction === flowDirection.forward ? 'taken' : 'net'
}

const quantities = new Map<number, Series['quantity']>([
  [uom.watt, 'watts'],
  [uom.wattHour, 'wattHours'],
  [uom.volt, 'volts'],
  [uom.hertz, 'hertz'],
])

/** A bare percentage of a DER's mirror is its state of charge: the standard has no unit for it. */
function chargeOf(type: ReadingType): 'soc' | undefined {
  return type.uom === uom.none && type.kind === 0 && type.dataQualifier === dataQualifier.average ? 'soc' : undefined
}

function hasBit(flags: string, bit: number): boolean {
  return (Number.parseInt(flags, 16) & (1 << bit)) !== 0
}
