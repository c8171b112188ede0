import type { DERControlBase, DERCurve } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { setpointOf } from '../sep/setpoint-of.ts'
import { tripSettings } from './trip-settings.ts'

it('takes every corner of a must-trip curve', () => {
  const base = { opModLVRTMustTrip: { href: '/dc/10' }, opModHFRTMustTrip: { href: '/dc/2' } }
  expect(settingsOf(base)).toEqual({
    UV_TRIP_CURVE: { x: [0.16, 2, 21], y: [0.45, 0.5, 0.88] },
    OF_TRIP_CURVE: { x: [0.16, 300], y: [62, 61.2] },
  })
})

it('keeps may-trip curves beside them', () => {
  expect(settingsOf({ opModHVRTMayTrip: { href: '/dc/3' }, opModLFRTMayTrip: { href: '/dc/6' } })).toEqual({
    OV_MAY_TRIP_CURVE: { x: [1], y: [1.15] },
    UF_MAY_TRIP_CURVE: { x: [299], y: [57] },
  })
})

it('enables momentary cessation from the level at which its region begins', () => {
  const base = { opModLVRTMomentaryCessation: { href: '/dc/9' }, opModHVRTMomentaryCessation: { href: '/dc/4' } }
  expect(settingsOf(base)).toEqual({ MC_ENABLE: true, MC_LVRT_V1: 0.5, MC_HVRT_V1: 1.12 })
})

it('counts voltage from the reference of the device', () => {
  const setpoint = setpointOf({ opModHVRTMayTrip: { href: '/dc/3' } }, { curve })
  const { OV_MAY_TRIP_CURVE } = tripSettings(setpoint, { ...settings, vRef: 120, vRefOfs: 6 })
  expect(OV_MAY_TRIP_CURVE?.y[0]).toBeCloseTo((1.15 * 120 + 6) / 240, 12)
})

const settings = { maxW: 5000, vNom: 240, modesEnabled: [], gradient: 0, updatedAt: 0 }

function settingsOf(base: DERControlBase) {
  return tripSettings(setpointOf(base, { curve }), settings)
}

/** Seconds in hundredths; volts in percent, hertz in hundredths: by curve type. */
const points: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  2: [
    [16, 6200],
    [30_000, 6120],
  ],
  3: [[100, 115]],
  4: [
    [100, 120],
    [1200, 112],
  ],
  6: [[29_900, 5700]],
  9: [[100, 50]],
  10: [
    [16, 45],
    [200, 50],
    [2100, 88],
  ],
}

function curve(href: string): DERCurve | undefined {
  const curveType = Number(href.replace('/dc/', ''))
  const isVoltage = [3, 4, 9, 10].includes(curveType)
  return {
    mRID: '0'.repeat(32),
    creationTime: 0,
    curveType,
    CurveData: (points[curveType] ?? []).map(([xvalue, yvalue]) => ({ xvalue, yvalue })),
    xMultiplier: -2,
    yMultiplier: isVoltage ? 0 : -2,
    yRefType: isVoltage ? 4 : 0,
  }
}
