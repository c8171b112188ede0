import { curveTypes, type Curve, type NewCurve } from '@gridloom/contracts'
import { SepError, unscaled, type CurveData, type DERCurve } from '@gridloom/sep2030'

type Shape = Omit<DERCurve, 'mRID' | 'creationTime' | 'version'>
type PlainShape = Omit<Curve, 'mRID' | 'href' | 'created' | 'version'>

/** A curve in plain units on the wire: each axis gets the power of ten that makes its points whole numbers. */
export function wireCurve(curve: NewCurve): Shape {
  const { curveType, points, yRefType = usualReference[curveType], vRef, ...rest } = curve
  const xMultiplier = multiplierOf(points.map(({ x }) => x))
  const yMultiplier = multiplierOf(points.map(({ y }) => y))
  return {
    ...flagsOf(rest),
    ...inHundredths(rest),
    ...(vRef === undefined ? {} : { vRef: Math.round(vRef * 100) }),
    CurveData: points.map((point) => wirePoint(point, xMultiplier, yMultiplier)),
    curveType: curveTypes.indexOf(curveType),
    xMultiplier,
    yMultiplier,
    yRefType,
  }
}

export function plainCurve(curve: DERCurve): PlainShape {
  const { curveType, CurveData, xMultiplier, yMultiplier, yRefType, vRef } = curve
  return {
    ...flagsOf(curve),
    ...fromHundredths(curve),
    ...(vRef === undefined ? {} : { vRef: vRef / 100 }),
    curveType: curveTypes[curveType] ?? 'opModVoltVar',
    points: CurveData.map(({ xvalue, yvalue, excitation }) => ({
      x: unscaled({ multiplier: xMultiplier, value: xvalue }),
      y: unscaled({ multiplier: yMultiplier, value: yvalue }),
      ...(excitation === undefined ? {} : { excitation }),
    })),
    yRefType,
  }
}

/** DERUnitRefType of the y axis where the operator names none (sep-enums, DERCurveType). */
const usualReference: Readonly<Record<(typeof curveTypes)[number], number>> = {
  opModFreqWatt: 1,
  opModHFRTMayTrip: 0,
  opModHFRTMustTrip: 0,
  opModHVRTMayTrip: 4,
  opModHVRTMomentaryCessation: 4,
  opModHVRTMustTrip: 4,
  opModLFRTMayTrip: 0,
  opModLFRTMustTrip: 0,
  opModLVRTMayTrip: 4,
  opModLVRTMomentaryCessation: 4,
  opModLVRTMustTrip: 4,
  opModVoltVar: 2,
  opModVoltWatt: 1,
  opModWattPF: 0,
  opModWattVar: 2,
}

type Point = NewCurve['points'][number]

function wirePoint({ x, y, excitation }: Point, xMultiplier: number, yMultiplier: number): CurveData {
  const xvalue = Math.round(unscaled({ multiplier: -xMultiplier, value: x }))
  const yvalue = Math.round(unscaled({ multiplier: -yMultiplier, value: y }))
  return excitation === undefined ? { xvalue, yvalue } : { excitation, xvalue, yvalue }
}

// from the coarsest that loses nothing to six decimals; a value beyond Int32 needs a positive power
function multiplierOf(values: readonly number[]): number {
  for (let multiplier = 0; multiplier >= -6; multiplier--) {
    if (values.every((value) => isWhole(unscaled({ multiplier: -multiplier, value }))))
      return fitting(values, multiplier)
  }
  return fitting(values, -6)
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-6
}

function fitting(values: readonly number[], least: number): number {
  const largest = Math.max(...values.map(Math.abs))
  for (let multiplier = least; multiplier <= 9; multiplier++) {
    if (unscaled({ multiplier: -multiplier, value: largest }) <= 2_147_483_647) return multiplier
  }
  throw new SepError('invalid', `no power of ten makes it fit its type: "${largest}"`)
}

const scaledNames = ['autonomousVRefTimeConstant', 'openLoopTms', 'rampDecTms', 'rampIncTms', 'rampPT1Tms'] as const
type ScaledValues = Readonly<Partial<Record<(typeof scaledNames)[number], number | undefined>>>

function inHundredths(values: ScaledValues): Pick<DERCurve, (typeof scaledNames)[number]> {
  return Object.assign(
    {},
    ...scaledNames.map((name) => (values[name] === undefined ? {} : { [name]: Math.round(values[name] * 100) })),
  )
}

function fromHundredths(values: ScaledValues): Pick<DERCurve, (typeof scaledNames)[number]> {
  return Object.assign(
    {},
    ...scaledNames.map((name) => (values[name] === undefined ? {} : { [name]: values[name] / 100 })),
  )
}

type Flags = Readonly<{ autonomousVRefEnable?: boolean | undefined; description?: string | undefined }>

function flagsOf({ autonomousVRefEnable, description }: Flags): Pick<DERCurve, keyof Flags> {
  return {
    ...(autonomousVRefEnable === undefined ? {} : { autonomousVRefEnable }),
    ...(description === undefined ? {} : { description }),
  }
}
