/** The control modes of DERControlBase and their bits in modesSupported and modesEnabled (IEEE 2030.5-2018, DERControlType). */
export const derModeBits = {
  opModConnect: 2,
  opModEnergize: 3,
  opModFixedPFAbsorbW: 4,
  opModFixedPFInjectW: 5,
  opModFixedVar: 6,
  opModFixedW: 7,
  opModFreqDroop: 8,
  opModFreqWatt: 9,
  opModHFRTMayTrip: 10,
  opModHFRTMustTrip: 11,
  opModHVRTMayTrip: 12,
  opModHVRTMomentaryCessation: 13,
  opModHVRTMustTrip: 14,
  opModLFRTMayTrip: 15,
  opModLFRTMustTrip: 16,
  opModLVRTMayTrip: 17,
  opModLVRTMomentaryCessation: 18,
  opModLVRTMustTrip: 19,
  opModMaxLimW: 20,
  opModTargetVar: 21,
  opModTargetW: 22,
  opModVoltVar: 23,
  opModVoltWatt: 24,
  opModWattPF: 25,
  opModWattVar: 26,
} as const

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
export const doeModeBits = { opModExpLimW: 0, opModImpLimW: 1, opModGenLimW: 2, opModLoadLimW: 3 } as const

/** The storage target of CSIP-AUS 1.3 and its bit in vppModesSupported and vppModesEnabled. */
export const vppModeBits = { opModStorageTargetW: 0 } as const

export type Mode = keyof typeof derModeBits | keyof typeof doeModeBits | keyof typeof vppModeBits

const allModes = new Set<string>([derModeBits, doeModeBits, vppModeBits].flatMap((bits) => Object.keys(bits)))

/** The modes that a set point asks for, by name. */
export function askedModes(setpoint: object): Mode[] {
  return Object.keys(setpoint).filter((field): field is Mode => allModes.has(field))
}

/** The curve that a mode of DERControlBase links to, as its DERCurveType. */
export const curveTypes = {
  opModFreqWatt: 0,
  opModHFRTMayTrip: 1,
  opModHFRTMustTrip: 2,
  opModHVRTMayTrip: 3,
  opModHVRTMomentaryCessation: 4,
  opModHVRTMustTrip: 5,
  opModLFRTMayTrip: 6,
  opModLFRTMustTrip: 7,
  opModLVRTMayTrip: 8,
  opModLVRTMomentaryCessation: 9,
  opModLVRTMustTrip: 10,
  opModVoltVar: 11,
  opModVoltWatt: 12,
  opModWattPF: 13,
  opModWattVar: 14,
} as const satisfies Partial<Record<Mode, number>>

export type CurveMode = keyof typeof curveTypes
