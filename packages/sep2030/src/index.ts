// The one `export *` of the project: 660 names that the generator keeps in step with the schema.
export * from './generated/complex-types.ts'
export * from './generated/csipaus.ts'
export type * from './generated/simple-types.ts'

export type { Element, Typed } from './codec/element.ts'
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
export { endOf, offsetAt, seconds } from './time.ts'
