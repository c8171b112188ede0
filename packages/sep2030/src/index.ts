// The one `export *` of the project: 660 names that the generator keeps in step with the schema.
export * from './generated/complex-types.ts'
export * from './generated/csipaus.ts'
export type * from './generated/simple-types.ts'

export { checkDocument, type Finding, type Verdict } from './check.ts'
export { decode, decodeDocument, type DecodeOptions, type Document, type Tolerance } from './codec/decode.ts'
export type { Element, Typed } from './codec/element.ts'
export { encode, type EncodeOptions } from './codec/encode.ts'
export type { Rule } from './codec/fault.ts'
export { defaultLimits, type Limits } from './codec/limits.ts'
export { profiles, type Profile } from './codec/schema.ts'
export { bitsIn, hexOf } from './enums/bitmap.ts'
export {
  alarmCode,
  connectStatus,
  derAlarms,
  derControlModes,
  derCurveType,
  derType,
  derUnitRef,
  doeControlModes,
  inverterStatus,
  localControlMode,
  operationalMode,
  storageMode,
  vppControlModes,
} from './enums/der.ts'
export {
  batteryStatus,
  deviceCategory,
  logFunctionSet,
  logProfile,
  operatingState,
  powerSource,
} from './enums/device.ts'
export {
  accumulation,
  commodity,
  dataQualifier,
  flowDirection,
  kind,
  phase,
  qualityFlags,
  roleFlags,
  serviceKind,
  uom,
} from './enums/metering.ts'
export {
  encoding,
  errorReason,
  eventStatus,
  notificationStatus,
  requestStatus,
  responseRequired,
  responseStatus,
  subscribable,
  timeQuality,
} from './enums/protocol.ts'
export { SepError, statusOf, type SepErrorCode, type SepErrorDetails } from './errors.ts'
export {
  formatSfdi,
  lfdiOf,
  makeMrid,
  parseLfdi,
  parseMrid,
  parsePin,
  parseSfdi,
  pinOf,
  sfdiOf,
  type Lfdi,
  type Mrid,
  type Pin,
  type Sfdi,
} from './ids.ts'
export { fromJson, toJson } from './json.ts'
export { linksOf, type LinkTo } from './links.ts'
export {
  scaled,
  toActivePower,
  toApparentPower,
  toCurrentRms,
  toReactivePower,
  toRealEnergy,
  toSignedRealEnergy,
  toVoltageRms,
  toWattHour,
  unscaled,
  type Scaled,
  type Significand,
} from './power-of-ten.ts'
export { listOrder, timeKeyOf, type OrderKey } from './resources/list-order.ts'
export { resources, type Duty, type Method, type Resource } from './resources/resources.ts'
export { endOf, offsetAt, seconds } from './time.ts'
