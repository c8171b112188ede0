/** Values of UomType; other units of IEC 61968-9 may occur. */
export const uom = {
  none: 0,
  ampere: 5,
  kelvin: 6,
  celsius: 23,
  volt: 29,
  joule: 31,
  hertz: 33,
  watt: 38,
  cubicMetre: 42,
  siemens: 53,
  voltAmpere: 61,
  var: 63,
  powerFactor: 65,
  voltSquared: 67,
  ampereSquared: 69,
  voltAmpereHour: 71,
  wattHour: 72,
  varHour: 73,
  ampereHour: 106,
} as const

/** Values of KindType. */
export const kind = { none: 0, currency: 3, demand: 8, energy: 12, power: 37 } as const

/** Values of AccumulationBehaviourType. */
export const accumulation = {
  none: 0,
  cumulative: 3,
  delta: 4,
  indicating: 6,
  summation: 9,
  instantaneous: 12,
} as const

/** Values of DataQualifierType. */
export const dataQualifier = {
  none: 0,
  average: 2,
  maximum: 8,
  minimum: 9,
  normal: 12,
  populationDeviation: 29,
  sampleDeviation: 30,
} as const

/** Values of CommodityType that are electricity. */
export const commodity = { none: 0, electricitySecondary: 1, electricityPrimary: 2 } as const

/** Values of FlowDirectionType: forward is from the grid to the customer. */
export const flowDirection = { none: 0, forward: 1, reverse: 19 } as const

/** Values of PhaseCode. */
export const phase = {
  none: 0,
  c: 32,
  cn: 33,
  ca: 40,
  b: 64,
  bn: 65,
  bc: 66,
  a: 128,
  an: 129,
  ab: 132,
  abc: 224,
} as const

/** Bits of RoleFlagsType. */
export const roleFlags = {
  isMirror: 0,
  isPremisesAggregationPoint: 1,
  isPev: 2,
  isDer: 3,
  isRevenueQuality: 4,
  isDc: 5,
  isSubmeter: 6,
} as const

/** Bits of qualityFlags of a reading. */
export const qualityFlags = {
  valid: 0,
  edited: 1,
  estimatedByReferenceDay: 2,
  estimatedByInterpolation: 3,
  questionable: 4,
  derived: 5,
  forecast: 6,
} as const

/** Values of ServiceKind. */
export const serviceKind = { electricity: 0, gas: 1, water: 2, time: 3, pressure: 4, heat: 5, cooling: 6 } as const
