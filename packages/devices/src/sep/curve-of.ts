import { type DERCurve, unscaled } from '@gridloom/sep2030'
import type { Curve, CurvePoint } from '../setpoint.ts'

/** A DERCurve with its multipliers applied and percentages turned into fractions (sep-enums.md, DERCurveType). */
export function curveOf(curve: DERCurve): Curve {
  const xScale = percentOnX.has(curve.curveType) ? 100 : 1
  const yScale = percentOnY.has(curve.curveType) ? 100 : 1
  const points = curve.CurveData.map(({ xvalue, yvalue, excitation }): CurvePoint => {
    const x = unscaled({ multiplier: curve.xMultiplier, value: xvalue }) / xScale
    const y = unscaled({ multiplier: curve.yMultiplier, value: yvalue }) / yScale
    return excitation === undefined ? { x, y } : { x, y, underExcited: excitation }
  })
  return {
    points,
    of: bases[curve.yRefType] ?? 'none',
    ...(curve.openLoopTms !== undefined && { openLoopSeconds: curve.openLoopTms / 100 }),
    ...(curve.vRef !== undefined && { vRef: curve.vRef / 10_000 }),
    ...(curve.autonomousVRefEnable && { autonomousVRefSeconds: (curve.autonomousVRefTimeConstant ?? 30_000) / 100 }),
  }
}

/** DERUnitRefType. */
const bases: readonly Curve['of'][] = [
  'none',
  'maxW',
  'maxVar',
  'availableVar',
  'effectiveVolts',
  'maxChargeRateW',
  'maxDischargeRateW',
  'availableW',
]

/** Curves whose x axis is in percent: volt-var, volt-watt, watt-PF, watt-var. */
const percentOnX = new Set([11, 12, 13, 14])
/** Curves whose y axis is in percent: frequency-watt, voltage ride-through, volt-var, volt-watt, watt-var. */
const percentOnY = new Set([0, 3, 4, 5, 8, 9, 10, 11, 12, 14])
