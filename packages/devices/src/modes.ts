import { derControlModes, derCurveType, doeControlModes, vppControlModes } from '@gridloom/sep2030'

const { charge: _charge, discharge: _discharge, ...controls } = derControlModes

/** The control modes of DERControlBase and their bits in modesSupported and modesEnabled (IEEE 2030.5-2018, DERControlType). */
export const derModeBits = controls

/** The curves of IEEE 1547 ride-through: when to trip, when one may, when to cease for a moment. */
export const rideThroughModes = [
  'opModHFRTMayTrip',
  'opModHFRTMustTrip',
  'opModHVRTMayTrip',
  'opModHVRTMomentaryCessation',
  'opModHVRTMustTrip',
  'opModLFRTMayTrip',
  'opModLFRTMustTrip',
  'opModLVRTMayTrip',
  'opModLVRTMomentaryCessation',
  'opModLVRTMustTrip',
] as const satisfies readonly Mode[]

/** The limits of CSIP-AUS and their bits in doeModesSupported and doeModesEnabled. */
export const doeModeBits = doeControlModes

/** The storage target of CSIP-AUS 1.3 and its bit in vppModesSupported and vppModesEnabled. */
export const vppModeBits = vppControlModes

export type Mode = keyof typeof derModeBits | keyof typeof doeModeBits | keyof typeof vppModeBits

const allModes = new Set<string>([derModeBits, doeModeBits, vppModeBits].flatMap((bits) => Object.keys(bits)))

/** The modes that a set point asks for, by name. */
export function askedModes(setpoint: object): Mode[] {
  return Object.keys(setpoint).filter((field): field is Mode => allModes.has(field))
}

/** The curve that a mode of DERControlBase links to, as its DERCurveType. */
export const curveTypes = derCurveType

export type CurveMode = keyof typeof curveTypes
