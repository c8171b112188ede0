/** Bits of DERControlType: what a DER can do or has enabled, named as the fields of DERControlBase are. */
export const derControlModes = {
  charge: 0,
  discharge: 1,
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

/** Bits of DOEControlType of CSIP-AUS, by field. */
export const doeControlModes = { opModExpLimW: 0, opModImpLimW: 1, opModGenLimW: 2, opModLoadLimW: 3 } as const

/** Bits of VPPControlType of CSIP-AUS 1.3, by field. */
export const vppControlModes = { opModStorageTargetW: 0 } as const

/** Values of DERCurveType, by the field of DERControlBase that links to such a curve. */
export const derCurveType = {
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
} as const

/** Values of DERUnitRefType: what a percentage is one of. */
export const derUnitRef = {
  none: 0,
  setMaxW: 1,
  setMaxVar: 2,
  statVarAvail: 3,
  effectiveVoltage: 4,
  setMaxChargeRateW: 5,
  setMaxDischargeRateW: 6,
  statWAvail: 7,
} as const

/** Values of DERType. */
export const derType = {
  unknown: 0,
  virtual: 1,
  reciprocatingEngine: 2,
  fuelCell: 3,
  photovoltaic: 4,
  combinedHeatAndPower: 5,
  otherGeneration: 6,
  otherStorage: 80,
  electricVehicle: 81,
  chargingStation: 82,
  photovoltaicWithStorage: 83,
} as const

/** Bits of ConnectStatusType.value. */
export const connectStatus = { connected: 0, available: 1, operating: 2, test: 3, fault: 4 } as const

/** Values of InverterStatusType.value. */
export const inverterStatus = {
  notApplicable: 0,
  off: 1,
  sleeping: 2,
  starting: 3,
  tracking: 4,
  forcedReduction: 5,
  shuttingDown: 6,
  fault: 7,
  standby: 8,
  test: 9,
  other: 10,
} as const

/** Values of OperationalModeStatusType.value. */
export const operationalMode = { unknown: 0, off: 1, operating: 2, test: 3 } as const

/** Values of StorageModeStatusType.value. */
export const storageMode = { charging: 0, discharging: 1, holding: 2 } as const

/** Values of LocalControlModeStatusType.value. */
export const localControlMode = { local: 0, remote: 1 } as const

/** Bits of DERStatus.alarmStatus. */
export const derAlarms = {
  overCurrent: 0,
  overVoltage: 1,
  underVoltage: 2,
  overFrequency: 3,
  underFrequency: 4,
  voltageImbalance: 5,
  currentImbalance: 6,
  emergencyLocal: 7,
  emergencyRemote: 8,
  lowInputPower: 9,
  phaseRotation: 10,
} as const

/** The LogEvent code of function set DER by which an alarm is told to have come or to have cleared. */
export function alarmCode(alarm: keyof typeof derAlarms, raised: boolean): number {
  return 2 * derAlarms[alarm] + (raised ? 0 : 1)
}
