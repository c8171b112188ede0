import type { DerSettings, Points } from '@gridloom/der-model'
import type { Settings } from '../device.ts'
import type { Curve, DeviceSetpoint } from '../setpoint.ts'
import { voltsPerUnit } from './volts-per-unit.ts'

/** The trip, may-trip and momentary cessation settings of the model that the ride-through curves of a set point make. */
export function tripSettings(setpoint: DeviceSetpoint, settings: Settings): Partial<DerSettings> {
  const volts = (curve: Curve | undefined) => curve && pointsOf(curve, voltsPerUnit(curve, settings))
  const hertz = (curve: Curve | undefined) => curve && pointsOf(curve, (y) => y)
  return {
    ...given('UV_TRIP_CURVE', volts(setpoint.opModLVRTMustTrip)),
    ...given('OV_TRIP_CURVE', volts(setpoint.opModHVRTMustTrip)),
    ...given('UF_TRIP_CURVE', hertz(setpoint.opModLFRTMustTrip)),
    ...given('OF_TRIP_CURVE', hertz(setpoint.opModHFRTMustTrip)),
    ...given('UV_MAY_TRIP_CURVE', volts(setpoint.opModLVRTMayTrip)),
    ...given('OV_MAY_TRIP_CURVE', volts(setpoint.opModHVRTMayTrip)),
    ...given('UF_MAY_TRIP_CURVE', hertz(setpoint.opModLFRTMayTrip)),
    ...given('OF_MAY_TRIP_CURVE', hertz(setpoint.opModHFRTMayTrip)),
    ...cessation(volts(setpoint.opModLVRTMomentaryCessation), volts(setpoint.opModHVRTMomentaryCessation)),
  }
}

/** x is seconds, y the level: a point is a corner of the region, to be passed for that long. */
function pointsOf({ points }: Curve, level: (y: number) => number): Points {
  return { x: points.map(({ x }) => x), y: points.map(({ y }) => level(y)) }
}

function given<K extends keyof DerSettings>(name: K, value: Points | undefined): Partial<DerSettings> {
  return value ? { [name]: value } : {}
}

/** The model has one level a side: that at which the region begins. */
function cessation(low: Points | undefined, high: Points | undefined): Partial<DerSettings> {
  return {
    ...((low || high) && { MC_ENABLE: true }),
    ...(low && { MC_LVRT_V1: Math.max(...low.y) }),
    ...(high && { MC_HVRT_V1: Math.min(...high.y) }),
  }
}
